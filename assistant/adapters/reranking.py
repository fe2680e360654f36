"""The candidates of a search as the ranker sees them: both retrievers' scores, and the clause's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.retrieval.coverage import WeightedTerm
from assistant.retrieval.fusion import Scored
from assistant.retrieval.ranking import Candidate, Ranked, Ranker
from assistant.retrieval.tokens import fold
from corpus.model.document import Clause
from corpus.store import Corpus

POOL = 30
_KEPT = 4096
_NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Pool:
    """What one question gives to rank: its query terms, and the candidates."""

    query_terms: Sequence[WeightedTerm]
    candidates: tuple[Candidate, ...]


class Reranking:
    """Puts the best candidates of a search in the order of a ranker."""

    def __init__(self, corpus: Corpus, clauses: Mapping[str, Clause], ranker: Ranker) -> None:
        """Look at the clauses of `corpus` (by id in `clauses`) with the weights of `ranker`."""
        self._corpus = corpus
        self._clauses = clauses
        self._ranker = ranker
        self._words = lru_cache(_KEPT)(self._words_of)

    def rank(self, query_terms: Sequence[WeightedTerm], found: Sequence[Scored]) -> tuple[Ranked, ...]:
        """Return the first candidates, best first."""
        pool = self.pool(query_terms, found)
        return self._ranker.rank(pool.query_terms, pool.candidates)

    def pool(self, query_terms: Sequence[WeightedTerm], found: Sequence[Scored]) -> Pool:
        """Return the first candidates with everything a ranker looks at."""
        candidates = tuple(
            replace(self._words(one.clause_id), fused=one.fused, lexical=one.lexical, dense=one.dense)
            for one in found[:POOL]
        )
        return Pool(query_terms, candidates)

    def _words_of(self, clause_id: str) -> Candidate:
        clause = self._clauses[clause_id]
        document = self._corpus.document(clause.document)
        return Candidate(
            clause_id,
            0.0,
            0.0,
            0.0,
            fold(clause.text),
            fold("\n".join(clause.headings)),
            fold(document.title),
            document.level == _NATIONAL,
        )
