"""An answer while it is being worked out: its events from a thread to one listener on the event loop."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress

from anyio import to_thread

from assistant.conversation import Answered, Event
from ui.api.gate.queue import Place
from ui.api.question_service import QuestionService

LOG = logging.getLogger(__name__)
_LOOK_AGAIN_S = 0.5


class Silence:
    """Nothing has happened for a while: time for a sign of life."""


class Stopped:
    """The server is closing; there will be nothing more."""


class Broken:
    """The answer could not be worked out."""


Heard = Event | Silence | Stopped | Broken


class Listening:
    """Runs a stream of events on a thread. Who stops listening stops it at its next event.

    The place in the queue is given back when the thread is done, not before: unheard work counts, too.
    """

    def __init__(
        self, service: QuestionService, place: Place, events: Callable[[], Iterator[Event]], channel: str
    ) -> None:
        self._service = service
        self._place = place
        self._events = events
        self._channel = channel
        self._heard: asyncio.Queue[Event | Broken] = asyncio.Queue()
        self._is_gone = threading.Event()
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(to_thread.run_sync(self._pump, limiter=service.queue.threads))
        self._task.add_done_callback(self._done)

    async def heard(self) -> AsyncIterator[Heard]:
        """Yield the events, silences between them, and why there are no more if there is no answer."""
        silent_s, until = 0.0, time.monotonic() + self._service.settings.answer_s
        try:
            while not self._service.drain.is_over:
                try:
                    event = await asyncio.wait_for(self._heard.get(), _LOOK_AGAIN_S)
                except TimeoutError:
                    if time.monotonic() > until:
                        LOG.error("a stream took longer than %s s", self._service.settings.answer_s)
                        yield Broken()
                        return
                    silent_s += _LOOK_AGAIN_S
                    if silent_s >= self._service.settings.api_keep_alive_s:
                        silent_s = 0.0
                        yield Silence()
                    continue
                silent_s = 0.0
                yield event
                if isinstance(event, (Answered, Broken)):
                    return
            yield Stopped()
        finally:
            self._is_gone.set()

    def _pump(self) -> None:
        events, is_whole = self._events(), False
        try:
            for event in events:
                is_whole = isinstance(event, Answered)
                if isinstance(event, Answered):
                    self._service.answered(event.answer, self._channel)
                self._tell(event)
                if self._is_gone.is_set():
                    break
        finally:
            self._close(events, is_whole)

    def _close(self, events: Iterator[Event], is_whole: bool) -> None:
        """Stop whatever is still being written; a generator finishes and keeps what it began."""
        if not is_whole and self._is_gone.is_set():
            self._service.metrics.streams_left.inc()
        close = getattr(events, "close", None)
        if close is not None:
            close()

    def _tell(self, event: Event) -> None:
        with suppress(RuntimeError):  # the loop has been closed meanwhile
            self._loop.call_soon_threadsafe(self._heard.put_nowait, event)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._place.leave()
        if not task.cancelled() and task.exception() is not None:
            LOG.error("a stream broke off", exc_info=task.exception())
            self._heard.put_nowait(Broken())
