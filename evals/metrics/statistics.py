"""How sure a figure is: intervals of shares and means, and whether two runs differ by more than chance."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

_Z = 1.959963984540054  # 95 %
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between its 95 % limits, from `n` cases."""

    n: int
    value: float
    low: float
    high: float


def interval(values: Sequence[float], seed: int = 0) -> Interval:
    """Return the mean: by Wilson where every value is 0 or 1, by bootstrap otherwise.

    >>> interval([1, 1, 1, 0]).value
    0.75
    """
    if not values or not all(map(math.isfinite, values)):
        raise ValueError("没有可以平均的数")
    if all(value in (0, 1) for value in values):
        return wilson(int(sum(values)), len(values))
    return bootstrap(values, seed)


def wilson(hits: int, n: int) -> Interval:
    """Return a share with Wilson's interval.

    >>> found = wilson(9, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.596, 0.982)
    """
    share = hits / n
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return Interval(n, share, max(0.0, centre - half), min(1.0, centre + half))


def bootstrap(values: Sequence[float], seed: int = 0) -> Interval:
    """Return a mean with the interval of resampled means."""
    chance = random.Random(seed)
    n = len(values)
    means = sorted(math.fsum(chance.choices(values, k=n)) / n for _ in range(_RESAMPLES))
    low, high = means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1]
    return Interval(n, math.fsum(values) / n, low, high)


def mcnemar(fixed: int, broken: int) -> float:
    """Return the exact two-sided probability of so uneven a change, were both runs equally good.

    >>> mcnemar(0, 0), mcnemar(1, 9) < 0.05
    (1.0, True)
    """
    n = fixed + broken
    tail: float = sum(math.comb(n, k) for k in range(min(fixed, broken) + 1)) / 2.0**n
    return min(1.0, 2 * tail)


def percentile(values: Sequence[float], share: float) -> float:
    """Return a percentile by nearest rank.

    >>> percentile([1, 2, 3, 4], 0.5), percentile([5], 0.95)
    (2, 5)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
