"""Vectors of clauses: held by Chroma, embedded or a server, and searched exactly while they are few.

Chroma's filters take 30 to 400 ms among 100,000 vectors where the search takes 1; and importing it takes a
second. So beside an embedded Chroma lies a sheet of the same vectors (`vector_sheet`): up to `EXACT_NUMBERS`
numbers to compare, the sheet answers, exactly, filter included, and Chroma is not even imported; beyond,
Chroma's graph does, asked for more than is needed and filtered here (docs/adr/0010).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.adapters.chroma_collection import ChromaCollection, collection_name
from assistant.adapters.chroma_filter import chroma_where, traits_from
from assistant.adapters.entries import Entry
from assistant.adapters.errors import IndexUnavailableError
from assistant.adapters.narrowing import Narrowing, narrowing
from assistant.adapters.vector_sheet import Near, VectorSheet
from assistant.ports import Embedder, Hit, SearchFilter

if TYPE_CHECKING:
    from chromadb import Collection

EXACT_NUMBERS = 10_000_000  # about 40,000 clauses of 256 numbers; `make bench-retrieval` prints both sides
_FEW = 8  # of that many times fewer clauses that pass a filter, rows are read one by one
_MORE = 3  # how many times more Chroma is asked for than pass on average
_MOST = 2000


class ChromaIndex:
    """Clauses found by the nearness of their vectors to a question's (implements `ClauseIndex`)."""

    def __init__(
        self, folder: Path, embedder: Embedder, url: str | None = None, exact_numbers: int = EXACT_NUMBERS
    ) -> None:
        """Use the vectors in `folder`, or those that the Chroma server at `url` keeps for that folder.

        Up to `exact_numbers` numbers are compared one by one; beyond, Chroma's graph is asked.
        """
        self._exact_numbers = exact_numbers
        self._embedder = embedder
        name = collection_name(embedder.name)
        self._held = ChromaCollection(f"{name}-{folder.name}" if url else name, folder / "chroma", url)
        self._sheet = None if url else VectorSheet(folder / "sheet")

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the clauses nearest to the query, best first; scores are cosines."""
        if not query.strip() or limit < 1:
            return ()
        vector = self._embedder.embed([query], is_query=True)[0]
        with self._held.errors():
            near = self.nearest(vector, limit, narrowing(only))
        return tuple(Hit(name, score, (("dense", score),)) for name, score in near)

    def nearest(self, vector: Sequence[float], limit: int, only: Narrowing | None) -> tuple[Near, ...]:
        """Return the clauses nearest to a unit vector that a filter lets pass, with their cosines."""
        if self._sheet is None:
            return self._from_chroma(vector, limit, only)
        rows = self._sheet.allowed(only)
        total = self._sheet.count()
        passing = total if rows is None else len(rows)
        wide = self._sheet.dimensions
        if total * wide <= self._exact_numbers or passing * wide * _FEW <= self._exact_numbers:
            return self._sheet.nearest(vector, limit, rows)
        found = self._over_asked(vector, limit, only, total / max(passing, 1))
        return found if len(found) == limit else self._sheet.nearest(vector, limit, rows)

    def count(self) -> int:
        """Return how many clauses are kept."""
        with self._held.errors():
            return self._sheet.count() if self._sheet is not None else int(self.collection.count())

    def change(
        self, gone: Iterable[str], batches: Iterable[Sequence[Entry]], done: Callable[[int], None]
    ) -> None:
        """Delete clauses and add or replace others; `done` hears of each batch once it is safe on disk."""
        names = list(gone)
        if names:
            with self._held.errors():
                self.collection.delete(ids=names)
                if self._sheet is not None:
                    self._sheet.remove(names)
        changes = 0
        for batch in batches:
            vectors = self._embedder.embed([entry.dense_text for entry in batch])
            with self._held.errors():
                self._held.put(batch, vectors)
                if self._sheet is not None:
                    self._sheet.put(batch, vectors)
            done(len(batch))
            changes += len(batch)
        if changes:
            with self._held.errors():
                self._held.settle(changes, batch[-1], vectors[-1])

    def discard(self) -> None:
        """Delete what a server keeps for the folder; the folder itself is its owner's to delete."""
        if self._sheet is None:
            with self._held.errors():
                self._held.drop()

    def _from_chroma(self, vector: Sequence[float], limit: int, only: Narrowing | None) -> tuple[Near, ...]:
        """Search on the server alone: first as if there were no filter, then by its own filter."""
        found = self._over_asked(vector, limit, only, _MORE)
        if only is None or len(found) == limit:
            return found
        return _near(self._asked(vector, limit, chroma_where(only)), None)[:limit]

    def _over_asked(
        self, vector: Sequence[float], limit: int, only: Narrowing | None, share: float
    ) -> tuple[Near, ...]:
        """Ask Chroma's graph for more than is needed and keep what passes."""
        more = limit if only is None else min(int(limit * share * _MORE), _MOST)
        found = self._asked(vector, max(more, limit), None)
        if self._sheet is None or only is None:
            return _near(found, only)[:limit]
        near = _near(found, None)
        passing = self._sheet.passing([name for name, _ in near], only)
        return tuple(one for one in near if one[0] in passing)[:limit]

    def _asked(self, vector: Sequence[float], limit: int, where: dict[str, Any] | None) -> dict[str, Any]:
        told = ["distances"] if self._sheet is not None else ["distances", "metadatas"]
        return dict(
            self.collection.query(query_embeddings=[list(vector)], n_results=limit, where=where, include=told)
        )

    @property
    def sheet(self) -> VectorSheet:
        """Return the vectors as they lie on disk beside an embedded Chroma.

        Raises:
            IndexUnavailableError: the vectors are on a server.
        """
        if self._sheet is None:
            raise IndexUnavailableError("向量在 Chroma 服务上，本机没有副本。")
        return self._sheet

    @property
    def collection(self) -> Collection:
        """Return Chroma's own collection, opened."""
        return self._held.opened


def _near(found: dict[str, Any], only: Narrowing | None) -> tuple[Near, ...]:
    metadatas = found["metadatas"][0] if only is not None else found["ids"][0]
    kept = [
        (str(name), round(1.0 - float(distance), 6))
        for name, distance, metadata in zip(found["ids"][0], found["distances"][0], metadatas, strict=True)
        if only is None or only.allows(traits_from(metadata))
    ]
    return tuple(sorted(kept, key=lambda one: (-one[1], one[0])))
