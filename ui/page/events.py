"""How every event of the page runs: no public endpoint, no spinner over the page, many people at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

AT_ONCE = 32  # handlers that run side by side; one person's slow answer holds up nobody else's
QUIETLY: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_limit": AT_ONCE,
}
Handler = TypeVar("Handler", bound=Callable[..., Any])


def question(handler: Handler) -> Handler:
    """Mark a handler whose calls count as questions where questions are limited."""
    handler.is_question = True  # type: ignore[attr-defined]
    return handler


# What comes while the event still runs waits for its end, and then only the last state counts.
LATEST: dict[str, Any] = {**QUIETLY, "trigger_mode": "always_last"}
