"""Sending answers to their users; what cannot be sent waits for the user's next message."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby

from assistant.adapters.errors import DatabaseUnavailableError
from ui.bots.outbox import Errand, Outbox
from ui.bots.packing import Pending, pack
from ui.bots.platforms import Sender, Sending
from ui.bots.records import NewMessage, Way
from ui.bots.rendering import STREAM_BYTES

LOG = logging.getLogger(__name__)
_THREADS = 8
_POLL_S = 0.5
_CLAIM_S = 120.0
_RETRY_S = 3.0
_FORBIDDEN_S = 3600.0
_TYPING_AFTER_S = 0.6


class Pushing:
    """Sends what is due, by channel. `late` sends the late replies of a 智能机器人."""

    def __init__(
        self,
        outbox: Outbox,
        senders: Mapping[str, Sender],
        late: Sender | None,
        done_of: Callable[[Collection[str]], set[str]],
        retry_s: float = _RETRY_S,
    ) -> None:
        self._outbox = outbox
        self._senders = senders
        self._late = late
        self._done_of = done_of
        self._retry_s = retry_s
        self._name = f"push:{uuid.uuid4().hex[:20]}"
        self._forbidden_until: dict[str, float] = {}
        self._busy = 0
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._is_stopping = False
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="bot-push")
        self._clerk = threading.Thread(target=self._work, name="bot-push-clerk", daemon=True)

    def start(self) -> None:
        """Begin to send; what an account that sends no more has left goes with replies."""
        self._clerk.start()

    def stop(self) -> None:
        """Send no more; what is under way is finished."""
        self._is_stopping = True
        self._wake.set()
        self._clerk.join(_POLL_S * 4)
        self._pool.shutdown(wait=True)

    def wake(self) -> None:
        """Look for something to send now."""
        self._wake.set()

    def is_allowed(self, channel: str) -> bool:
        """Tell whether answers of a channel are sent; one that may not send is tried again in an hour."""
        return channel in self._senders and time.monotonic() >= self._forbidden_until.get(channel, 0.0)

    def announce(self, channel: str, new: NewMessage) -> None:
        """Show that an answer is being written, unless it is there in a moment."""
        sender = self._senders.get(channel)
        if sender is not None:
            asyncio.get_running_loop().call_later(_TYPING_AFTER_S, self._show_typing, sender, new)

    def _show_typing(self, sender: Sender, new: NewMessage) -> None:
        def show() -> None:
            if not self._done_of((new.key,)):
                sender.typing(new.recipient)

        if not self._is_stopping:
            self._pool.submit(show)

    def _work(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            try:
                self._take()
            except DatabaseUnavailableError as error:
                LOG.error("bots cannot reach the database: %s", error)
            self._wake.wait(_POLL_S)

    def _take(self) -> None:
        with self._lock:
            free = _THREADS - self._busy
        if free <= 0:
            return
        found = self._outbox.errands(self._name, free, _CLAIM_S)
        for _, parts in groupby(found, key=lambda one: one.message):
            with self._lock:
                self._busy += 1
            self._pool.submit(self._send_all, tuple(parts)).add_done_callback(self._free)

    def _free(self, future: Future[None]) -> None:
        with self._lock:
            self._busy -= 1
        self._wake.set()
        error = future.exception()
        if error is not None:
            LOG.error("an answer could not be sent; it will be tried again", exc_info=error)

    def _send_all(self, errands: Sequence[Errand]) -> None:
        """Send the parts of one answer in order; stop at the first that does not go."""
        sender = self._late if errands[0].way is Way.LATE else self._senders.get(errands[0].channel)
        if sender is None:
            self._outbox.leave_for_reply(errands)
            return
        for at, errand in enumerate(errands):
            if at == sender.quota:
                self._outbox.leave_for_reply(errands[at:])
                return
            left = len(errands) - at - 1 if at == sender.quota - 1 else 0
            sending = sender.send(errand, _text_of(errand, left))
            if sending is not Sending.SENT:
                self._not_sent(errands[at:], sending)
                return
            self._outbox.sent(errand)

    def _not_sent(self, errands: Sequence[Errand], sending: Sending) -> None:
        if sending is Sending.LATER:
            self._outbox.put_off(errands, self._retry_s * 2 ** errands[0].tries)
            return
        if sending is Sending.FORBIDDEN:
            self._forbidden_until[errands[0].channel] = time.monotonic() + _FORBIDDEN_S
        self._outbox.leave_for_reply(errands)


def _text_of(errand: Errand, left: int) -> str:
    is_late = errand.way is Way.LATE
    part = Pending(errand.message, errand.n, errand.text, errand.question, is_own=not is_late)
    return pack((part,), rest=left, limit=STREAM_BYTES).text
