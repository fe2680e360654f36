"""A policy document (政策文件), its clauses (条款), where they stand and when they hold.

All of it is frozen: a corpus is loaded once, checked, and then only read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SourceNature(StrEnum):
    """What a text really is: a policy (政策), a news report about one (报道), or a draft (草案)."""

    POLICY = "policy"
    REPORT = "report"
    DRAFT = "draft"


class DocumentStatus(StrEnum):
    """How a document stands on a date. A draft stays a draft and a report a report on any date."""

    IN_FORCE = "in_force"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    EXPIRED = "expired"
    DRAFT = "draft"
    REPORT = "report"

    @property
    def label(self) -> str:
        """Return the word shown to people."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    DocumentStatus.IN_FORCE: "现行",
    DocumentStatus.NOT_YET_IN_FORCE: "尚未施行",
    DocumentStatus.EXPIRED: "已届满",
    DocumentStatus.DRAFT: "草案",
    DocumentStatus.REPORT: "新闻报道",
}


class ClauseKind(StrEnum):
    """What a stretch of a document is; `HEADING` stretches have no rule of their own."""

    PREAMBLE = "preamble"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    QUESTION = "question"
    BACKGROUND = "background"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class ValidityPeriod:
    """Dates between which a document holds (有效期), both inclusive; None where the text is silent.

    >>> ValidityPeriod(date(2024, 1, 1), date(2028, 12, 31)).covers(date(2028, 12, 31))
    True
    """

    start: date | None
    end: date | None

    @property
    def is_stated(self) -> bool:
        """Tell whether the text states at least one of the two dates."""
        return self.start is not None or self.end is not None

    def covers(self, day: date) -> bool:
        """Tell whether `day` lies in the period; an unstated end is open."""
        return not self.is_before(day) and not self.is_over(day)

    def is_before(self, day: date) -> bool:
        """Tell whether the period has not begun on `day`."""
        return self.start is not None and day < self.start

    def is_over(self, day: date) -> bool:
        """Tell whether the period has ended before `day`."""
        return self.end is not None and day > self.end


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


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One document of the corpus with what its text says of itself.

    `evidence` maps a field name (`title`, `effective_on`, …) to the words it was read from; a field the
    text does not state is None or empty and has no evidence. Dates are calendar dates without a time.
    `short_title` (简称) is ours, not the text's: how an answer calls the document once it has named it.
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
    validity: ValidityPeriod = ValidityPeriod(None, None)
    region: str | None = None
    level: str | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[tuple[str, Span], ...] = ()
    short_title: str | None = None

    def status_on(self, as_of: date) -> DocumentStatus | None:
        """Return how the document stands on `as_of`; None where its text states no validity.

        A draft (草案) is never anything else, whatever dates it proposes; nor is a report. A document in
        force "from its publication" whose date is not stated is not in force before it was signed.
        """
        if self.nature is SourceNature.DRAFT:
            return DocumentStatus.DRAFT
        if self.nature is SourceNature.REPORT:
            return DocumentStatus.REPORT
        if not self.validity.is_stated:
            return None
        begins = self.validity.start or self.signed_on
        if begins is not None and as_of < begins:
            return DocumentStatus.NOT_YET_IN_FORCE
        return DocumentStatus.EXPIRED if self.validity.is_over(as_of) else DocumentStatus.IN_FORCE
