"""When a post arrived: the platform counts its five seconds from there, not from when we get round to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_TICK_S = 0.05


class Arrivals:
    """Estimates how long what is handled now has been waiting for this event loop.

    A timer that should have gone off some time ago shows that the loop has been busy since; what comes in may
    have waited as long, and as long again as the loop was busy the time before.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._due = float("inf")
        self._behind = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to watch the running event loop."""
        self._due = self.clock() + _TICK_S
        self._timer = asyncio.get_running_loop().call_later(_TICK_S, self.tick)

    def stop(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()

    def tick(self) -> None:
        """Note how late the timer is, and set it again."""
        self._behind = max(0.0, self.clock() - self._due)
        self.start()

    def now(self) -> float:
        """Return when what is handled at this moment arrived, at the earliest."""
        now = self.clock()
        return now - max(0.0, now - self._due) - self._behind

    def left_of(self, arrived: float, seconds: float) -> float:
        """Return how many of the seconds counted from an arrival are left."""
        return max(0.0, arrived + seconds - self.clock())
