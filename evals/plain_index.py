"""A small readable index for evaluations not about search: clauses by how much of a query they hold."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ports import Hit, SearchFilter
from assistant.retrieval.coverage import covered, weigh
from assistant.retrieval.tokens import tokens
from assistant.steps.reading.words import rarity_of
from corpus.store import Corpus


class PlainIndex:
    """Finds clauses by the weighed share of the query they contain; nothing is built, nothing is kept."""

    def __init__(self, corpus: Corpus) -> None:
        self._rarity = rarity_of(clause.text for clause in corpus.clauses)
        self._terms = {clause.id: frozenset(tokens(clause.text)) for clause in corpus.clauses}

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the clauses that hold most of the query, best first."""
        query_terms = weigh(query, self._rarity)
        allowed = only.documents if only else ()
        hits = [
            Hit(name, covered(query_terms, terms))
            for name, terms in self._terms.items()
            if not allowed or name.split("/")[0] in allowed
        ]
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)[:limit]
