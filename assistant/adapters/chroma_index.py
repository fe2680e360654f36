"""Vectors of clauses: held by Chroma, embedded or a server, and searched exactly while they are few.

Chroma never embeds by itself (its own function would download a model) and sends nothing anywhere. Its
filters take 30 to 400 ms among 100,000 vectors where the search takes 1; and importing it takes a second. So
beside an embedded Chroma lies a sheet of the same vectors (`vector_sheet`): up to `EXACT_NUMBERS` numbers to
compare, the sheet answers, exactly, filter included, and Chroma is not even imported; beyond, Chroma's graph
does, asked for more than is needed and filtered here (docs/adr/0010).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.adapters.chroma_filter import chroma_where, traits_from
from assistant.adapters.engine import engine_errors
from assistant.adapters.entries import Entry
from assistant.adapters.errors import IndexUnavailableError
from assistant.adapters.narrowing import Narrowing, narrowing
from assistant.adapters.vector_sheet import Near, VectorSheet
from assistant.ports import Embedder, Hit, SearchFilter

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

EXACT_NUMBERS = 10_000_000  # about 40,000 clauses of 256 numbers; `make bench-retrieval` prints both sides
_FEW = 8  # of that many times fewer clauses that pass a filter, rows are read one by one
_HNSW = {"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 200}}
_MORE = 3  # how many times more Chroma is asked for than pass on average
_MOST = 2000


def collection_name(embedder_name: str) -> str:
    """Return a name Chroma accepts that tells embedders apart, readable and unique.

    >>> collection_name("hashed-1024-1")
    'clauses-hashed-1024-1-2e7b8422'
    """
    readable = re.sub(r"[^a-zA-Z0-9]+", "-", embedder_name).strip("-")[:80]
    return f"clauses-{readable}-{sha256(embedder_name.encode()).hexdigest()[:8]}"


class ChromaIndex:
    """Clauses found by the nearness of their vectors to a question's (implements `ClauseIndex`)."""

    def __init__(
        self, folder: Path, embedder: Embedder, url: str | None = None, exact_numbers: int = EXACT_NUMBERS
    ) -> None:
        """Use the vectors in `folder`, or those that the Chroma server at `url` keeps for that folder.

        Up to `exact_numbers` numbers are compared one by one; beyond, Chroma's graph is asked.
        """
        self._exact_numbers = exact_numbers
        self._folder = folder
        self._embedder = embedder
        self._url = url
        self._sheet = None if url else VectorSheet(folder / "sheet")
        self._opening = Lock()

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the clauses nearest to the query, best first; scores are cosines."""
        if not query.strip() or limit < 1:
            return ()
        vector = self._embedder.embed([query], is_query=True)[0]
        with self._errors():
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
        with self._errors():
            return self._sheet.count() if self._sheet is not None else int(self.collection.count())

    def change(
        self, gone: Iterable[str], batches: Iterable[Sequence[Entry]], done: Callable[[int], None]
    ) -> None:
        """Delete clauses and add or replace others; `done` hears of each batch once it is safe on disk."""
        names = list(gone)
        if names:
            with self._errors():
                self.collection.delete(ids=names)
                if self._sheet is not None:
                    self._sheet.remove(names)
        for batch in batches:
            vectors = self._embedder.embed([entry.dense_text for entry in batch])
            with self._errors():
                self._put(batch, vectors)
            done(len(batch))

    def discard(self) -> None:
        """Delete what a server keeps for the folder; the folder itself is its owner's to delete."""
        if self._url:
            with self._errors():
                self._client.delete_collection(self._name)

    def _put(self, batch: Sequence[Entry], vectors: Sequence[Sequence[float]]) -> None:
        self.collection.upsert(
            ids=[entry.id for entry in batch],
            embeddings=[list(vector) for vector in vectors],
            metadatas=[entry.traits.as_fields() for entry in batch],
        )
        if self._sheet is not None:
            self._sheet.put(batch, vectors)

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

    def _errors(self) -> Any:
        from assistant.adapters.engine import server_errors

        return server_errors(self._url) if self._url else engine_errors(self._folder)

    @property
    def _name(self) -> str:
        name = collection_name(self._embedder.name)
        return f"{name}-{self._folder.name}" if self._url else name

    @cached_property
    def _client(self) -> ClientAPI:
        return _server(self._url) if self._url else _embedded(self._folder / "chroma")

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
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> Collection:
        return self._client.get_or_create_collection(self._name, embedding_function=None, configuration=_HNSW)


def _near(found: dict[str, Any], only: Narrowing | None) -> tuple[Near, ...]:
    metadatas = found["metadatas"][0] if only is not None else found["ids"][0]
    kept = [
        (str(name), round(1.0 - float(distance), 6))
        for name, distance, metadata in zip(found["ids"][0], found["distances"][0], metadatas, strict=True)
        if only is None or only.allows(traits_from(metadata))
    ]
    return tuple(sorted(kept, key=lambda one: (-one[1], one[0])))


def _embedded(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    except AttributeError as error:  # Chroma trips over its own shutdown when the file is no database
        raise RuntimeError(f"不是可用的 Chroma 数据库：{folder}") from error


def _server(url: str) -> ClientAPI:
    from urllib.parse import urlsplit

    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise IndexUnavailableError(f"POLICY_CHROMA_URL 应形如 http://主机:8000，得到“{url}”。")
    port = parts.port or (443 if is_secure else 8000)
    return chromadb.HttpClient(
        parts.hostname, port, ssl=is_secure, settings=Settings(anonymized_telemetry=False)
    )
