"""The same index on Milvus, for more clauses than one machine should hold: words and vectors on the server.

BM25 is Milvus's own function: over the text as its jieba tokenizer cuts it, or over our own characters and
pairs, which its standard tokenizer keeps apart. Filters are its own too. The address is a server's
(http://host:19530) or a local file's ending in .db (Milvus Lite, the same code in this process).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.adapters.engine import server_errors
from assistant.adapters.entries import Entry
from assistant.adapters.errors import IndexUnavailableError
from assistant.adapters.explanation import Match
from assistant.adapters.milvus_filter import milvus_filter
from assistant.adapters.narrowing import narrowing
from assistant.ports import Embedder, Hit, SearchFilter
from assistant.retrieval.synonyms import Added
from assistant.retrieval.tokens import fold, informative, tokens

if TYPE_CHECKING:
    from pymilvus import MilvusClient

JIEBA, OWN_TOKENS = "jieba", "standard"
_BM25 = {"metric_type": "BM25"}
_COSINE = {"metric_type": "COSINE"}
_MOST_BYTES = 60_000
_NO_LIMIT = 16_384  # the most Milvus returns at once
_DIGITS = 6


class MilvusStore:
    """A collection of clauses with both their words and their vectors (a `Store`)."""

    def __init__(self, folder: Path, embedder: Embedder, url: str, tokenizer: str = JIEBA) -> None:
        """Name the collection after `folder`; nothing is asked of the server yet."""
        self._embedder = embedder
        self._url = url
        self._tokenizer = tokenizer
        self._name = f"clauses_{folder.name}".replace("-", "_")
        self._opening = Lock()

    def count(self) -> int:
        """Return how many clauses are kept."""
        with server_errors(self._url):
            if not self._client.has_collection(self._name):
                return 0
            told = self._client.query(
                self._name, filter="", output_fields=["count(*)"], consistency_level="Strong"
            )
            return int(told[0]["count(*)"])

    def change(
        self, gone: Iterable[str], batches: Iterable[Sequence[Entry]], done: Callable[[int], None]
    ) -> None:
        """Delete clauses and add or replace others; `done` hears of each batch once the server has it."""
        names = list(gone)
        with server_errors(self._url):
            self._begin()
            if names:
                self._client.delete(self._name, ids=names)
        for batch in batches:
            vectors = self._embedder.embed([entry.dense_text for entry in batch])
            rows = [self._row(entry, vector) for entry, vector in zip(batch, vectors, strict=True)]
            with server_errors(self._url):
                self._client.upsert(self._name, rows)
            done(len(batch))

    def by_words(self, query: str, limit: int, only: SearchFilter | None) -> tuple[Hit, ...]:
        """Return the clauses that share most words with a query, best first."""
        wanted = informative(query)
        if limit < 1 or not tokens(wanted):
            return ()
        # Milvus Lite tells BM25 as a distance, below zero; the server as a score.
        return self._found("words", self._cut(wanted), limit, only, _BM25, "lexical", abs)

    def by_vector(self, query: str, limit: int, only: SearchFilter | None) -> tuple[Hit, ...]:
        """Return the clauses whose vectors are nearest to a query's, best first; scores are cosines."""
        if limit < 1 or not query.strip():
            return ()
        vector = [float(number) for number in self._embedder.embed([query], is_query=True)[0]]
        return self._found("vector", vector, limit, only, _COSINE, "dense", float)

    def discard(self) -> None:
        """Delete the collection."""
        with server_errors(self._url):
            if self._client.has_collection(self._name):
                self._client.drop_collection(self._name)

    def _found(
        self,
        field: str,
        asked: str | list[float],
        limit: int,
        only: SearchFilter | None,
        how: Mapping[str, str],
        part: str,
        score_of: Callable[[float], float],
    ) -> tuple[Hit, ...]:
        wider = narrowing(only)
        with server_errors(self._url):
            found = self._client.search(
                self._name,
                data=[asked],
                anns_field=field,
                limit=min(limit, _NO_LIMIT),
                filter=milvus_filter(wider) if wider else "",
                search_params=dict(how),
                output_fields=["id"],
            )[0]
        scored = [(str(one["id"]), round(score_of(one["distance"]), _DIGITS)) for one in found]
        hits = [Hit(name, score, ((part, score),)) for name, score in scored]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.clause_id)))

    def _row(self, entry: Entry, vector: Sequence[float]) -> dict[str, Any]:
        return {
            "id": entry.id,
            **entry.traits.as_fields(),
            "text": _within(self._cut(entry.dense_text)),
            "vector": [float(number) for number in vector],
        }

    def _cut(self, text: str) -> str:
        return " ".join(tokens(text)) if self._tokenizer == OWN_TOKENS else fold(text)

    @cached_property
    def _opened(self) -> MilvusClient:
        try:
            from pymilvus import MilvusClient
        except ImportError as error:
            raise IndexUnavailableError(
                "使用 Milvus 需要另装组件：pip install 'policy-assistant[milvus]'，"
                "或清空 POLICY_MILVUS_URL 使用本机索引。"
            ) from error
        return MilvusClient(self._url)

    @property
    def _client(self) -> MilvusClient:
        with self._opening:
            return self._opened

    def _begin(self) -> None:
        """Create the collection where there is none."""
        from pymilvus import DataType, Function, FunctionType

        if self._client.has_collection(self._name):
            return
        schema = self._client.create_schema(auto_id=False)
        schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=512)
        for name in ("document", "standing", "region", "level"):
            schema.add_field(name, DataType.VARCHAR, max_length=512)
        for name in ("begins", "ends"):
            schema.add_field(name, DataType.INT64)
        analyzer = {"tokenizer": self._tokenizer}
        schema.add_field(
            "text", DataType.VARCHAR, max_length=65_535, enable_analyzer=True, analyzer_params=analyzer
        )
        schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=len(self._embedder.embed(["条款"])[0]))
        schema.add_function(Function("bm25", FunctionType.BM25, ["text"], ["words"]))
        indexes = self._client.prepare_index_params()
        indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", **_BM25)
        indexes.add_index("vector", index_type="AUTOINDEX", **_COSINE)
        self._client.create_collection(self._name, schema=schema, index_params=indexes)


class MilvusWords:
    """The lexical retriever of a Milvus collection (implements `ClauseIndex`)."""

    def __init__(self, store: MilvusStore, frequency: Callable[[str], int]) -> None:
        """Search in `store`; `frequency` tells how many clauses contain a term, which Milvus does not."""
        self._store = store
        self._frequency = frequency

    def search(
        self, query: str, limit: int = 10, only: SearchFilter | None = None, added: Sequence[Added] = ()
    ) -> Sequence[Hit]:
        """Return the clauses that share most words with a query, best first.

        Milvus weighs every word of a query alike; so the words of synonyms are a search of their own, and
        its scores are added at their weight.
        """
        scores = {hit.clause_id: hit.score for hit in self._store.by_words(query, limit, only)}
        for word, weight in {one.word: one.weight for one in added}.items():
            for hit in self._store.by_words(word, limit, only):
                scores[hit.clause_id] = scores.get(hit.clause_id, 0.0) + weight * hit.score
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return tuple(Hit(name, score, (("lexical", score),)) for name, score in ranked)

    def frequency(self, term: str) -> int:
        """Return how many clauses contain a term."""
        return self._frequency(term)

    def matches(self, _query: str, _clause_id: str, _added: Sequence[Added] = ()) -> tuple[Match, ...]:
        """Return nothing: Milvus does not tell what a term added."""
        return ()


class MilvusVectors:
    """The dense retriever of a Milvus collection (implements `ClauseIndex`)."""

    def __init__(self, store: MilvusStore) -> None:
        """Search in `store`."""
        self._store = store

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the clauses whose vectors are nearest to a query's, best first."""
        return self._store.by_vector(query, limit, only)


def _within(text: str) -> str:
    """Return as much of a text as a field of Milvus holds."""
    return text.encode()[:_MOST_BYTES].decode(errors="ignore")
