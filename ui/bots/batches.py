"""Doing for many at once what many ask for one by one: one call, one transaction, one thread of its own."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.adapters.errors import DatabaseUnavailableError

A = TypeVar("A")
R = TypeVar("R")

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Asked(Generic[A, R]):
    """Something asked for, who waits for it, and whether it is still wanted."""

    what: A
    answer: asyncio.Future[R | None]
    is_wanted: Callable[[], bool]


class Batches(Generic[A, R]):
    """A lane of work: whatever is asked for while a batch is under way goes into the next one.

    `work` returns a result for each of what it was given, in order; it is called on the lane's own thread.
    Used on one event loop.
    """

    def __init__(
        self, work: Callable[[Sequence[A]], Sequence[R]], name: str, most: int = MOST_AT_ONCE
    ) -> None:
        self._work = work
        self._most = most
        self._asked: deque[_Asked[A, R]] = deque()
        self._serving: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def run(self, what: A, is_wanted: Callable[[], bool] = lambda: True) -> R | None:
        """Return the result for one; None where it was no longer wanted when its turn came.

        Raises:
            Exception: whatever `work` raises for this one alone; it fails nobody else.
        """
        answer: asyncio.Future[R | None] = asyncio.get_running_loop().create_future()
        self._asked.append(_Asked(what, answer, is_wanted))
        if self._serving is None or self._serving.done():
            self._serving = asyncio.ensure_future(self._serve())
        return await answer

    def stop(self) -> None:
        """Finish what is under way."""
        self._thread.shutdown(wait=True)

    async def _serve(self) -> None:
        while self._asked:
            batch = self._next()
            if not batch:
                continue
            done = await self._done(batch)
            for one, result in zip(batch, done, strict=True):
                if one.answer.done():
                    continue
                if isinstance(result, BaseException):
                    one.answer.set_exception(result)
                else:
                    one.answer.set_result(result)

    def _next(self) -> list[_Asked[A, R]]:
        batch: list[_Asked[A, R]] = []
        while self._asked and len(batch) < self._most:
            one = self._asked.popleft()
            if one.answer.done():
                continue
            if one.is_wanted():
                batch.append(one)
            else:
                one.answer.set_result(None)
        return batch

    async def _done(self, batch: Sequence[_Asked[A, R]]) -> Sequence[R | BaseException]:
        """Do a batch; where it fails as a whole, each by itself, so that one bad one fails alone.

        Without its database everyone fails alike: that is not tried one by one.
        """
        loop = asyncio.get_running_loop()
        (whole,) = await asyncio.gather(
            loop.run_in_executor(self._thread, self._work, [one.what for one in batch]),
            return_exceptions=True,
        )
        if not isinstance(whole, BaseException):
            return whole
        if len(batch) == 1 or isinstance(whole, DatabaseUnavailableError):
            return [whole] * len(batch)
        return [(await self._done((one,)))[0] for one in batch]
