"""The search index: words and vectors together, opened or built on first use.

<data_dir>/index/words/                  one shelf for the lexical side
<data_dir>/index/vectors/<embedder>/     one for each embedding ever used, so that changing back is free
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.adapters.entries import CorpusSource
from assistant.adapters.errors import IndexUnavailableError, StoreDamagedError
from assistant.adapters.shelf import LOCK_WAIT_S, Progress, Shelf
from assistant.ports import ClauseIndex, Embedder, Hit, SearchFilter
from assistant.retrieval.coverage import Rarity, covered, weigh
from assistant.retrieval.fusion import Scored, Weights, fuse
from assistant.retrieval.naming import DocumentNames
from assistant.retrieval.tokens import fold, tokens
from corpus.model.document import ClauseKind
from corpus.store import Corpus

if TYPE_CHECKING:
    from assistant.adapters.chroma_index import ChromaIndex
    from assistant.adapters.lexical_index import LexicalIndex

__all__ = ["HybridIndex", "IndexUnavailableError", "open_index"]

RECIPE = 2  # raise it when tokens, fields or stored texts change: every index is then built anew
_DEPTH = 5
_LEAST_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of the index, open."""

    lexical: LexicalIndex
    dense: ChromaIndex


class HybridIndex:
    """Clauses found by words and by vectors, fused (implements `ClauseIndex`).

    Safe for threads. Should a store's files fail under a search, they are opened again, and if need be built
    anew, once; only then is the failure told.
    """

    def __init__(
        self,
        corpus: Corpus,
        open_sides: Callable[[bool], Sides],
        weights: Weights | None = None,
        names: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Open the sides; `names` maps a document's slug to names people use beside its title."""
        self._corpus = corpus
        self._open_sides = open_sides
        self._weights = weights or Weights()
        self._names = DocumentNames(corpus.documents, names)
        self._kinds = {clause.id: clause.kind for clause in corpus.clauses}
        self._mending = Lock()
        self._sides = open_sides(False)

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the best clauses, best first; `parts` are `lexical`, `dense`, `coverage` and `fused`."""
        for rebuild in (False, True):
            sides = self._sides
            try:
                return self._search(sides, query, limit, only)
            except StoreDamagedError:
                self._mend(sides, rebuild)
        try:
            return self._search(self._sides, query, limit, only)
        except StoreDamagedError as error:
            raise IndexUnavailableError(f"检索索引无法使用，重建后仍然出错。{error}") from error

    def _mend(self, failed: Sides, rebuild: bool) -> None:
        with self._mending:
            if self._sides is failed:
                self._sides = self._open_sides(rebuild)

    def _search(self, sides: Sides, query: str, limit: int, only: SearchFilter | None) -> Sequence[Hit]:
        subject, named = self._subject(query)
        if limit < 1 or not tokens(subject):
            return ()
        depth = max(limit * _DEPTH, _LEAST_DEPTH)
        lexical = sides.lexical.search(subject, depth, only) or sides.lexical.search(query, depth, only)
        dense = sides.dense.search(subject, depth, only)
        ranked = fuse(
            {hit.clause_id: hit.score for hit in lexical if hit.clause_id in self._kinds},
            {hit.clause_id: hit.score for hit in dense if hit.clause_id in self._kinds},
            self._weights,
            self._kind,
            lambda clause_id: clause_id.split("/", 1)[0] in named,
        )
        return self._explained(query, ranked[:limit], sides.lexical)

    def _subject(self, query: str) -> tuple[str, frozenset[str]]:
        """Return the query without the names of documents, and the documents named.

        A name says where to look, not for what: 「长宁」 stands in every retelling of the draft, and far less
        often in the clauses that rule.
        """
        mentions = self._names.mentions(query)
        rest = fold(query)
        for mention in reversed(mentions):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
        slugs = frozenset(slug for mention in mentions for slug in mention.slugs)
        return (rest if tokens(rest) else query), slugs

    def _kind(self, clause_id: str) -> ClauseKind:
        return self._kinds[clause_id]

    def _explained(self, query: str, ranked: Sequence[Scored], lexical: LexicalIndex) -> tuple[Hit, ...]:
        pieces = weigh(query, Rarity(len(self._kinds), lexical.frequency))
        return tuple(
            Hit(
                one.clause_id,
                one.fused,
                (
                    ("lexical", one.lexical),
                    ("dense", one.dense),
                    ("coverage", covered(pieces, self._terms(one.clause_id))),
                    ("fused", one.fused),
                ),
            )
            for one in ranked
        )

    def _terms(self, clause_id: str) -> frozenset[str]:
        clause = self._corpus.clause(clause_id)
        title = self._corpus.document(clause.document).title
        return frozenset(tokens("\n".join((title, *clause.headings, clause.text))))


def open_index(
    corpus: Corpus,
    data_dir: Path,
    embedder: Embedder,
    progress: bool = False,
    rebuild: bool = False,
    *,
    weights: Weights | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    lock_wait_s: float = LOCK_WAIT_S,
) -> ClauseIndex:
    """Return the index of a corpus under `data_dir`: opened when it is true, else brought up to date.

    With `progress`, building shows a bar on stderr. `rebuild` begins anew whatever is there.

    Raises:
        IndexUnavailableError: the directory cannot be written, or another process holds it for too long.
        EmbedderUnavailableError: clauses must be embedded and the model cannot be loaded.
    """
    from assistant.adapters.chroma_index import ChromaIndex, collection_name
    from assistant.adapters.lexical_index import LexicalIndex

    home, source = data_dir / "index", CorpusSource(corpus)
    words = Shelf(home / "words", f"words {RECIPE}", LexicalIndex, batch=2000, lock_wait_s=lock_wait_s)
    vectors = Shelf(
        home / "vectors" / collection_name(embedder.name),
        f"vectors {RECIPE} {embedder.name}",
        lambda folder: ChromaIndex(folder, embedder),
        lock_wait_s=lock_wait_s,
    )

    def open_sides(anew: bool) -> Sides:
        with _bar("正在建立关键词索引", progress) as told:
            lexical = words.open(source, told, anew)
        with _bar("正在建立语义向量索引", progress) as told:
            return Sides(lexical, vectors.open(source, told, anew))

    if rebuild:
        open_sides(True)
    return HybridIndex(corpus, open_sides, weights, names)


def _bar(what: str, is_shown: bool) -> AbstractContextManager[Progress]:
    if is_shown:
        from assistant.adapters.progress import bar

        return bar(what)
    return nullcontext(_unseen)


def _unseen(_done: int, _total: int) -> None:
    """Show nothing."""
