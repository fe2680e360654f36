"""What one document does to another (文件之间的关系)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.model.span import Span
from corpus.model.standing import ValidityPeriod


class RelationKind(StrEnum):
    """废止 repeals, 代替 replaces, 修订 amends, 延续 extends, 实施 implements, 解读 interprets."""

    REPEALS = "repeals"
    REPLACES = "replaces"
    AMENDS = "amends"
    EXTENDS = "extends"
    IMPLEMENTS = "implements"
    INTERPRETS = "interprets"


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement that this document does something to another one, named by title, number or both.

    `on` is the day it takes effect where the text gives one, else it does with the document itself; of an
    extension it is the new last day.
    """

    kind: RelationKind
    title: str
    number: str
    evidence: Span
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Repeal:
    """That a document was repealed: by which (its slug), from when (None: not stated), and the words."""

    by: str
    on: date | None
    evidence: Span

    def holds_on(self, as_of: date) -> bool:
        """Tell whether the document is repealed on `as_of`; where no day is stated it is on any."""
        return self.on is None or as_of >= self.on


@dataclass(frozen=True, slots=True)
class Extension:
    """That a document's period was extended: by which document (its slug), until when, and the words.

    `before` is the period the document states itself.
    """

    by: str
    until: date
    evidence: Span
    before: ValidityPeriod
