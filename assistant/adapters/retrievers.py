"""The two retrievers of a search: by words, and by vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.adapters.explanation import Match
from assistant.ports import ClauseIndex, Hit, SearchFilter
from assistant.retrieval.synonyms import Added


class WordIndex(Protocol):
    """The lexical retriever: it also takes synonyms, and tells how common a term is and what it added."""

    def search(
        self, query: str, limit: int = 10, only: SearchFilter | None = None, added: Sequence[Added] = ()
    ) -> Sequence[Hit]:
        """Return the best clauses, best first."""

    def frequency(self, term: str) -> int:
        """Return how many clauses contain a term."""

    def matches(self, query: str, clause_id: str, added: Sequence[Added] = ()) -> tuple[Match, ...]:
        """Return what each term adds to a clause's score, the most first; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Retrievers:
    """The two retrievers of the index, open."""

    lexical: WordIndex
    dense: ClauseIndex
