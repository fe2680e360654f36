"""Which failures already say in Chinese what happened and what to do, and may be shown as they are."""

from __future__ import annotations

import sys

_ROOTS = (
    ("corpus.errors", "CorpusError"),
    ("assistant.adapters.errors", "AdapterError"),
    ("assistant.calculator.facts", "FactError"),
    ("ui.configuration", "SettingsError"),
    ("ui.dates", "DayError"),
)


def known_errors() -> tuple[type[Exception], ...]:
    """Return the roots of our error trees that this process has loaded; nothing is imported for it."""
    return tuple(getattr(sys.modules[module], name) for module, name in _ROOTS if module in sys.modules)
