"""Deciding whether the corpus answers a question: fitted on one set, reported on others.

python -m evals.calibration               report every set: the weights in force beside plain thresholds
python -m evals.calibration --write       fit on the tuning set, write `answerable.yaml` and `limits.yaml`
python -m evals.calibration --why 问题     show what spoke for and against answering one question
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.bootstrap import build_context, load
from assistant.conversation import Question
from assistant.steps.retrieve import retrieve
from assistant.steps.route import LEAST, foreign_matters, foreign_places, is_decided, naming, strength
from assistant.steps.routing.answerable import features_of, judge, load_weights
from assistant.steps.routing.aspects import load_aspects
from assistant.steps.routing.limits import LIMITS, Limits, Naming, limit_for
from assistant.steps.routing.situations import Likeness
from assistant.steps.state import AnswerContext, State
from assistant.steps.understand import understand
from corpus.store import load_corpus
from evals.fitting import held_out, write_weights
from evals.understanding.records import is_held_out, load_questions

SUITES = Path(__file__).with_name("suites")
AS_OF = date(2026, 11, 22)
_PARTS = {
    "-story-": "told as a story",
    "-wide-": "everyday words",
    "-voice-": "a company's voice",
    "-blind-": "written blind",
    "-voices-": "people of many trades",
}
_MATTERS = ("matter", "facet", "chat")
_LATER = tuple(mark for mark in _PARTS if mark != "-blind-")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and whether the corpus answers it."""

    id: str
    question: str
    is_answerable: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with what routing sees of it; `decided` settles it without weighing."""

    case: Case
    strength: float
    naming: Naming
    decided: bool | None
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Errors:
    """Answerable questions refused, and unanswerable ones let through."""

    false_refusals: tuple[str, ...]
    false_answers: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many questions were routed wrongly."""
        return len(self.false_refusals) + len(self.false_answers)


Passes = Callable[[Scored], bool]


def load_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a JSONL file."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return tuple(Case(row["id"], row["question"], row["is_answerable"]) for row in rows)


def cases_of(half: str) -> tuple[Case, ...]:
    """Return every case of a half: `tune` or `test`."""
    written = (case for path in sorted(SUITES.glob(f"coverage-*{half}.jsonl")) for case in load_cases(path))
    cases = (*written, *labelled(is_test=half == "test"))
    if half == "test":
        return cases
    kept_back = {case.question for case in cases_of("test")}
    return tuple(case for case in cases if case.question not in kept_back)


def labelled(*, is_test: bool) -> Iterator[Case]:
    """Yield the labelled questions on the package's documents, those held out for test or the others.

    Places, attacks and vague questions are left out: other steps settle them.
    """
    known = {document.slug for document in load_corpus().documents}
    for one in load_questions():
        is_ours = one.document in known or (one.document is None and one.answerable == "no")
        is_matter = one.answerable != "no" or one.why in _MATTERS
        if is_ours and is_matter and is_held_out(one) == is_test:
            yield Case(one.id, one.question, one.answerable != "no")


def seen(question: str, context: AnswerContext) -> State:
    """Return a question as routing sees it."""
    return retrieve(understand(State(context, Question(question, AS_OF), AS_OF)))


def score(case: Case, context: AnswerContext) -> Scored:
    """Return what routing sees of a case."""
    state = seen(case.question, context)
    decided = False if foreign_places(state) or foreign_matters(state) else is_decided(state)
    held = strength(state)
    return Scored(case, held, naming(state), decided, features_of(state, held))


def by_limits(limits: Limits) -> Passes:
    """Return the decision by thresholds alone."""
    return lambda one: one.strength >= limit_for(one.naming, limits)


def by_weights(one: Scored) -> bool:
    """Decide by the weights in force, as routing does."""
    return judge(one.features, load_weights().for_features(one.features)).chance >= LEAST


def errors_of(scored: Iterable[Scored], passes: Passes) -> Errors:
    """Return what goes wrong by some decision.

    >>> case = Case("a", "天气", False)
    >>> limits = Limits(unnamed=0.5, by_document=0.4, by_term=0.2)
    >>> errors_of([Scored(case, 0.3, Naming.UNNAMED, None)], by_limits(limits)).count
    0
    """
    refused, answered = [], []
    for one in scored:
        does_pass = one.decided if one.decided is not None else passes(one)
        if one.case.is_answerable and not does_pass:
            refused.append(one.case.question)
        if not one.case.is_answerable and does_pass:
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
        errors_of(scored, by_limits(Limits(unnamed=value, by_document=value, by_term=value))).count
        for value in grid
    ]
    best = [value for value, count in zip(grid, counts, strict=True) if count == min(counts)]
    return best[len(best) // 2]


def report(name: str, scored: Sequence[Scored], passes: Passes, lists: bool = False) -> str:
    """Return the report on one set: a line with both kinds of error, and the questions where asked for."""
    errors = errors_of(scored, passes)
    answerable = sum(one.case.is_answerable for one in scored)
    line = (
        f"{name:44} {_share('false refusals', len(errors.false_refusals), answerable)}   "
        f"{_share('false answers', len(errors.false_answers), len(scored) - answerable)}"
    )
    told = [
        f"  refused: {'；'.join(errors.false_refusals)}",
        f"  answered: {'；'.join(errors.false_answers)}",
    ]
    return "\n".join((line, *(told if lists else ())))


def _share(name: str, count: int, among: int) -> str:
    return f"{name} {count}/{among} = {count / among if among else 0:.3f}"


def write_limits(limits: Limits, path: Path = LIMITS) -> None:
    """Write the thresholds, keeping the file's comment."""
    comment = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    values = [f"{name}: {value:.2f}" for name, value in limits.model_dump().items()]
    path.write_text("\n".join((*comment, *values, "")), "utf-8")


def why(question: str, context: AnswerContext) -> str:
    """Return what spoke for and against answering a question, the weightiest first."""
    state = seen(question, context)
    places, decided = (*foreign_places(state), *foreign_matters(state)), is_decided(state)
    features = features_of(state, strength(state))
    judgement = judge(features, load_weights().for_features(features))
    parts = sorted(judgement.parts, key=lambda part: -abs(part[1]))
    sides = [f"{one.name}（{one.heard_in(state.reading.text)}）" for one in load_aspects().foreign]
    heard = [side for side in sides if not side.endswith("（）")]
    lines = [
        f"words of the subject: {state.reading.content}",
        f"other places or matters: {'、'.join(places) or 'none'}; certain without weighing: {decided}",
        f"sides asked for that policies rarely state: {'、'.join(heard) or 'none'}",
        f"best passage: {state.evidence[0].clause.id if state.evidence else 'none'}",
        *(f"sounds like: {one.about} {one.score:.1f} {'、'.join(one.phrases)}" for one in _heard(state)),
        *(f"  {name:12} {features.get(name, 1.0):5.2f}  adds {value:+.2f}" for name, value in parts),
        f"chance that the corpus answers it: {judgement.chance:.2f} (answered from {LEAST:.2f})",
    ]
    return "\n".join(lines)


def _heard(state: State) -> tuple[Likeness, ...]:
    """Return the clauses a question sounds like most, and the office."""
    return (*state.heard.told[:2], *state.heard.offices[:1])


def _parts_of(name: str, scored: Sequence[Scored]) -> list[tuple[str, Sequence[Scored]]]:
    """Return a set as a whole and each part of it that was written in one go."""
    old = [one for one in scored if not any(mark in one.case.id for mark in _LATER)]
    parts = [(name, scored), (f"  {name}: the older questions", old)]
    for mark, words in _PARTS.items():
        part = [one for one in scored if mark in one.case.id]
        parts += [(f"  {name}: {words}", part)] if part else []
    return parts


def _fit(tune: Sequence[Scored]) -> None:
    weighed = [one for one in tune if one.decided is None]
    rows, right = [one.features for one in weighed], [one.case.is_answerable for one in weighed]
    write_weights(rows, right)
    load_weights.cache_clear()
    write_limits(choose(tune))


def _cross_validated(tune: Sequence[Scored]) -> Passes:
    rows = [one.features for one in tune]
    right = [one.case.is_answerable for one in tune]
    chances = held_out(rows, right, [one.decided is None for one in tune])
    by_id = {one.case.id: chance for one, chance in zip(tune, chances, strict=True)}
    return lambda one: by_id[one.case.id] >= LEAST


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="fit on the tuning set and keep the result")
    parser.add_argument("--list", action="store_true", help="list the questions that go wrong")
    parser.add_argument("--why", metavar="QUESTION", help="explain the decision on one question")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    application = load()
    context = build_context(application.corpus, application.index)
    if options.why:
        log.info("%s", why(options.why, context))
        return 0
    tune, test = ([score(case, context) for case in cases_of(half)] for half in ("tune", "test"))
    if options.write:
        _fit(tune)
    _tell(tune, test, options.list)
    return 0


def _tell(tune: Sequence[Scored], test: Sequence[Scored], lists: bool) -> None:
    sides = (
        ("tune, cross-validated", tune, _cross_validated(tune)),
        ("test", test, by_weights),
    )
    log.info("by weights (answerable.yaml)")
    for name, scored, passes in sides:
        for part, some in _parts_of(name, scored):
            log.info("%s", report(part, some, passes, lists and part == name))
    limits = choose(tune)
    log.info("by thresholds alone, chosen on tune: %s", limits.model_dump())
    for name, scored in (("tune", tune), ("test", test)):
        for part, some in _parts_of(name, scored):
            log.info("%s", report(part, some, by_limits(limits)))


if __name__ == "__main__":
    raise SystemExit(main())
