"""The plots of the page, as plain numbers of inline SVG: bars with whiskers, and a histogram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 100.0  # of every plot, in its own units


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its whisker, as shares of the width (0 to 100)."""

    label: str
    n: int
    value: float
    low: float
    high: float
    told: str


def share_bars(groups: Mapping[str, Mapping[str, float]], labels: Mapping[str, str]) -> list[Bar]:
    """Return a bar for each group's share of right answers, with its interval."""
    return [
        Bar(
            labels.get(name, name),
            int(one["n"]),
            one["value"] * WIDTH,
            one["low"] * WIDTH,
            one["high"] * WIDTH,
            f"{one['value']:.0%}",
        )
        for name, one in groups.items()
    ]


def count_bars(counts: Mapping[str, float], unit: str = "") -> list[Bar]:
    """Return a bar for each count, the longest filling the width."""
    most = max(counts.values(), default=0) or 1
    return [
        Bar(name, 0, count / most * WIDTH, 0, 0, f"{count:g}{unit}")
        for name, count in sorted(counts.items(), key=lambda pair: -pair[1])
    ]


def waiting_bars(seconds: Sequence[float]) -> list[Bar]:
    """Return how many replies took how long, in steps people know."""
    edges = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]
    counts: dict[str, int] = {}
    low = 0.0
    for edge in edges:
        counts[f"{_shown(low)}–{_shown(edge)}"] = sum(low <= one < edge for one in seconds)
        low = edge
    counts[f"{_shown(low)} 以上"] = sum(one >= low for one in seconds)
    used = [name for name, count in counts.items() if count]
    if not used:
        return []
    names = list(counts)
    kept = names[names.index(used[0]) : names.index(used[-1]) + 1]
    most = max(counts.values())
    return [Bar(name, 0, counts[name] / most * WIDTH, 0, 0, str(counts[name])) for name in kept]


def _shown(seconds: float) -> str:
    """Write a time for people.

    >>> _shown(0.05), _shown(2)
    ('50毫秒', '2秒')
    """
    return f"{seconds:g}秒" if seconds >= 1 else f"{seconds * 1000:g}毫秒"
