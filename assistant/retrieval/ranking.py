"""The second look at the best candidates: a weighted sum of what can be said of each, best first.

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

from assistant.retrieval.coverage import Weighed
from corpus.model.document import ClauseKind
from corpus.strict_yaml import read_model

WEIGHTS = Path(__file__).with_name("ranking.yaml")
FEATURES = (
    "lexical",
    "dense",
    "coverage",
    "sentence",
    "lead",
    "headings",
    "title",
    "measure",
    "run",
    "national",
    "named",
    "draft",
    "report",
    "question",
    "background",
    "preamble",
    "heading",
)
_KINDS = {
    ClauseKind.QUESTION: "question",
    ClauseKind.BACKGROUND: "background",
    ClauseKind.PREAMBLE: "preamble",
    ClauseKind.HEADING: "heading",
}
_SENTENCE_END = re.compile(r"[。;!?\n]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may answer: its scores, from 0 to 1, and its own words, folded.

    `level` and `nature` (policy, draft, report) are those of its document; `is_named` says that the question
    calls the document by name.
    """

    clause_id: str
    lexical: float
    dense: float
    text: str
    headings: str = ""
    title: str = ""
    measures: tuple[str, ...] = ()
    kind: ClauseKind = ClauseKind.ITEM
    level: str = ""
    nature: str = ""
    is_named: bool = False


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
        self, asked: str, pieces: Sequence[Weighed], candidates: Iterable[Candidate]
    ) -> tuple[Ranked, ...]:
        """Return the candidates, best first; equal ones by id. `asked` is the question's subject, folded."""
        ranked = [self._one(candidate, features(asked, pieces, candidate)) for candidate in candidates]
        return tuple(sorted(ranked, key=lambda one: (-one.score, one.clause_id)))

    def _one(self, candidate: Candidate, found: Mapping[str, float]) -> Ranked:
        parts = tuple((name, self.weights[name] * found[name]) for name in FEATURES if self.weights.get(name))
        return Ranked(candidate.clause_id, sum(value for _, value in parts), parts)


def features(asked: str, pieces: Sequence[Weighed], candidate: Candidate) -> dict[str, float]:
    """Return what can be said of a candidate, by name, each from 0 to 1.

    >>> pieces = (Weighed(1.0, ("贯标",)), Weighed(1.0, ("认证",)))
    >>> found = features("贯标认证", pieces, Candidate("a/1", 1.0, 0.5, "支持贯标。给予补贴"))
    >>> found["coverage"], found["lead"], found["run"]
    (0.5, 0.5, 0.5)
    """
    lead = candidate.text[: _lead_end(candidate.text)]
    around = (candidate.title, candidate.headings, candidate.text)
    found = dict.fromkeys(FEATURES, 0.0)
    found |= {
        "lexical": candidate.lexical,
        "dense": candidate.dense,
        "coverage": _share(pieces, around),
        "sentence": max((_share(pieces, (one,)) for one in _SENTENCE_END.split(candidate.text)), default=0.0),
        "lead": _share(pieces, (lead,)),
        "headings": _share(pieces, (candidate.headings,)),
        "title": _share(pieces, (candidate.title,)),
        "measure": max((_share(pieces, (name,)) for name in candidate.measures), default=0.0),
        "run": longest_run(asked, candidate.text) / max(len(asked), 1),
        "national": float(candidate.level == "national"),
        "named": float(candidate.is_named),
        "draft": float(candidate.nature == "draft"),
        "report": float(candidate.nature == "report"),
    }
    if candidate.kind in _KINDS:
        found[_KINDS[candidate.kind]] = 1.0
    return found


def chances(ranked: Sequence[Ranked]) -> list[tuple[Ranked, float]]:
    """Return each candidate with its chance to be the right one among them all.

    >>> [round(chance, 2) for _, chance in chances([Ranked("a", 2.0, ()), Ranked("b", 1.0, ())])]
    [0.73, 0.27]
    """
    best = max((one.score for one in ranked), default=0.0)
    parts = [math.exp(one.score - best) for one in ranked]
    return [(one, part / sum(parts)) for one, part in zip(ranked, parts, strict=True)]


def longest_run(asked: str, text: str) -> int:
    """Return the length of the longest stretch of `asked` that stands in `text`.

    >>> longest_run("请问贯标认证费", "支持贯标认证的企业")
    4
    """
    best = 0
    for start in range(len(asked)):
        while start + best < len(asked) and asked[start : start + best + 1] in text:
            best += 1
    return best


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


def _lead_end(text: str) -> int:
    """Return where the first sentence of a clause ends, the one that says what it is about."""
    match = _SENTENCE_END.search(text)
    return match.start() if match else len(text)


def _share(pieces: Collection[Weighed], texts: Sequence[str]) -> float:
    total = sum(piece.weight for piece in pieces)
    if not total:
        return 0.0
    held = sum(
        piece.weight
        for piece in pieces
        if any(term in text for term in piece.terms for text in texts if text)
    )
    return held / total
