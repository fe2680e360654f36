"""Why a search found what it found: what was understood of the question, and what each score is made of."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ports import Hit
from assistant.retrieval.coverage import WeightedTerm
from assistant.retrieval.synonyms import Added


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the index reads it.

    `subject` is what is left of it without the names of documents; `documents` are those named, `references`
    the clauses it names by number, `added` what synonyms add.
    """

    query: str
    subject: str
    documents: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    added: tuple[Added, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A term that a clause shares with the question, in which field, and what that adds to its score."""

    term: str
    field: str
    value: float


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A clause found, with the terms it shares with the question, the weightiest first."""

    hit: Hit
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A search with its reasons; `query_terms` are the question's own terms with their weights."""

    asked: Asked
    query_terms: tuple[WeightedTerm, ...]
    found: tuple[ExplainedHit, ...]
