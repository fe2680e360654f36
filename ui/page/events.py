"""How every event of the page runs: no public endpoint, no spinner over the page, many people at once."""

from __future__ import annotations

from typing import Any

AT_ONCE = 32  # handlers that run side by side; one person's slow answer holds up nobody else's
QUIETLY: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_limit": AT_ONCE,
}
# What comes while the event still runs waits for its end, and then only the last state counts.
LATEST: dict[str, Any] = {**QUIETLY, "trigger_mode": "always_last"}
