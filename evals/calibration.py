"""Choosing the coverage below which a question is not covered: on one set, reported on another.

python -m evals.calibration            report both sets at the thresholds in force
python -m evals.calibration --write    choose on the tuning set and write `limits.yaml`
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.bootstrap import build_desk, load
from assistant.conversation import Question
from assistant.steps.limits import LIMITS, Limits, Naming, limit_for
from assistant.steps.retrieve import retrieve
from assistant.steps.route import foreign_places, is_decided, naming, strength
from assistant.steps.state import Desk, State
from assistant.steps.understand import understand

SUITES = Path(__file__).with_name("suites")
AS_OF = date(2026, 11, 22)
_BLIND = "-blind-"  # in the id of a test question written and committed before any was run
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and whether the corpus answers it."""

    id: str
    question: str
    is_answerable: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with what routing sees of it; `decided` settles it without a threshold."""

    case: Case
    strength: float
    naming: Naming
    decided: bool | None


@dataclass(frozen=True, slots=True)
class Errors:
    """Answerable questions refused, and unanswerable ones let through."""

    false_refusals: tuple[str, ...]
    false_answers: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many questions were routed wrongly."""
        return len(self.false_refusals) + len(self.false_answers)


def load_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a JSONL file."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return tuple(Case(row["id"], row["question"], row["is_answerable"]) for row in rows)


def score(case: Case, desk: Desk) -> Scored:
    """Return what routing sees of a question."""
    state = retrieve(understand(State(desk, Question(case.question, AS_OF), AS_OF)))
    decided = False if foreign_places(state) else is_decided(state)
    return Scored(case, strength(state), naming(state), decided)


def errors_at(scored: Iterable[Scored], limits: Limits) -> Errors:
    """Return what goes wrong at some thresholds.

    >>> case = Case("a", "天气", False)
    >>> limits = Limits(unnamed=0.5, by_document=0.4, by_term=0.2)
    >>> errors_at([Scored(case, 0.3, Naming.UNNAMED, None)], limits).count
    0
    """
    refused, answered = [], []
    for one in scored:
        passes = one.decided if one.decided is not None else one.strength >= limit_for(one.naming, limits)
        if one.case.is_answerable and not passes:
            refused.append(one.case.question)
        if not one.case.is_answerable and passes:
            answered.append(one.case.question)
    return Errors(tuple(refused), tuple(answered))


def choose(scored: Sequence[Scored]) -> Limits:
    """Return the thresholds with the fewest errors, each in the middle of its best stretch of values."""
    return Limits(
        **{naming.value: _best([one for one in scored if one.naming is naming]) for naming in Naming}
    )


def _best(scored: Sequence[Scored]) -> float:
    grid = [step / 100 for step in range(5, 96)]
    counts = [
        errors_at(scored, Limits(unnamed=value, by_document=value, by_term=value)).count for value in grid
    ]
    best = [value for value, count in zip(grid, counts, strict=True) if count == min(counts)]
    return best[len(best) // 2]


def report(name: str, scored: Sequence[Scored], limits: Limits) -> str:
    """Return the report on one set."""
    errors = errors_at(scored, limits)
    answerable = sum(one.case.is_answerable for one in scored)
    lines = [
        f"{name}: {len(scored)} questions, thresholds {limits.model_dump()}",
        f"  false refusals {len(errors.false_refusals)}/{answerable}: {'；'.join(errors.false_refusals)}",
        f"  false answers {len(errors.false_answers)}/{len(scored) - answerable}: "
        f"{'；'.join(errors.false_answers)}",
    ]
    return "\n".join(lines)


def write_limits(limits: Limits, path: Path = LIMITS) -> None:
    """Write the thresholds, keeping the file's comment."""
    comment = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    values = [f"{name}: {value:.2f}" for name, value in limits.model_dump().items()]
    path.write_text("\n".join((*comment, *values, "")), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="choose on the tuning set and keep the result")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    application = load()
    desk = build_desk(application.corpus, application.index)
    tune = [score(case, desk) for case in load_cases(SUITES / "coverage-tune.jsonl")]
    test = [score(case, desk) for case in load_cases(SUITES / "coverage-test.jsonl")]
    limits = desk.limits
    if options.write:
        limits = choose(tune)
        write_limits(limits)
    blind = [one for one in test if _BLIND in one.case.id]
    parts = (("tune", tune), ("test", test), ("of the test, written blind", blind))
    log.info("%s", "\n".join(report(name, scored, limits) for name, scored in parts))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
