"""A stretch of a clause, quoted (原文片段): what a value, a condition or a relation rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one clause: `clause.text[start:end] == quote`, always."""

    clause_id: str
    start: int
    end: int
    quote: str

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies within these characters of the same clause.

        >>> Span("d/1", 0, 4, "给予奖励").holds(Span("d/1", 2, 4, "奖励"))
        True
        """
        return self.clause_id == other.clause_id and self.start <= other.start and other.end <= self.end
