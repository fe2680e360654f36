"""Few threads compute at once, however many answers are under way: the others wait for their language model.

A hundred threads computing at once would take turns every few milliseconds, with a transaction of the
database open between two turns; none of them would be done before all are nearly done.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager

BEGINS, GOES_ON = 1, 0  # who has got its reply from the model comes before who has yet to ask


class ComputeSlots:
    """Slots for computing: first come, first served, but who was there before comes first."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._lock = threading.Lock()
        self._waiting: list[tuple[int, int, threading.Event]] = []
        self._order = itertools.count()
        self._held = threading.local()

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Compute in a slot."""
        self._take(BEGINS)
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Leave the slot to others while waiting for something; does nothing on a thread that has none."""
        if not getattr(self._held, "is_held", False):
            yield
            return
        self._leave()
        try:
            yield
        finally:
            self._take(GOES_ON)

    def _take(self, rank: int) -> None:
        turn = None
        with self._lock:
            if self._free:
                self._free -= 1
            else:
                turn = threading.Event()
                heapq.heappush(self._waiting, (rank, next(self._order), turn))
        if turn is not None:
            turn.wait()
        self._held.is_held = True

    def _leave(self) -> None:
        self._held.is_held = False
        with self._lock:
            if self._waiting:
                heapq.heappop(self._waiting)[2].set()
            else:
                self._free += 1
