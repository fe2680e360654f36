"""How long tests wait for what must come: so long that only what never comes fails, on any machine."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 120.0


def soon(condition: Callable[[], object]) -> bool:
    """Wait until something holds."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False
