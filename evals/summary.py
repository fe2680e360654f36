"""The figures of a run: each metric with its n and interval, by suite and by type, faults, waiting times.

Every item counts, whatever became of it: an error, a timeout or a number that is none is wrong, and is
counted apart besides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.metrics.catalogue import ABOUT
from evals.metrics.statistics import Interval, interval, percentile
from evals.replies import Failure
from evals.running import Judged, by_item
from evals.suite_files import Item
from evals.verdict import CLASSES

Values = dict[str, dict[str, float]]
_KINDS: Mapping[str, Callable[[Item], bool]] = {
    "multi_turn": lambda item: len(item.case.turns) > 1,
    "counterfactual": lambda item: bool(item.case.corpus.edits) and item.case.type != "injection",
    "noise": lambda item: bool(item.case.corpus.noise),
    "injection": lambda item: item.case.type == "injection",
    "false_premise": lambda item: item.case.type == "false_premise",
}


def summary_of(judged: Sequence[Judged], header: Mapping[str, Any]) -> dict[str, Any]:
    """Return the summary, ready to dump."""
    values = item_values(judged)
    items = {item.id: _item(item, repeats, values[item.id]) for item, repeats in by_item(judged)}
    main = [one for one in judged if not one.attempt.is_control]
    return {
        "header": dict(header),
        "counts": {"items": len(items), "attempts": len(judged), **_failures(main)},
        "metrics": metrics_of(values),
        "by_suite": _by(items, "suite"),
        "by_type": _by(items, "type"),
        "faults": _faults(items.values()),
        "latency_s": latency(main),
        "steps_ms": _steps(main),
        "items": items,
    }


def item_values(judged: Sequence[Judged]) -> Values:
    """Return the value of each metric for each item: the mean of its repeats."""
    controls = {one.attempt.item.id: one for one in judged if one.attempt.is_control}
    made: Values = {}
    for item, repeats in by_item(judged):
        values = {
            name: _mean([one.scores[name].value for one in repeats if name in one.scores])
            for name in ABOUT
            if any(name in one.scores for one in repeats)
        }
        passed = _mean([float(one.verdict.passed) for one in repeats])
        values["passed"] = passed
        values |= {name: passed for name, belongs in _KINDS.items() if belongs(item)}
        if item.id in controls:
            was_right = controls[item.id].verdict.passed
            values["noise_drop"] = float(was_right and passed < 1)
        if len(repeats) > 1:
            values["stability"] = float(_same(repeats))
        made[item.id] = values
    return made


def metrics_of(values: Values) -> dict[str, dict[str, float]]:
    """Return every metric over the items it applies to, with n and interval."""
    found = {}
    for name in ABOUT:
        applying = [one[name] for one in values.values() if name in one]
        if applying:
            found[name] = rounded(interval(applying))
    return found


def rounded(found: Interval) -> dict[str, float]:
    """Return an interval as it is written down."""
    return {"n": found.n, **{name: round(value, 4) for name, value in asdict(found).items() if name != "n"}}


def latency(judged: Sequence[Judged]) -> dict[str, float]:
    """Return how long a turn's reply takes, in seconds."""
    seconds = [reply.seconds for one in judged for reply in one.conversation.replies]
    spread = {"p50": percentile(seconds, 0.5), "p95": percentile(seconds, 0.95), "max": max(seconds)}
    return {name: round(value, 4) for name, value in spread.items()}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _same(repeats: Sequence[Judged]) -> bool:
    verdicts = {one.verdict.passed for one in repeats}
    words = {tuple(reply.text for reply in one.conversation.replies) for one in repeats}
    return len(verdicts) == 1 and len(words) == 1


def _item(item: Item, repeats: Sequence[Judged], values: Mapping[str, float]) -> dict[str, Any]:
    fault = next((one.verdict.fault for one in repeats if not one.verdict.passed), None)
    return {
        "suite": item.case.suite,
        "type": item.case.type,
        "digest": item.digest,
        "passed": fault is None,
        "fault": fault,
        "scores": {name: round(value, 4) for name, value in values.items()},
    }


def _failures(judged: Sequence[Judged]) -> dict[str, int]:
    found = Counter(reply.failure for one in judged for reply in one.conversation.replies if reply.failure)
    names = {Failure.ERROR: "errors", Failure.TIMEOUT: "timeouts", Failure.INVALID: "invalid"}
    return {name: found[failure] for failure, name in names.items()}


def _by(items: Mapping[str, Mapping[str, Any]], field: str) -> dict[str, dict[str, float]]:
    grouped: dict[str, list[float]] = {}
    for one in items.values():
        grouped.setdefault(str(one[field]), []).append(float(one["passed"]))
    return {name: rounded(interval(passed)) for name, passed in sorted(grouped.items())}


def _faults(items: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    found = Counter(one["fault"] for one in items if one["fault"])
    return {name: found[name] for name in CLASSES if found[name]}


def _steps(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the mean time of each step of the pipeline, where replies tell it (milliseconds)."""
    told: dict[str, list[float]] = {}
    for one in judged:
        for reply in one.conversation.replies:
            for name, took in reply.raw.get("timings_ms", {}).items():
                told.setdefault(name, []).append(float(took))
    return {name: round(_mean(took), 2) for name, took in told.items() if name != "total"}
