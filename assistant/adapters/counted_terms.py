"""How common a term is, counted from the source where the engine does not tell."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import islice

from assistant.adapters.entries import Source
from assistant.retrieval.tokens import tokens


class CountedTerms:
    """How many clauses of a source contain a term, counted when first asked, over at most `most` of them."""

    def __init__(self, source: Source, most: int = 100_000) -> None:
        """Count the terms of `source`."""
        self._source = source
        self._most = most

    def __call__(self, term: str) -> int:
        """Return how many clauses contain a term, scaled to all where only some were counted."""
        counts, share = self._counted
        return round(counts[term] / share)

    @cached_property
    def _counted(self) -> tuple[Counter[str], float]:
        documents = list(self._source.documents())
        total = sum(document.size for document in documents)
        entries = (entry for document in documents for entry in document.entries())
        counts: Counter[str] = Counter()
        for entry in islice(entries, self._most):
            counts.update(set(tokens(entry.text)))
        return counts, min(self._most / max(total, 1), 1.0)
