"""Times, memory and sizes, measured plainly."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """How long calls took, in milliseconds; `cpu` is the median of processor time, all threads together.

    On a machine that others use too, processor time is what can be compared.
    """

    p50: float
    p95: float
    cpu: float
    n: int


def timed(calls: Sequence[Callable[[], object]], warm_up: int = 3) -> Times:
    """Run each call once, after some that do not count; return their times."""
    for call in calls[:warm_up]:
        call()
    spent, used = [], []
    for call in calls:
        begun, worked = time.perf_counter(), time.process_time()
        call()
        used.append((time.process_time() - worked) * 1000)
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    used.sort()
    p95 = spent[min(int(len(spent) * 0.95), len(spent) - 1)]
    middle = len(spent) // 2
    return Times(round(spent[middle], 3), round(p95, 3), round(used[middle], 3), len(spent))


def seconds(call: Callable[[], T]) -> tuple[float, T]:
    """Return how long a call took, and what it gave."""
    begun = time.perf_counter()
    value = call()
    return time.perf_counter() - begun, value


def megabytes_on_disk(folder: Path) -> float:
    """Return the size of everything in a folder."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20, 1)


def megabytes_in_memory() -> float:
    """Return what this process holds in memory that is its own, without mapped files."""
    held = {
        line.split(":")[0]: int(line.split()[1])
        for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        if line.startswith("Rss")
    }
    return round(held["RssAnon"] / 1024, 1)


def load_average() -> float:
    """Return the load of the machine, to tell whether it was shared."""
    return round(os.getloadavg()[0], 1)
