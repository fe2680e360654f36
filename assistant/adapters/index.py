"""The search index: words and vectors together, opened or built on first use.

<data_dir>/index/words/                  the index store of the lexical retriever
<data_dir>/index/vectors/<embedder>/     one for each embedding ever used, so that changing back is free
<data_dir>/index/milvus/<embedder>/      what is on a Milvus server, where one is set: both retrievers
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from assistant.adapters.entries import CorpusSource, Source
from assistant.adapters.errors import IndexUnavailableError
from assistant.adapters.hybrid_index import HybridIndex
from assistant.adapters.index_store import LOCK_WAIT_S, IndexStore, Progress
from assistant.adapters.retrievers import Retrievers
from assistant.ports import Embedder
from assistant.retrieval.fusion import Weights
from assistant.retrieval.ranking import Ranker
from assistant.retrieval.synonyms import Synonyms
from corpus.store import Corpus

__all__ = ["HybridIndex", "IndexUnavailableError", "Retrievers", "Servers", "open_index"]

RECIPE = 2  # raise it when tokens, fields or stored texts change: every index is then built anew


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the index is kept instead of the data directory: nowhere else, unless an address is given."""

    chroma_url: str | None = None
    milvus_url: str | None = None


def open_index(
    corpus: Corpus,
    data_dir: Path,
    embedder: Embedder,
    progress: bool = False,
    rebuild: bool = False,
    *,
    weights: Weights | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    synonyms: Synonyms | None = None,
    ranker: Ranker | None = None,
    servers: Servers | None = None,
    lock_wait_s: float = LOCK_WAIT_S,
) -> HybridIndex:
    """Return the index of a corpus under `data_dir`: opened when it is true, else brought up to date.

    With `progress`, building shows a bar on stderr. `rebuild` begins anew whatever is there.

    Raises:
        IndexUnavailableError: the directory cannot be written, another process holds it for too long, or a
            server does not answer.
        EmbedderUnavailableError: clauses must be embedded and the model cannot be loaded.
    """
    opener = _Opener(data_dir / "index", embedder, servers or Servers(), progress, lock_wait_s)
    source = CorpusSource(corpus)
    if rebuild:
        opener.open(source, True)
    return HybridIndex(corpus, lambda anew: opener.open(source, anew), weights, names, synonyms, ranker)


@dataclass(frozen=True, slots=True)
class _Opener:
    """Opens both retrievers as the settings say."""

    home: Path
    embedder: Embedder
    servers: Servers
    is_told: bool
    lock_wait_s: float

    def open(self, source: Source, anew: bool) -> Retrievers:
        return self._on_milvus(source, anew) if self.servers.milvus_url else self._here(source, anew)

    def _here(self, source: Source, anew: bool) -> Retrievers:
        from assistant.adapters.chroma_collection import collection_name
        from assistant.adapters.chroma_index import ChromaIndex
        from assistant.adapters.lexical_index import LexicalIndex

        url, name = self.servers.chroma_url, collection_name(self.embedder.name)
        words = IndexStore(
            self.home / "words", f"words {RECIPE}", LexicalIndex, batch=2000, lock_wait_s=self.lock_wait_s
        )
        vectors = IndexStore(
            self.home / ("vectors-on-a-server" if url else "vectors") / name,
            f"vectors {RECIPE} {self.embedder.name} {url or ''}".strip(),
            lambda folder: ChromaIndex(folder, self.embedder, url),
            most=2048,
            lock_wait_s=self.lock_wait_s,
            discard=lambda folder: ChromaIndex(folder, self.embedder, url).discard(),
            loose=("chroma",),
        )
        with _bar("正在建立关键词索引", self.is_told) as told:
            lexical = words.open(source, told, anew)
        with _bar("正在建立语义向量索引", self.is_told) as told:
            return Retrievers(lexical, vectors.open(source, told, anew))

    def _on_milvus(self, source: Source, anew: bool) -> Retrievers:
        from assistant.adapters.chroma_collection import collection_name
        from assistant.adapters.counted_terms import CountedTerms
        from assistant.adapters.milvus_index import MilvusStore, MilvusVectors, MilvusWords

        url = self.servers.milvus_url or ""
        index_store = IndexStore(
            self.home / "milvus" / collection_name(self.embedder.name),
            f"milvus {RECIPE} {self.embedder.name} {url}",
            lambda folder: MilvusStore(folder, self.embedder, url),
            batch=256,
            lock_wait_s=self.lock_wait_s,
            discard=lambda folder: MilvusStore(folder, self.embedder, url).discard(),
        )
        with _bar("正在向 Milvus 写入条款", self.is_told) as told:
            store = index_store.open(source, told, anew)
        return Retrievers(MilvusWords(store, CountedTerms(source)), MilvusVectors(store))


def _bar(what: str, is_shown: bool) -> AbstractContextManager[Progress]:
    if is_shown:
        from assistant.adapters.progress import bar

        return bar(what)
    return nullcontext(_unseen)


def _unseen(_done: int, _total: int) -> None:
    """Show nothing."""
