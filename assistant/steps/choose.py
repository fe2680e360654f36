"""Fifth step: which measures are meant. Groups are different matters; inside a group, alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.steps.state import State
from assistant.steps.subjects import Subject
from corpus.model.measure import Measure

_CLOSE = 0.9
_LEAST = 0.22
_LEAST_REST = 0.3
_MOST_GROUPS = 4
_MOST_ALTERNATIVES = 5


def choose(state: State) -> State:
    """Take the best subject, then whatever explains a good part of the question it leaves unexplained."""
    weights = [piece.weight for piece in state.reading.pieces]
    rest, pool = frozenset(range(len(weights))), list(state.subjects)
    meant: list[tuple[Measure, ...]] = []
    while pool and rest and len(meant) < _MOST_GROUPS:
        best = _best(pool, rest, weights, is_first=not meant)
        if best is None:
            break
        group = _alternatives(best, pool, rest, weights)
        meant.append(tuple(one.measure for one in group if one.measure is not None))
        rest -= frozenset().union(*(one.covered for one in group))
        pool = [one for one in pool if one not in group]
    return replace(state, meant=tuple(group for group in meant if group))


def _weight(pieces: Iterable[int], weights: Sequence[float]) -> float:
    return sum(weights[piece] for piece in pieces)


def _best(
    pool: Sequence[Subject], rest: frozenset[int], weights: Sequence[float], is_first: bool
) -> Subject | None:
    if is_first:
        return pool[0] if pool[0].score >= _LEAST else None
    best = max(pool, key=lambda one: _weight(one.covered & rest, weights))
    return best if _weight(best.covered & rest, weights) >= _LEAST_REST * sum(weights) else None


def _alternatives(
    best: Subject, pool: Sequence[Subject], rest: frozenset[int], weights: Sequence[float]
) -> tuple[Subject, ...]:
    """Return `best` and the subjects nearly as fitting that the question does not tell apart from it."""
    explained = _weight(best.covered & rest, weights)
    close = [
        one
        for one in pool
        if one is not best
        and one.score >= best.score * _CLOSE
        and _weight((one.covered & rest) - best.covered, weights) < explained / 3
    ]
    return (best, *close[: _MOST_ALTERNATIVES - 1])
