"""Closing down in order: first no longer ready, then closed, then streams still open are told and ended."""

from __future__ import annotations

import time
from collections.abc import Callable

_TOLD_BEFORE_S = 0.5  # before the end: time for the last words to be sent


class Drain:
    """Whether the server is closing, and until when what is under way may go on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends_at: float | None = None

    def begin(self, after_s: float) -> None:
        """Begin to close; everything under way must have ended after so many seconds."""
        if self._ends_at is None:
            self._ends_at = self._clock() + after_s - _TOLD_BEFORE_S

    @property
    def is_draining(self) -> bool:
        """Tell whether the server is closing."""
        return self._ends_at is not None

    @property
    def is_over(self) -> bool:
        """Tell whether what is still under way must end now."""
        return self._ends_at is not None and self._clock() >= self._ends_at
