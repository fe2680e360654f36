"""An index of any corpus for measuring: our words on disk, vectors compared exactly in memory.

The search itself is the product's (`HybridIndex`); only where the vectors are kept differs, for 136,000 of
them are embedded here once and thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.adapters.entries import Entry, entries_of
from assistant.adapters.lexical_index import LexicalIndex
from assistant.adapters.retrievers import Retrievers
from assistant.ports import Embedder, Hit, SearchFilter
from corpus.store import Corpus

_BATCH = 2000


class ExactVectors:
    """Clauses by the cosine of their vectors, all compared (implements `ClauseIndex`, without filters)."""

    def __init__(self, entries: Sequence[Entry], embedder: Embedder) -> None:
        """Embed the entries."""
        self._ids = [entry.id for entry in entries]
        self._embedder = embedder
        self._vectors = np.concatenate(
            [
                np.asarray(
                    embedder.embed([entry.dense_text for entry in entries[at : at + _BATCH]]), np.float32
                )
                for at in range(0, len(entries), _BATCH)
            ]
        )

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:  # noqa: ARG002 - the port's signature
        """Return the clauses nearest to the query, best first."""
        scores = self._vectors @ np.asarray(self._embedder.embed([query], is_query=True)[0], np.float32)
        count = min(limit, len(scores))
        near = np.argpartition(-scores, count - 1)[:count]
        hits = [Hit(self._ids[at], round(float(scores[at]), 6)) for at in near]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.clause_id)))


def build_retrievers(corpus: Corpus, folder: Path, embedder: Embedder) -> Retrievers:
    """Return both retrievers of an index of a corpus, the words in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = list(entries_of(corpus).values())
    words = LexicalIndex(folder)
    words.change((), (entries[at : at + _BATCH] for at in range(0, len(entries), _BATCH)), lambda _done: None)
    return Retrievers(words, ExactVectors(entries, embedder))
