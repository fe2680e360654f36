"""Waiting for a job to be done, by whichever process, without a thread and without asking for each one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from ui.bots.batches import Batches

WATCH_S = 0.15


class Waiting:
    """Wakes who waits: at once for jobs whose end we are told, within moments for those of others.

    `done` tells which of some keys are done, for all who ask together.
    """

    def __init__(self, done: Batches[Collection[str], set[str]], is_ours: Callable[[str], bool]) -> None:
        self._done = done
        self._is_ours = is_ours
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watch: asyncio.Task[None] | None = None

    def told(self, key: str) -> None:
        """Hear, on any thread, that a job is done."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, key)

    async def for_any(self, keys: Collection[str], seconds: float, gone: asyncio.Task[None]) -> bool:
        """Wait until one of the jobs is done; False after the seconds, or once nobody listens any more."""
        event = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        for key in keys:
            self._waiting.setdefault(key, set()).add(event)
        self._keep_watching()
        done = asyncio.ensure_future(event.wait())
        try:
            is_wanted = _is_listening(gone)
            if await self._done.run(keys, is_wanted):  # it may have been done before we listened
                return True
            if is_wanted():
                await asyncio.wait((done, gone), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            return event.is_set()
        finally:
            done.cancel()
            for key in keys:
                self._leave(key, event)

    def _wake(self, key: str) -> None:
        for event in self._waiting.get(key, ()):
            event.set()

    def _leave(self, key: str, event: asyncio.Event) -> None:
        events = self._waiting.get(key, set())
        events.discard(event)
        if not events:
            self._waiting.pop(key, None)

    def _keep_watching(self) -> None:
        if self._watch is None or self._watch.done():
            self._watch = asyncio.ensure_future(self._watching())

    async def _watching(self) -> None:
        """Look after the jobs of others as long as somebody waits."""
        while self._waiting:
            await asyncio.sleep(WATCH_S)
            theirs = [key for key in self._waiting if not self._is_ours(key)]
            for key in (await self._done.run(theirs) or ()) if theirs else ():
                self._wake(key)


def _is_listening(gone: asyncio.Task[None]) -> Callable[[], bool]:
    return lambda: not gone.done()
