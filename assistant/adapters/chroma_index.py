"""Vectors of clauses in an embedded, persistent Chroma, through LangChain's VectorStore interface.

Chroma never embeds by itself (its own function would download a model) and sends nothing anywhere. Importing
it takes about a second, so it is imported when an index is opened, not with this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from assistant.adapters.engine import engine_errors
from assistant.adapters.entries import Entry
from assistant.ports import Embedder, Hit, SearchFilter

if TYPE_CHECKING:
    from chromadb import Collection
    from langchain_chroma import Chroma

_HNSW = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


class PortEmbeddings(Embeddings):
    """An `Embedder` as LangChain's `Embeddings`, for any part that wants one."""

    def __init__(self, embedder: Embedder) -> None:
        """Wrap `embedder`."""
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of passages."""
        return [list(vector) for vector in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return list(self._embedder.embed([text], is_query=True)[0])


def collection_name(embedder_name: str) -> str:
    """Return a name Chroma accepts that tells embedders apart, readable and unique.

    >>> collection_name("hashed-1024-1")
    'clauses-hashed-1024-1-2e7b8422'
    """
    readable = re.sub(r"[^a-zA-Z0-9]+", "-", embedder_name).strip("-")[:80]
    return f"clauses-{readable}-{sha256(embedder_name.encode()).hexdigest()[:8]}"


class ChromaIndex:
    """Clauses found by the nearness of their vectors to a question's (implements `ClauseIndex`)."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Open the collection in `folder`, or begin an empty one.

        Raises:
            StoreDamagedError: the folder holds something that is no Chroma database.
        """
        self._folder = folder
        self._embeddings = PortEmbeddings(embedder)
        with engine_errors(folder):
            self._vectors, self._collection = _open(folder, collection_name(embedder.name), self._embeddings)

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the clauses nearest to the query, best first; scores are cosines."""
        if not query.strip() or limit < 1:
            return ()
        where = {"document": {"$in": list(only.documents)}} if only and only.documents else None
        vector = self._embeddings.embed_query(query)
        with engine_errors(self._folder):
            found = self._vectors.similarity_search_by_vector_with_relevance_scores(
                vector,
                k=limit,
                filter=where,
            )
        hits = [
            Hit(document.id, 1.0 - distance, (("dense", 1.0 - distance),))
            for document, distance in found
            if document.id
        ]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.clause_id)))

    def count(self) -> int:
        """Return how many clauses are kept."""
        with engine_errors(self._folder):
            return int(self._collection.count())

    def versions(self) -> dict[str, str]:
        """Return the content hash of every clause kept, by id."""
        with engine_errors(self._folder):
            kept = self._vectors.get(include=["metadatas"])
        return {name: str(data["version"]) for name, data in zip(kept["ids"], kept["metadatas"], strict=True)}

    def change(
        self, gone: Iterable[str], batches: Iterable[Sequence[Entry]], done: Callable[[int], None]
    ) -> None:
        """Delete clauses and add or replace others; `done` hears of each batch once it is safe on disk."""
        names = list(gone)
        if names:
            with engine_errors(self._folder):
                self._vectors.delete(ids=names)
        for batch in batches:
            with engine_errors(self._folder):
                self._vectors.add_texts(
                    [entry.dense_text for entry in batch],
                    [{"document": entry.document, "version": entry.version} for entry in batch],
                    [entry.id for entry in batch],
                )
            done(len(batch))


def _open(folder: Path, name: str, embeddings: Embeddings) -> tuple[Chroma, Collection]:
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    try:
        client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    except AttributeError as error:  # Chroma trips over its own shutdown when the file is no database
        raise RuntimeError(f"不是可用的 Chroma 数据库：{folder}") from error
    vectors = Chroma(
        collection_name=name,
        embedding_function=embeddings,
        client=client,
        collection_configuration=_HNSW,
    )
    return vectors, client.get_collection(name, embedding_function=None)
