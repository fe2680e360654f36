"""What a proof reports when data and clause do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from corpus.model.document import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement: where it is and, in Chinese, what is wrong and how to repair it.

    `subject` is the measure's id, or the entry's; `field` the place within it.
    """

    document: str
    clause: str
    subject: str
    field: str
    message: str

    def __str__(self) -> str:
        clause = f"（条款 {self.clause}）" if self.clause else ""
        return f"{self.subject}{clause}的 {self.field}：{self.message}"


def finding(subject: str, clause_id: str, field: str, message: str) -> Finding:
    """Build a finding about something of one clause."""
    return Finding(clause_id.split("/", 1)[0], clause_id, subject, field, message)


def spans_in(value: object, field: str = "") -> Iterator[tuple[str, Span]]:
    """Yield every span of a frozen value with the path of fields that leads to it.

    >>> from corpus.model.measure import Sourced
    >>> [field for field, _ in spans_in(Sourced(1, Span("d/1", 0, 1, "一")))]
    ['span']
    """
    if isinstance(value, Span):
        yield field, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from spans_in(item, f"{field}[{number}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            inner = f"{field}.{each.name}" if field else each.name
            yield from spans_in(getattr(value, each.name), inner)
