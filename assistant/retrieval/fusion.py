"""How the lexical and the dense score become one, and what the kind and the name of a clause add to it.

Every number here is printed, beside its neighbours, by `python -m evals.retrieval_weights DATA --neighbours`;
what the vectors of one embedding count is in dense_weights.yaml. Scores are fused, never ranks: with a weak
dense retriever, equal-weight reciprocal rank is worse than the lexical retriever alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from corpus.model.document import ClauseKind

# A clause that rules stands above one that retells it: a question-and-answer, the background, the preamble.
# A bare heading leads to its clauses but answers nothing.
KIND_PRIOR: Mapping[ClauseKind, float] = {
    ClauseKind.ITEM: 1.0,
    ClauseKind.PARAGRAPH: 1.0,
    ClauseKind.CLOSING: 1.0,
    ClauseKind.PREAMBLE: 0.9,
    ClauseKind.BACKGROUND: 0.8,
    ClauseKind.QUESTION: 0.6,
    ClauseKind.HEADING: 0.5,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part adds: `dense` beside a lexical 1, `named` for a clause of a named document."""

    dense: float = 0.25
    named: float = 0.3
    prior: Mapping[ClauseKind, float] = field(default_factory=lambda: KIND_PRIOR)


@dataclass(frozen=True, slots=True)
class Scored:
    """A clause with its fused score and the parts, each from 0 to 1, it was made of."""

    clause_id: str
    fused: float
    lexical: float
    dense: float


def fuse(
    lexical: Mapping[str, float],
    dense: Mapping[str, float],
    weights: Weights,
    kind_of: Callable[[str], ClauseKind],
    is_named: Callable[[str], bool],
) -> tuple[Scored, ...]:
    """Return the clauses of either retriever, best first.

    The lexical retriever is measured against its best clause, the dense one gives a cosine. A clause the
    lexical one did not return has 0 there; one the dense one did not return is as near as the farthest it
    did, for every text has some cosine to every other. Equal scores go by id: an answer does not vary.

    >>> found = fuse({"a/1": 8.0, "a/qa.1": 9.0}, {"a/1": 0.5}, Weights(),
    ...              lambda id: ClauseKind.QUESTION if "qa" in id else ClauseKind.ITEM, lambda id: False)
    >>> [(one.clause_id, round(one.fused, 3)) for one in found]
    [('a/1', 0.811), ('a/qa.1', 0.54)]
    """
    best = max(lexical.values(), default=0.0)
    farthest = min(dense.values(), default=0.0)
    scored = []
    for clause_id in lexical.keys() | dense.keys():
        near_words = lexical.get(clause_id, 0.0) / best if best > 0 else 0.0
        near_sense = min(max(dense.get(clause_id, farthest), 0.0), 1.0)
        fused = (near_words + weights.dense * near_sense) / (1 + weights.dense)
        fused *= weights.prior.get(kind_of(clause_id), 1.0)
        if is_named(clause_id):
            fused *= 1 + weights.named
        scored.append(Scored(clause_id, fused, near_words, near_sense))
    return tuple(sorted(scored, key=lambda one: (-one.fused, one.clause_id)))
