"""Two runs side by side: each item fixed, broken or the same, and the gates.

A gate with `absolute` holds the new run to a value. A gate with `band` holds it to the base, over the items
both runs have in the same words, less the band, which is at least one item wide; where the new run was
repeated, its own instability widens it. A metric the base has and the new run lacks fails.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

from corpus.strict_yaml import load_strictly
from evals.metrics.catalogue import ABOUT
from evals.metrics.statistics import mcnemar

GATES = Path(__file__).with_name("gates.yaml")
BASELINE = Path(__file__).with_name("baseline.json")
SUMMARY = "summary.json"


class RunUnreadableError(ValueError):
    """Raised for a run that cannot be read; the message is Chinese."""


class Gate(BaseModel):
    """One gate: an absolute value, or a band around the base."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    absolute: float | None = None
    band: float | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Gate:
        if (self.absolute is None) == (self.band is None):
            raise ValueError("absolute 与 band 须写且只写一个")
        return self


@dataclass(frozen=True, slots=True)
class Held:
    """What became of one gate; `base` is None for an absolute one."""

    metric: str
    passed: bool
    value: float | None
    base: float | None
    limit: float
    n: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared over their common items; ids are listed."""

    fixed: tuple[str, ...]
    broken: tuple[str, ...]
    same: int
    only_base: tuple[str, ...]
    only_new: tuple[str, ...]
    gates: tuple[Held, ...]

    @property
    def chance(self) -> float:
        """Return McNemar's exact probability of so uneven a change."""
        return mcnemar(len(self.fixed), len(self.broken))

    @property
    def passed(self) -> bool:
        """Tell whether every gate holds."""
        return all(gate.passed for gate in self.gates)


def load_gates(path: Path = GATES) -> dict[str, Gate]:
    """Return the gates; a metric nobody knows is an error."""
    gates = TypeAdapter(dict[str, Gate]).validate_python(load_strictly(path))
    strangers = [name for name in gates if name not in ABOUT]
    if strangers:
        raise RunUnreadableError(f"{path.name}：没有指标 {'、'.join(strangers)}")
    return gates


def load_summary(path: Path) -> Mapping[str, Any]:
    """Return the summary of a run's folder, or of a file such as the baseline.

    Raises:
        RunUnreadableError: there is none, or it is not one.
    """
    file = path / SUMMARY if path.is_dir() else path
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RunUnreadableError(f"{path} 不是一次完成的评测（{type(error).__name__}）") from error
    if not isinstance(found, dict) or not found.get("items") or "metrics" not in found:
        raise RunUnreadableError(f"{path} 不是一次完成的评测，或没有任何题目")
    return found


def compare(base: Mapping[str, Any], new: Mapping[str, Any], gates: Mapping[str, Gate]) -> Comparison:
    """Compare two summaries."""
    before, now = base["items"], new["items"]
    common = [name for name in now if name in before and before[name]["digest"] == now[name]["digest"]]
    fixed = [name for name in common if now[name]["passed"] and not before[name]["passed"]]
    broken = [name for name in common if before[name]["passed"] and not now[name]["passed"]]
    return Comparison(
        tuple(fixed),
        tuple(broken),
        len(common) - len(fixed) - len(broken),
        tuple(name for name in before if name not in common),
        tuple(name for name in now if name not in common),
        tuple(held for name, gate in gates.items() if (held := _held(name, gate, base, new, common))),
    )


def absolute_gates(new: Mapping[str, Any], gates: Mapping[str, Gate]) -> tuple[Held, ...]:
    """Return what becomes of the absolute gates alone, for a run without a base."""
    only = {name: gate for name, gate in gates.items() if gate.absolute is not None}
    return tuple(held for name, gate in only.items() if (held := _absolute(name, gate, new)))


def _held(
    name: str, gate: Gate, base: Mapping[str, Any], new: Mapping[str, Any], common: list[str]
) -> Held | None:
    if gate.absolute is not None:
        return _absolute(name, gate, new)
    was = [base["items"][one]["scores"][name] for one in common if name in base["items"][one]["scores"]]
    now = [new["items"][one]["scores"][name] for one in common if name in new["items"][one]["scores"]]
    if not was:
        return None
    before, sign = sum(was) / len(was), 1 if ABOUT[name].higher_is_better else -1
    limit = before - sign * (max(gate.band or 0, 1 / len(was)) + _wobble(new))
    if not now:
        return None if _is_other_target(base, new) else Held(name, False, None, before, limit, 0)
    value = sum(now) / len(now)
    return Held(name, sign * (value - limit) >= -1e-9, value, before, limit, len(now))


def _is_other_target(base: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Tell whether another kind of program was asked: it may not tell what the first one does."""
    return bool(base["header"].get("target") != new["header"].get("target"))


def _absolute(name: str, gate: Gate, new: Mapping[str, Any]) -> Held | None:
    found = new["metrics"].get(name)
    if found is None or gate.absolute is None:
        return None
    sign = 1 if ABOUT[name].higher_is_better else -1
    held = sign * (found["value"] - gate.absolute) >= -1e-9
    return Held(name, held, found["value"], None, gate.absolute, int(found["n"]))


def _wobble(new: Mapping[str, Any]) -> float:
    """Return the share of items whose repeats disagree: the run's own noise."""
    found = new["metrics"].get("stability")
    return 1 - float(found["value"]) if found else 0.0
