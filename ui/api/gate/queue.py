"""A bounded queue before the answering: so many at once, so many waiting, the next is sent away at once."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import to_thread

T = TypeVar("T")
_LONGEST_RETRY_S = 60
_WEIGHT = 0.2  # of the latest answer in the usual time of one


class BusyError(Exception):
    """Raised where no place is to be had; `retry_s` is when there may be one."""

    def __init__(self, retry_s: int) -> None:
        super().__init__(f"现在提问的人太多，请 {retry_s} 秒后再试。")
        self.retry_s = retry_s


class OverdueError(Exception):
    """Raised where work takes longer than it may."""


class Place:
    """A place among those answered now; given back once, whoever does it."""

    def __init__(self, give_back: Callable[[], None]) -> None:
        self._give_back = give_back
        self._is_held = True

    def leave(self) -> None:
        """Give the place back."""
        if self._is_held:
            self._is_held = False
            self._give_back()


def _given_back(place: Place, task: asyncio.Future[T]) -> None:
    place.leave()
    if not task.cancelled():
        task.exception()  # seen, also where nobody waits for it any more


class Queue:
    """Places for answers in this process. Used on one event loop."""

    def __init__(self, at_once: int, most_waiting: int, wait_s: float) -> None:
        self._places = anyio.CapacityLimiter(at_once)
        self.threads = anyio.CapacityLimiter(at_once)  # of its own: page and files keep theirs
        self._most_waiting = most_waiting
        self._wait_s = wait_s
        self._usual_s = 0.1

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return self._places.statistics().tasks_waiting

    @property
    def running(self) -> int:
        """Return how many are being answered."""
        return int(self._places.statistics().borrowed_tokens)

    async def place(self) -> Place:
        """Return a place, having waited for it if need be.

        Raises:
            BusyError: too many wait, or this one has waited too long.
        """
        is_free = self._places.available_tokens > 0
        if not is_free and self.waiting >= self._most_waiting:
            raise BusyError(self._retry_s())
        who, begun = object(), time.monotonic()
        with anyio.move_on_after(self._wait_s):
            await self._places.acquire_on_behalf_of(who)
            begun = time.monotonic()
            return Place(lambda: self._left(who, begun))
        raise BusyError(self._retry_s())

    async def run(self, work: Callable[[], T], limit_s: float | None = None) -> T:
        """Do blocking work on a thread, in a place of its own, which is given back when the work is done.

        Raises:
            BusyError: there is no place.
            OverdueError: the work takes longer than the limit; it goes on unheard.
        """
        place = await self.place()
        task = asyncio.ensure_future(to_thread.run_sync(work, limiter=self.threads))
        task.add_done_callback(lambda done: _given_back(place, done))
        await asyncio.wait({task}, timeout=limit_s)
        if not task.done():
            raise OverdueError
        return task.result()

    def _left(self, who: object, begun: float) -> None:
        self._usual_s += _WEIGHT * (time.monotonic() - begun - self._usual_s)
        self._places.release_on_behalf_of(who)

    def _retry_s(self) -> int:
        """Return when the queue before a newcomer should be through."""
        rounds = (self.waiting + 1) / max(1, self._places.total_tokens)
        return min(_LONGEST_RETRY_S, max(1, math.ceil(rounds * self._usual_s)))
