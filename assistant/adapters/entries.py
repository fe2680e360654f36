"""What the index keeps of a clause, and the hashes that tell what changed.

A source gives its documents one by one and their clauses only when asked, so that a large one is never in
memory as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from corpus.model.document import ClauseKind, PolicyDocument, SourceNature
from corpus.store import Corpus

NO_BEGIN, NO_END = 0, 9999_12_31


class Standing(StrEnum):
    """What decides a document's status on a day: its nature, or else what is known of its validity.

    `OPEN` states when it begins and not until when it holds; `REPEALED` ends where another repeals it.
    """

    DRAFT = "draft"
    REPORT = "report"
    STATED = "stated"
    OPEN = "open"
    REPEALED = "repealed"
    UNSTATED = "unstated"


def day_number(day: date) -> int:
    """Return a day as a number that sorts like it.

    >>> day_number(date(2026, 11, 22))
    20261122
    """
    return day.year * 10_000 + day.month * 100 + day.day


@dataclass(frozen=True, slots=True)
class Traits:
    """What a search can be narrowed by, the same for every clause of a document; days as numbers."""

    document: str
    standing: Standing = Standing.UNSTATED
    begins: int = NO_BEGIN
    ends: int = NO_END
    region: str = ""
    level: str = ""

    def as_fields(self) -> dict[str, str | int]:
        """Return the traits by name, as engines keep them beside a clause."""
        return {
            "document": self.document,
            "standing": self.standing.value,
            "begins": self.begins,
            "ends": self.ends,
            "region": self.region,
            "level": self.level,
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause to be indexed; `version` changes with anything searched or shown of it."""

    id: str
    traits: Traits
    kind: ClauseKind
    title: str
    headings: str
    text: str

    @property
    def document(self) -> str:
        """Return the slug of the clause's document."""
        return self.traits.document

    @property
    def version(self) -> str:
        """Return the content hash of the entry."""
        traits = self.traits
        parts = (
            *(traits.document, traits.standing.value, str(traits.begins), str(traits.ends)),
            *(traits.region, traits.level),
            *(self.kind.value, self.title, self.headings, self.text),
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]

    @property
    def dense_text(self) -> str:
        """Return what is embedded: the clause under its headings."""
        return f"{self.headings}\n{self.text}" if self.headings else self.text


class SourceDocument(Protocol):
    """One document of a source: known by slug and content hash, its clauses made when asked for."""

    @property
    def slug(self) -> str:
        """Return the document's slug."""

    @property
    def digest(self) -> str:
        """Return a hash of everything that is indexed of it."""

    @property
    def size(self) -> int:
        """Return how many clauses it has."""

    def entries(self) -> Iterable[Entry]:
        """Return its clauses."""


class Source(Protocol):
    """What an index is built from."""

    @property
    def digest(self) -> str:
        """Return a hash that changes with anything in it."""

    def documents(self) -> Iterable[SourceDocument]:
        """Return its documents, each once."""


@dataclass(frozen=True)
class PolicySource:
    """A policy document as a `SourceDocument`."""

    document: PolicyDocument

    @property
    def slug(self) -> str:
        """Return the document's slug."""
        return self.document.slug

    @cached_property
    def digest(self) -> str:
        """Return a hash of everything that is indexed of it."""
        parts = [repr((traits_of(self.document), self.document.title))]
        for clause in self.document.clauses:
            parts += (clause.id, clause.kind, *clause.headings, clause.text, "")
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]

    @property
    def size(self) -> int:
        """Return how many clauses it has."""
        return len(self.document.clauses)

    def entries(self) -> Iterator[Entry]:
        """Return its clauses."""
        document, traits = self.document, traits_of(self.document)
        for clause in document.clauses:
            headings = "\n".join(clause.headings)
            yield Entry(clause.id, traits, clause.kind, document.title, headings, clause.text)


@dataclass(frozen=True)
class CorpusSource:
    """A loaded corpus as a `Source`."""

    corpus: Corpus

    @property
    def digest(self) -> str:
        """Return a hash that changes with anything in it."""
        return self.corpus.digest

    def documents(self) -> Sequence[PolicySource]:
        """Return its documents, each once."""
        return self._documents

    @cached_property
    def _documents(self) -> tuple[PolicySource, ...]:
        return tuple(map(PolicySource, self.corpus.documents))


def traits_of(document: PolicyDocument) -> Traits:
    """Return what a search can narrow a document's clauses by; it says what `status_on` says."""
    validity, standing, repeal = document.validity, _standing(document), document.ending_repeal
    begins = validity.start or document.signed_on
    ends = day_number(validity.end) if validity.end else NO_END
    if repeal is not None:
        begins = begins if repeal.on else None
        ends = day_number(repeal.on - timedelta(days=1)) if repeal.on else NO_BEGIN
    return Traits(
        document.slug,
        standing,
        day_number(begins) if begins and standing is not Standing.UNSTATED else NO_BEGIN,
        ends,
        document.region or "",
        document.level or "",
    )


def _standing(document: PolicyDocument) -> Standing:
    if document.nature is SourceNature.DRAFT:
        return Standing.DRAFT
    if document.nature is SourceNature.REPORT:
        return Standing.REPORT
    if document.ending_repeal is not None:
        return Standing.REPEALED
    if not document.validity.is_stated:
        return Standing.UNSTATED
    return Standing.STATED if document.validity.tells_its_end else Standing.OPEN


def entries_of(corpus: Corpus) -> dict[str, Entry]:
    """Return an entry for every clause of a corpus, by id."""
    source = CorpusSource(corpus)
    return {entry.id: entry for document in source.documents() for entry in document.entries()}
