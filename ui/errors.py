"""Which failures are already explained in Chinese and may be shown to a person as they are."""

from __future__ import annotations

import sys


def known_errors() -> tuple[type[Exception], ...]:
    """Return the roots of our error trees that this process has loaded; nothing is imported for it."""
    return tuple(
        getattr(sys.modules[module], name)
        for module, name in _ROOTS
        if module in sys.modules and hasattr(sys.modules[module], name)
    )


_ROOTS = (
    ("corpus.errors", "CorpusError"),
    ("ui.dates", "DayError"),
)
