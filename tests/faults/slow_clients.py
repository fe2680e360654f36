"""Clients that send half a request, or more connections than their share."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from statistics import quantiles

from tests.faults.product import FIRST, MINE, ask
from tests.faults.table import Row

HEADER_S, BODY_S, SHARE, HALF = 2, 3, 100, 60
HEAD = b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_SLACK_S = 3.0


def rows(base: str) -> Iterator[Row]:
    """Try each kind; these connections come from addresses of their own on loopback."""
    yield _half(base, "请求头", HEAD + b"X-Half: ", HEADER_S)
    yield _half(
        base, "请求体", HEAD + b"X-API-Key: " + MINE.encode() + b"\r\nContent-Length: 900\r\n\r\n{", BODY_S
    )
    yield from _many(base)


def _connect(base: str, source: str) -> socket.socket:
    host, port = base.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=30, source_address=(source, 0))


def _half(base: str, what: str, sent: bytes, limit_s: float) -> Row:
    begun = time.monotonic()
    held = [_connect(base, "127.0.0.2") for _ in range(HALF)]
    for one in held:
        one.sendall(sent)
    times = sorted(_asked_in(base) for _ in range(10))
    ended = sum(_is_ended(one, begun + limit_s + _SLACK_S) for one in held)
    took = time.monotonic() - begun
    for one in held:
        one.close()
    others = quantiles(times, n=20)[18]
    measured = f"{HALF} 个连接：{ended} 个被断开，共 {took:.1f} 秒；其间别人的回答 95% {others:.2f} 秒"
    return Row(
        f"{what}没有发完，{limit_s:g} 秒断开（默认更长）",
        measured,
        ended == HALF and took < limit_s + _SLACK_S,
    )


def _asked_in(base: str) -> float:
    begun = time.monotonic()
    assert ask(base, FIRST, "meanwhile", MINE).status_code == 200
    return time.monotonic() - begun


def _is_ended(connection: socket.socket, until: float) -> bool:
    try:
        while time.monotonic() < until:
            connection.settimeout(max(0.01, until - time.monotonic()))
            if not connection.recv(4096):
                return True
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return False


def _many(base: str) -> Iterator[Row]:
    held = [_connect(base, "127.0.0.3") for _ in range(SHARE)]
    time.sleep(0.2)
    refused = 0
    for _ in range(20):
        with _connect(base, "127.0.0.3") as one:
            refused += b" 429 " in one.recv(4096)
    took = _asked_in(base)
    for one in held:
        one.close()
    yield Row(f"一个来源地址至多 {SHARE} 个连接（可设）", f"再来 20 个，拒绝 {refused} 个", refused == 20)
    yield Row("别的来源不受影响", f"其间别人的回答 {took:.2f} 秒", took < 5)
