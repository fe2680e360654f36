"""A policy document (政策文件), its clauses (条款), where they stand and when they hold.

All of it is frozen: a corpus is loaded once, checked, and then only read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.model.procedure import ProcedureField
from corpus.model.relation import Extension, Relation, RelationKind, Repeal
from corpus.model.span import Span
from corpus.model.standing import (
    UNSTATED_PERIOD,
    DocumentStatus,
    SourceNature,
    ValidityPeriod,
    status_of,
)

__all__ = [
    "Clause",
    "ClauseKind",
    "ClausePath",
    "DocumentStatus",
    "PolicyDocument",
    "SourceNature",
    "Span",
    "ValidityPeriod",
]


class ClauseKind(StrEnum):
    """What a stretch of a document is; `HEADING` stretches have no rule of their own."""

    PREAMBLE = "preamble"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    QUESTION = "question"
    BACKGROUND = "background"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, order=True)
class ClausePath:
    """Where a clause stands in its document, as contract ids write it: `8.3`, `preamble`, `qa.1`, `p4`.

    >>> ClausePath(("8", "3")).text, ClausePath(("8", "3")).parent
    ('8.3', ClausePath(parts=('8',)))
    """

    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the path as written in a clause id."""
        return ".".join(self.parts)

    @property
    def parent(self) -> ClausePath | None:
        """Return the path one level up, None at the top."""
        return ClausePath(self.parts[:-1]) if len(self.parts) > 1 else None

    def is_under(self, other: ClausePath) -> bool:
        """Tell whether this path is `other` or lies below it."""
        return self.parts[: len(other.parts)] == other.parts


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause (条款): a stretch of the clean text that is cited as a whole.

    `text` is the document's clean text from `start` on, verbatim. `headings` is the trail of headings
    above it, outermost first. `responsible_bodies` (责任单位) are those named by this clause itself.
    """

    id: str
    document: str
    path: ClausePath
    kind: ClauseKind
    label: str
    headings: tuple[str, ...]
    text: str
    start: int
    responsible_bodies: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Return the offset just after the clause in the document's clean text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One document of the corpus with what its text says of itself.

    `evidence` maps a field name (`title`, `effective_on`, …) to the words it was read from; a field the
    text does not state is None or empty and has no evidence. Dates are calendar dates without a time.
    `short_title` (简称) is ours, not the text's: how an answer calls the document once it has named it.
    `counted` maps a date that the text gives as a span (有效期三年) to the field it was counted from;
    `repealed` and `extended` are what another document of the corpus says of this one.
    """

    slug: str
    title: str
    nature: SourceNature
    text: str
    clauses: tuple[Clause, ...]
    document_number: str | None = None
    issuing_bodies: tuple[str, ...] = ()
    signed_on: date | None = None
    published_on: date | None = None
    validity: ValidityPeriod = UNSTATED_PERIOD
    region: str | None = None
    level: str | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[tuple[str, Span], ...] = ()
    short_title: str | None = None
    interpreted_by: str | None = None
    relations: tuple[Relation, ...] = ()
    procedure: tuple[tuple[ProcedureField, tuple[Span, ...]], ...] = ()
    counted: tuple[tuple[str, str], ...] = ()
    repealed: Repeal | None = None
    extended: Extension | None = None

    def status_on(self, as_of: date) -> DocumentStatus | None:
        """Return how the document stands on `as_of`; None where its text does not tell whether it holds.

        One that another repeals was in force until then, unless its own end came first.
        """
        repeal = self.ending_repeal
        begins = self.validity.start or self.signed_on
        if repeal is None or (repeal.on is not None and begins is not None and as_of < begins):
            return status_of(self.nature, self.validity, self.signed_on, as_of)
        return DocumentStatus.REPEALED if repeal.holds_on(as_of) else DocumentStatus.IN_FORCE

    @property
    def ending_repeal(self) -> Repeal | None:
        """Return the repeal that ends this document: None where it is no law, or ended by itself before."""
        if self.repealed is None or not self.nature.is_law:
            return None
        end, on = self.validity.end, self.repealed.on
        return None if end is not None and on is not None and end < on else self.repealed

    @property
    def reckoned(self) -> tuple[str, ...]:
        """Return the dates counted from the day of signing (自印发之日起), not stated as days."""
        return tuple(name for name, base in self.counted if _leads_to_issue(name, dict(self.counted)))

    def does(self, *kinds: RelationKind) -> tuple[Relation, ...]:
        """Return what this document does to others, of these kinds."""
        return tuple(one for one in self.relations if one.kind in kinds)


def _leads_to_issue(name: str, counted: dict[str, str]) -> bool:
    base = counted.get(name, "")
    return base in ("signed_on", "published_on") or (base in counted and _leads_to_issue(base, counted))
