"""A circuit breaker: after repeated failures nobody is asked for a while, then one call tries again."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Counts failures in a row; safe between threads. `clock` gives seconds."""

    def __init__(
        self, failures: int = 3, rest: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = failures
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._is_trying = False
        self._lock = Lock()

    def allows(self) -> bool:
        """Tell whether a call may be made; while resting none, afterwards a single one that tries."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._is_trying or self._clock() - self._opened_at < self._rest:
                return False
            self._is_trying = True
            return True

    def succeeded(self) -> None:
        """Note a call that went well: the circuit closes."""
        with self._lock:
            self._failures, self._opened_at, self._is_trying = 0, None, False

    def failed(self) -> None:
        """Note a call that failed; enough of them in a row, or a failed try, open the circuit."""
        with self._lock:
            self._failures += 1
            if self._is_trying or self._failures >= self._most:
                self._opened_at = self._clock()
            self._is_trying = False

    def let_go(self) -> None:
        """Note a call given up by whoever made it: that says nothing of the other side."""
        with self._lock:
            self._is_trying = False
