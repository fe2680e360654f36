"""How well an index finds: ranks, recall, reciprocal ranks, and whether a difference is more than chance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Hit

DEPTH = 10
_RESAMPLES = 4000
_SEED = 20261122
Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Quality:
    """Recall at one, three and ten and the mean reciprocal rank within ten, with its 95 % interval."""

    n: int
    first: float
    three: float
    ten: float
    mrr: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Gain:
    """How much the mean reciprocal rank is above another's, question by question.

    `p` is the chance of so large a difference, either way, were the two alike (signs flipped at random).
    """

    by: float
    low: float
    high: float
    p: float


def rank_of(hits: Iterable[Hit], is_right: Callable[[str], bool]) -> int:
    """Return the rank of the first right hit, 0 where there is none."""
    return next((rank for rank, hit in enumerate(hits, 1) if is_right(hit.clause_id)), 0)


def reciprocal(ranks: Sequence[int]) -> NDArray[np.float64]:
    """Return 1 / rank of each, 0 for a rank of 0 or beyond ten.

    >>> reciprocal([1, 4, 0, 11]).tolist()
    [1.0, 0.25, 0.0, 0.0]
    """
    values = np.asarray(ranks, dtype=float)
    found = (values > 0) & (values <= DEPTH)
    return np.where(found, 1 / np.where(found, values, 1), 0.0)


def quality(ranks: Sequence[int]) -> Quality:
    """Return how good some ranks are."""
    values = np.asarray(ranks)
    scores = reciprocal(ranks)
    low, high = _interval(scores)
    first, three, ten = (float(np.mean((values > 0) & (values <= most))) for most in (1, 3, DEPTH))
    return Quality(len(ranks), first, three, ten, float(scores.mean()), low, high)


def gain(ranks: Sequence[int], over: Sequence[int]) -> Gain:
    """Return how much better some ranks are than others for the same questions."""
    difference = reciprocal(ranks) - reciprocal(over)
    low, high = _interval(difference)
    chance = np.random.default_rng(_SEED)
    size = len(difference)
    least = abs(float(difference.sum())) - 1e-12
    changed = difference[difference != 0]
    extreme = sum(
        int((np.abs((chance.integers(0, 2, (500, len(changed))) * 2 - 1) @ changed) >= least).sum())
        for _ in range(_RESAMPLES // 500)
    )
    return Gain(float(difference.mean()), low, high, (extreme + 1) / (_RESAMPLES + 1) if size else 1.0)


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean."""
    chance = np.random.default_rng(_SEED)
    size = len(values)
    means = [values[chance.integers(0, size, size)].mean() for _ in range(_RESAMPLES)]
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))
