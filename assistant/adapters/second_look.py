"""The candidates of a search as the ranker sees them: scores of both sides, and the clause's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.adapters.explanation import Asked
from assistant.retrieval.coverage import Weighed
from assistant.retrieval.fusion import Scored
from assistant.retrieval.ranking import Candidate, Ranked, Ranker
from assistant.retrieval.tokens import fold, informative
from corpus.model.document import Clause
from corpus.store import Corpus

POOL = 30
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Pool:
    """What one question gives to rank: its own subject, folded, the weighed pieces of it, the candidates."""

    subject: str
    pieces: Sequence[Weighed]
    candidates: tuple[Candidate, ...]


class SecondLook:
    """Puts the best candidates of a search in the order of a ranker."""

    def __init__(self, corpus: Corpus, clauses: Mapping[str, Clause], ranker: Ranker) -> None:
        """Look at the clauses of `corpus` (by id in `clauses`) with the weights of `ranker`."""
        self._corpus = corpus
        self._clauses = clauses
        self._ranker = ranker
        self._measures: dict[str, list[str]] = {}
        for measure in corpus.measures:
            self._measures.setdefault(measure.clause_id, []).append(fold(measure.name))
        self._words = lru_cache(_KEPT)(self._words_of)

    def rank(self, asked: Asked, pieces: Sequence[Weighed], found: Sequence[Scored]) -> tuple[Ranked, ...]:
        """Return the first candidates, best first."""
        pool = self.pool(asked, pieces, found)
        return self._ranker.rank(pool.subject, pool.pieces, pool.candidates)

    def pool(self, asked: Asked, pieces: Sequence[Weighed], found: Sequence[Scored]) -> Pool:
        """Return the first candidates with everything a ranker looks at."""
        named = frozenset(asked.documents)
        candidates = tuple(
            replace(
                self._words(one.clause_id),
                lexical=one.lexical,
                dense=one.dense,
                is_named=one.clause_id.split("/", 1)[0] in named,
            )
            for one in found[:POOL]
        )
        return Pool("".join(informative(asked.subject).split()), pieces, candidates)

    def _words_of(self, clause_id: str) -> Candidate:
        clause = self._clauses[clause_id]
        document = self._corpus.document(clause.document)
        return Candidate(
            clause_id,
            0.0,
            0.0,
            fold(clause.text),
            fold("\n".join(clause.headings)),
            fold(document.title),
            tuple(self._measures.get(clause_id, ())),
            clause.kind,
            document.level or "",
            document.nature.value,
        )
