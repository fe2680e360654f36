"""The reranking at the best candidates: a weighted sum of what can be said of each, best first.

The weights come from a file (`ranking.yaml`) that a command writes with its data and its date; nothing here
is tuned by hand. They are those of a conditional logistic model: the chance that a candidate is the right one
among those beside it grows with its sum. Every part is told, so that a person can see why a clause stands
where it stands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from assistant.retrieval.coverage import WeightedTerm
from corpus.strict_yaml import read_model

WEIGHTS = Path(__file__).with_name("ranking.yaml")
FEATURES = ("fused", "lexical", "dense", "coverage", "sentence", "national")
# Measured on 162 clauses of our own, where the fusion's order was as good, and on 256 to 136,465 passages of
# public sets, where this one is better: clauses from which the reranking is worth its time.
PAYS_FROM = 250
_SENTENCE_END = re.compile(r"[。;!?\n]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may answer: its scores, from 0 to 1 or little more, and its own words, folded.

    `fused` holds what the kind of the clause and the name of its document make of both scores (fusion.py).
    """

    clause_id: str
    fused: float
    lexical: float
    dense: float
    text: str
    headings: str = ""
    title: str = ""
    is_national: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its sum, and what each feature added to it."""

    clause_id: str
    score: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Orders candidates by the weights of the features."""

    weights: Mapping[str, float]

    def rank(
        self, query_terms: Sequence[WeightedTerm], candidates: Iterable[Candidate]
    ) -> tuple[Ranked, ...]:
        """Return the candidates, best first; equal ones by id."""
        ranked = [self._one(candidate, features(query_terms, candidate)) for candidate in candidates]
        return tuple(sorted(ranked, key=lambda one: (-one.score, one.clause_id)))

    def _one(self, candidate: Candidate, found: Mapping[str, float]) -> Ranked:
        parts = tuple((name, self.weights[name] * found[name]) for name in FEATURES if self.weights.get(name))
        return Ranked(candidate.clause_id, sum(value for _, value in parts), parts)


def features(query_terms: Sequence[WeightedTerm], candidate: Candidate) -> dict[str, float]:
    """Return what can be said of a candidate, by name.

    `coverage` is the share of the question that the clause speaks of under its headings and title,
    `sentence` the largest share that one of its sentences speaks of.

    >>> query_terms = (WeightedTerm(1.0, ("贯标",)), WeightedTerm(1.0, ("认证",)))
    >>> found = features(query_terms, Candidate("a/1", 0.9, 1.0, 0.5, "支持贯标。认证给予补贴"))
    >>> found["coverage"], found["sentence"]
    (1.0, 0.5)
    """
    sentences = _SENTENCE_END.split(candidate.text)
    return {
        "fused": candidate.fused,
        "lexical": candidate.lexical,
        "dense": candidate.dense,
        "coverage": _share(query_terms, (candidate.title, candidate.headings, candidate.text)),
        "sentence": max(_share(query_terms, (one,)) for one in sentences),
        "national": float(candidate.is_national),
    }


def chances(ranked: Sequence[Ranked]) -> list[tuple[Ranked, float]]:
    """Return each candidate with its chance to be the right one among them all.

    >>> [round(chance, 2) for _, chance in chances([Ranked("a", 2.0, ()), Ranked("b", 1.0, ())])]
    [0.73, 0.27]
    """
    best = max((one.score for one in ranked), default=0.0)
    parts = [math.exp(one.score - best) for one in ranked]
    return [(one, part / sum(parts)) for one, part in zip(ranked, parts, strict=True)]


class RankingFile(BaseModel):
    """A weights file: which command wrote it, when, from which data, and how well the weights do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    command: str
    written_on: str
    embedder: str
    questions: dict[str, int]
    figures: dict[str, dict[str, float]]
    weights: dict[str, float]

    @field_validator("weights")
    @classmethod
    def _are_known(cls, value: dict[str, float]) -> dict[str, float]:
        unknown = sorted(set(value) - set(FEATURES))
        if unknown:
            raise ValueError(f"没有这些特征：{unknown}")
        return value


@cache
def load_ranker(path: Path = WEIGHTS) -> Ranker:
    """Return the ranker of a weights file.

    Raises:
        BrokenCorpusError: the file is missing, damaged, or names a feature that does not exist.
    """
    return Ranker(read_model(path, RankingFile).weights)


def _share(query_terms: Collection[WeightedTerm], texts: Sequence[str]) -> float:
    total = sum(query_term.weight for query_term in query_terms)
    if not total:
        return 0.0
    held = sum(
        query_term.weight
        for query_term in query_terms
        if any(term in text for term in query_term.terms for text in texts if text)
    )
    return held / total
