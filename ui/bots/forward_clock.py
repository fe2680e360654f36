"""Time that never goes back: leases end when they should, whatever becomes of the machine's clock.

A lease is kept in the database as a moment, for all workers and for those after a restart. Were it read from
the machine's clock, one set back by an hour would hold every job for that hour. So a process goes by the time
that has passed since its start, and starts no earlier than the newest record it finds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


def passing_time() -> Callable[[], float]:
    """Return a clock that shows the machine's time now, and from then on only what has passed since."""
    begun, at = time.time(), time.monotonic()
    return lambda: begun + time.monotonic() - at


class ForwardClock:
    """A clock in seconds that shows no less than `at_least`, and never less than before. Safe for threads."""

    def __init__(self, clock: Callable[[], float], at_least: float = 0.0) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last = clock()
        self._ahead = max(0.0, at_least - self._last)

    def __call__(self) -> float:
        """Return the time; where the clock beneath was set back, time goes on from where it was."""
        with self._lock:
            now = self._clock()
            self._ahead += max(0.0, self._last - now)
            self._last = now
            return now + self._ahead
