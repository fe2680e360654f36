"""What a connection may cost: its request must arrive in time, and one address has only so many at once.

uvicorn waits for a request for ever. Here a head (request line and headers) that is not whole in time, or too
long, and a body that is not, end the connection with 408 or 431; beyond the limit of an address, a new
connection is answered 429 and closed. Proxies that a setting names are not counted: behind them are many.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from ui.api.gate.addresses import Proxies, counted_address

if TYPE_CHECKING:
    from ui.api.settings import ApiSettings

LOG = logging.getLogger(__name__)
MOST_HEAD_BYTES = 64 * 1024
_SLOW = (408, "Request Timeout")
_LONG = (431, "Request Header Fields Too Large")
_MANY = (429, "Too Many Requests")


class Connections:
    """Counts the open connections of this process by address."""

    def __init__(self, most: int, proxies: Proxies) -> None:
        self._most = most
        self._proxies = proxies
        self._open: Counter[str] = Counter()

    def enter(self, host: str) -> bool:
        """Count one more; tell whether it is not one too many. Each must `leave`."""
        address = counted_address(host)
        self._open[address] += 1
        return self._open[address] <= self._most or host in self._proxies

    def leave(self, host: str) -> None:
        """Count one less."""
        address = counted_address(host)
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]


class TimedProtocol(AutoHTTPProtocol):  # type: ignore[misc,valid-type]
    """uvicorn's own protocol, with an end to its patience; `protocol_of` sets the attributes."""

    head_s: float
    body_s: float
    open_connections: Connections

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Count the connection, and begin to wait for a request."""
        super().connection_made(transport)
        self._timer: asyncio.TimerHandle | None = None
        self._is_body = False
        self._head_bytes = 0
        peer = transport.get_extra_info("peername")
        self._host = str(peer[0]) if isinstance(peer, tuple) else ""
        if not self.open_connections.enter(self._host):
            LOG.warning("an address has too many connections; a new one is refused")
            self._end(_MANY)
        else:
            self._wait(self.head_s, is_body=False)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop()
        self.open_connections.leave(self._host)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and see what is still awaited."""
        if self.transport.is_closing():
            return
        before = self.cycle
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self.cycle is not before:
            self._head_bytes = 0
            self._stop()
            if self.cycle.more_body:
                self._wait(self.body_s, is_body=True)
        elif self._is_awaiting_body():
            if not self.cycle.more_body:
                self._stop()
        else:
            self._more_of_a_head(len(data))

    def _more_of_a_head(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MOST_HEAD_BYTES:
            self._end(_LONG)
        elif self._timer is None:
            self._wait(self.head_s, is_body=False)

    def _is_awaiting_body(self) -> bool:
        return self._timer is not None and self._is_body

    def _wait(self, seconds: float, is_body: bool) -> None:
        self._stop()
        self._is_body = is_body
        self._timer = self.loop.call_later(seconds, self._end, _SLOW)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self, why: tuple[int, str]) -> None:
        """Close the connection; say why, unless something is being answered on it."""
        self._stop()
        if self.transport.is_closing():
            return
        cycle = self.cycle
        is_answering = cycle is not None and cycle.response_started and not cycle.response_complete
        if not is_answering:
            status, words = why
            head = f"HTTP/1.1 {status} {words}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(head.encode())
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.close()


def protocol_of(settings: ApiSettings) -> type[asyncio.Protocol]:
    """Return the protocol as the settings have it, with a count of connections of its own."""
    attributes: dict[str, Any] = {
        "head_s": settings.header_s,
        "body_s": settings.body_s,
        "open_connections": Connections(settings.connections, Proxies(settings.trusted_proxies)),
    }
    return type("TimedProtocolAsSet", (TimedProtocol,), attributes)
