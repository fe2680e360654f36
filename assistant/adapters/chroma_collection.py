"""A collection of Chroma, embedded in a folder or on a server, opened when first used.

Chroma never embeds by itself (its own function would download a model) and sends nothing anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.adapters.engine import engine_errors, server_errors
from assistant.adapters.entries import Entry
from assistant.adapters.errors import IndexUnavailableError

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

# An embedded Chroma writes its whole graph to disk after every `sync_threshold` changes, and reads every one
# since then again with each batch. 1,000, its default, writes 600 GB for a million clauses; 50,000 doubled
# the processor time of building 100,000 (docs/scaling.md).
_WRITTEN_AFTER = 5_000
_HNSW = {
    "hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 200, "sync_threshold": _WRITTEN_AFTER}
}
_MUCH = (
    1_000  # changes after which the rest is written too, for the next to open or change the graph to be quick
)


def collection_name(embedder_name: str) -> str:
    """Return a name Chroma accepts that tells embedders apart, readable and unique.

    >>> collection_name("hashed-1024-1")
    'clauses-hashed-1024-1-2e7b8422'
    """
    readable = re.sub(r"[^a-zA-Z0-9]+", "-", embedder_name).strip("-")[:80]
    return f"clauses-{readable}-{sha256(embedder_name.encode()).hexdigest()[:8]}"


class ChromaCollection:
    """The vectors of one embedder in Chroma. Safe for threads; one process at a time may write."""

    def __init__(self, name: str, folder: Path, url: str | None = None) -> None:
        """Name a collection in `folder`, or at the server at `url`; nothing is opened yet."""
        self._name = name
        self._folder = folder
        self._url = url
        self._opening = Lock()
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None

    @property
    def opened(self) -> Collection:
        """Return Chroma's own collection, opened, and made where there is none."""
        with self._opening:
            if self._collection is None:
                self._client = _server(self._url) if self._url else _embedded(self._folder)
                self._collection = self._client.get_or_create_collection(
                    self._name, embedding_function=None, configuration=_HNSW
                )
            return self._collection

    def errors(self) -> AbstractContextManager[None]:
        """Turn what Chroma throws into errors of ours."""
        return server_errors(self._url) if self._url else engine_errors(self._folder)

    def put(self, batch: Sequence[Entry], vectors: Sequence[Sequence[float]]) -> None:
        """Add clauses with their vectors and traits, or replace those that are there."""
        self.opened.upsert(
            ids=[entry.id for entry in batch],
            embeddings=[list(vector) for vector in vectors],
            metadatas=[entry.traits.as_fields() for entry in batch],
        )

    def settle(self, changes: int, last: Entry, vector: Sequence[float]) -> None:
        """Have the graph written to disk after many changes, by putting the last clause once more.

        What is not written is read from the log, at half a millisecond a clause, by whoever opens it next.
        """
        if self._url is None and changes > _MUCH:
            self.configure(sync_threshold=_MUCH // 10)
            self.put([last], [vector])
            self.configure(sync_threshold=_WRITTEN_AFTER)

    def configure(self, **graph: int) -> None:
        """Change settings of the graph, as Chroma names them; it heeds them when it opens a collection."""
        self.opened.modify(configuration={"hnsw": graph})
        with self._opening:
            if self._client is not None:
                self._client.close()
            self._client = self._collection = None

    def drop(self) -> None:
        """Delete the collection."""
        if self.opened is not None and self._client is not None:
            self._client.delete_collection(self._name)


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
