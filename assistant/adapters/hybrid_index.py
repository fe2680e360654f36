"""Words and vectors searched together, fused, and explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import TypeVar

from assistant.adapters.entries import traits_of
from assistant.adapters.errors import IndexUnavailableError, StoreDamagedError
from assistant.adapters.explanation import Asked, ExplainedHit, Explanation
from assistant.adapters.narrowing import narrowing
from assistant.adapters.reranking import Pool, Reranking
from assistant.adapters.retrievers import Retrievers
from assistant.ports import Hit, SearchFilter
from assistant.retrieval.coverage import Rarity, WeightedTerm, covered, weigh
from assistant.retrieval.fusion import Scored, Weights, fuse
from assistant.retrieval.naming import Mention
from assistant.retrieval.ranking import Ranker, chances
from assistant.retrieval.references import ClauseReferences
from assistant.retrieval.synonyms import Synonyms
from assistant.retrieval.tokens import fold, tokens
from corpus.reading.variants import simplified
from corpus.store import Corpus

_DEPTH = 5
_LEAST_DEPTH = 50
_TERMS_KEPT = 4096
_MATCHES_TOLD = 12
_FEW_DOCUMENTS = 50
T = TypeVar("T")


class HybridIndex:
    """Clauses found by words and by vectors, fused (implements `ClauseIndex`).

    A clause that the question names by its number stands first. Safe for threads. Should a store's files fail
    under a search, they are opened again, and if need be built anew, once; only then is the failure told.
    """

    def __init__(
        self,
        corpus: Corpus,
        open_retrievers: Callable[[bool], Retrievers],
        weights: Weights | None = None,
        names: Mapping[str, Sequence[str]] | None = None,
        synonyms: Synonyms | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        """Open the retrievers; `names` maps a document's slug to names people use beside its title.

        With a `ranker`, the best candidates of the fusion are put in its order.
        """
        self._corpus = corpus
        self._open_retrievers = open_retrievers
        self._weights = weights or Weights()
        self._references = ClauseReferences(corpus, names)
        self._clauses = self._references.clauses
        self._synonyms = synonyms or Synonyms(())
        self._are_few = len(corpus.documents) <= _FEW_DOCUMENTS
        self._full_names = frozenset(_full_names(corpus, names or {}))
        self._reranking = Reranking(corpus, self._clauses, ranker) if ranker else None
        self._terms = lru_cache(_TERMS_KEPT)(self._terms_of)
        self._mending = Lock()
        self._retrievers = open_retrievers(False)

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the best clauses, best first.

        Their parts are `lexical`, `dense`, `coverage` and `fused`, and `reference` where the question names
        the clause.
        """
        asked = self.read(query)
        return self._mended(lambda retrievers: self._search(retrievers, asked, limit, only))

    def explain(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Explanation:
        """Return what `search` returns, with how the question was read and what each score is made of."""
        asked = self.read(query)

        def explained(retrievers: Retrievers) -> Explanation:
            found = tuple(
                ExplainedHit(
                    hit, retrievers.lexical.matches(asked.subject, hit.clause_id, asked.added)[:_MATCHES_TOLD]
                )
                for hit in self._search(retrievers, asked, limit, only)
            )
            return Explanation(asked, self._query_terms(retrievers, asked), found)

        return self._mended(explained)

    def read(self, query: str) -> Asked:
        """Return a question as the index reads it.

        The name of a document says where to look, not for what: 「长宁」 stands in every retelling of the
        draft, and far less often in the clauses that rule. Traditional characters are read as simplified.
        """
        query = simplified(query)
        mentions = [one for one in self._references.names.mentions(query) if self._calls_by_name(one)]
        rest = fold(query)
        for mention in reversed(mentions):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
        documents = tuple(dict.fromkeys(slug for mention in mentions for slug in mention.slugs))
        subject = rest if tokens(rest) else query
        return Asked(
            query, subject, documents, self._references.find(query), self._synonyms.added_to(subject)
        )

    def _calls_by_name(self, mention: Mention) -> bool:
        """Tell whether a mention calls documents by name rather than speaking of their subject.

        Among a few documents 「在线新经济」 is as good as a title; among thousands 「物业管理」 is what the
        question is about, and only whole titles, numbers, places and given names call a document.
        """
        return self._are_few or mention.is_region or mention.name in self._full_names

    def _mended(self, do: Callable[[Retrievers], T]) -> T:
        for rebuild in (False, True):
            retrievers = self._retrievers
            try:
                return do(retrievers)
            except StoreDamagedError:
                self._mend(retrievers, rebuild)
        try:
            return do(self._retrievers)
        except StoreDamagedError as error:
            raise IndexUnavailableError(f"检索索引无法使用，重建后仍然出错。{error}") from error

    def _mend(self, failed: Retrievers, rebuild: bool) -> None:
        with self._mending:
            if self._retrievers is failed:
                self._retrievers = self._open_retrievers(rebuild)

    def _search(
        self, retrievers: Retrievers, asked: Asked, limit: int, only: SearchFilter | None
    ) -> tuple[Hit, ...]:
        if limit < 1 or not tokens(asked.subject):
            return ()
        depth = max(limit * _DEPTH, _LEAST_DEPTH)
        found = self._ranked(retrievers, asked, depth, only)
        query_terms = self._query_terms(retrievers, asked)
        if self._reranking is None:
            hits = [self._hit(one, query_terms) for one in found[:limit]]
        else:
            hits = self._reranked(self._reranking, query_terms, found, limit)
        return self._named_first(asked, hits, only)[:limit]

    def _ranked(
        self, retrievers: Retrievers, asked: Asked, depth: int, only: SearchFilter | None
    ) -> tuple[Scored, ...]:
        """Return the candidates of both retrievers, best first."""
        lexical = retrievers.lexical.search(asked.subject, depth, only, asked.added)
        lexical = lexical or retrievers.lexical.search(asked.query, depth, only)
        dense = retrievers.dense.search(asked.subject, depth, only)
        named = frozenset(asked.documents)
        return fuse(
            {hit.clause_id: hit.score for hit in lexical if hit.clause_id in self._clauses},
            {hit.clause_id: hit.score for hit in dense if hit.clause_id in self._clauses},
            self._weights,
            lambda clause_id: self._clauses[clause_id].kind,
            lambda clause_id: clause_id.split("/", 1)[0] in named,
        )

    def candidates(self, query: str, only: SearchFilter | None = None) -> Pool:
        """Return what a ranker would put in order for a question, best of the fusion first."""
        asked = self.read(query)
        reranking = self._reranking or Reranking(self._corpus, self._clauses, Ranker({}))

        def pooled(retrievers: Retrievers) -> Pool:
            found = self._ranked(retrievers, asked, _LEAST_DEPTH, only)
            return reranking.pool(self._query_terms(retrievers, asked), found)

        return self._mended(pooled)

    def _reranked(
        self, reranking: Reranking, query_terms: Sequence[WeightedTerm], found: Sequence[Scored], limit: int
    ) -> list[Hit]:
        """Return the first candidates in the ranker's order, the rest behind them in their own.

        The score becomes the chance of each to be the right one among those looked at.
        """
        by_id = {one.clause_id: one for one in found}
        hits = []
        for one, chance in chances(reranking.rank(query_terms, found))[:limit]:
            hit = self._hit(by_id.pop(one.clause_id), query_terms)
            told = tuple((f"rank.{name}", value) for name, value in one.parts)
            hits.append(Hit(hit.clause_id, chance, (*hit.parts, *told, ("ranked", one.score))))
        least = min((hit.score for hit in hits), default=1.0)
        rest = [self._hit(one, query_terms) for one in list(by_id.values())[: limit - len(hits)]]
        return hits + [Hit(hit.clause_id, least * hit.score, hit.parts) for hit in rest]

    def _hit(self, one: Scored, query_terms: Sequence[WeightedTerm]) -> Hit:
        coverage = covered(query_terms, self._terms(one.clause_id))
        parts = (
            ("lexical", one.lexical),
            ("dense", one.dense),
            ("coverage", coverage),
            ("fused", one.fused),
        )
        return Hit(one.clause_id, one.fused, parts)

    def _named_first(self, asked: Asked, hits: Sequence[Hit], only: SearchFilter | None) -> tuple[Hit, ...]:
        """Put the clauses that the question names by number first, in its order.

        Where a number without a document's name fits more clauses than are asked for, it names none.
        """
        wider = narrowing(only)
        named = [
            name
            for name in asked.references
            if wider is None or wider.allows(traits_of(self._corpus.document_of(name)))
        ]
        if not named or len(named) > max(len(hits), 1):
            return tuple(hits)
        found = {hit.clause_id: hit for hit in hits}
        top = max((hit.score for hit in hits), default=0.0)
        first = [
            Hit(name, top + 1.0 - at * 1e-6, (*_parts(found.get(name)), ("reference", 1.0)))
            for at, name in enumerate(named)
        ]
        return (*first, *(hit for hit in hits if hit.clause_id not in named))

    def _query_terms(self, retrievers: Retrievers, asked: Asked) -> tuple[WeightedTerm, ...]:
        return weigh(asked.query, Rarity(len(self._clauses), cache(retrievers.lexical.frequency)))

    def _terms_of(self, clause_id: str) -> frozenset[str]:
        clause = self._clauses[clause_id]
        title = self._corpus.document(clause.document).title
        return frozenset(tokens("\n".join((title, *clause.headings, clause.text))))


def _full_names(corpus: Corpus, names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Give the names that call a document and are not merely what it is about, folded."""
    for document in corpus.documents:
        yield fold(document.title)
        yield fold(document.document_number or document.title)
        yield from map(fold, names.get(document.slug, ()))


def _parts(hit: Hit | None) -> tuple[tuple[str, float], ...]:
    return hit.parts if hit else (("lexical", 0.0), ("dense", 0.0), ("coverage", 0.0), ("fused", 0.0))
