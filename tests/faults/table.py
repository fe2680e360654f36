"""A promise, what was measured of it, and whether it held."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A promise as README or docs make it, and what came of trying to break it. None: it was not tried."""

    promise: str
    measured: str
    has_held: bool | None


def told(row: Row) -> str:
    """Return a row of the table."""
    return f"| {row.promise} | {row.measured} | {({None: '未测', True: '✓', False: '✗'})[row.has_held]} |"


def not_tried(promise: str, why: str) -> Row:
    """Return a row of a promise that could not be tried here."""
    return Row(promise, why, None)
