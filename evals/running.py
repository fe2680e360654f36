"""Running suites with pydantic-evals: its data set, cases, evaluators and report; our shapes around them.

The task never raises: a crash or a timeout is a reply that says so, for what raises would leave the
framework's averages. An evaluator that raises breaks the run.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext

from corpus.store import Corpus
from evals.cases import CorpusChange
from evals.changed_text import changed_library
from evals.exam import Exam, Score
from evals.metrics.catalogue import SUBJECTS
from evals.respondents.respondent import Conversation, Respondent
from evals.suite_files import Item
from evals.transcripts import Attempt, Transcripts
from evals.verdict import Verdict, earlier, exams, scores_of, verdict_of


class BrokenRunError(RuntimeError):
    """Raised when a run cannot give a result: an evaluator failed, or attempts are missing."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One attempt with its scores and its verdict."""

    attempt: Attempt
    conversation: Conversation
    scores: Mapping[str, Score]
    verdict: Verdict


@dataclass(frozen=True)
class Plan:
    """How a run goes: how often each item is asked, how many at once, in which order."""

    repeats: int = 1
    concurrency: int = 1
    seed: int = 0


@dataclass
class Library:
    """The clauses an attempt's reply is held against, by id; a changed corpus has its own."""

    corpus: Corpus
    _kept: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def texts(self, change: CorpusChange) -> Mapping[str, str]:
        """Return clause texts by clause id."""
        key = change.model_dump_json()
        if key not in self._kept:
            clauses = changed_library(self.corpus, change).clauses
            self._kept[key] = {clause.id: clause.text for clause in clauses}
        return self._kept[key]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the task gives the framework: what was replied, and what is to be judged of it."""

    conversation: Conversation
    exams: tuple[Exam, ...]


@dataclass
class Judge(Evaluator[Attempt, Answered, Any]):
    """One subject of metrics as an evaluator; no corpus in it: the framework writes its fields down."""

    subject: str

    def evaluate(self, ctx: EvaluatorContext[Attempt, Answered, Any]) -> dict[str, EvaluationReason]:
        """Score the last turn by this subject."""
        return {one.metric: EvaluationReason(one.value, one.reason) for one in self._scores(ctx.output.exams)}

    def _scores(self, judged: Sequence[Exam]) -> Iterable[Score]:
        if self.subject != "earlier":
            return scores_of(judged[-1], self.subject)
        found = earlier(judged)
        return [found] if found else []


def change_for(attempt: Attempt) -> CorpusChange:
    """Return the corpus an attempt is asked on: the item's, or for a control the same without noise."""
    change = attempt.item.case.corpus
    return change.model_copy(update={"noise": ()}) if attempt.is_control else change


def examined(attempt: Attempt, conversation: Conversation, library: Library) -> tuple[Exam, ...]:
    """Return what is to be judged of an attempt."""
    return exams(attempt.item, conversation, library.texts(change_for(attempt)))


def attempts_of(items: Sequence[Item], plan: Plan, with_controls: bool = True) -> list[Attempt]:
    """Return every asking of a run: repeats, and a control beside each item with noise.

    A seed other than 0 shuffles; items on one changed corpus stay together.
    """
    ordered = list(items)
    if plan.seed:
        random.Random(plan.seed).shuffle(ordered)
    ordered.sort(key=lambda item: "" if item.case.corpus.is_none else item.case.corpus.model_dump_json())
    made = [Attempt(item, repeat) for repeat in range(1, plan.repeats + 1) for item in ordered]
    if with_controls:
        made += [Attempt(item, is_control=True) for item in ordered if is_controlled(item)]
    return made


def is_controlled(item: Item) -> bool:
    """Tell whether an item is also asked without its noise: one that has an answer there."""
    return bool(item.case.corpus.noise) and not item.case.corpus.include


def run(
    attempts: Sequence[Attempt],
    respondent: Respondent,
    transcripts: Transcripts,
    corpus: Corpus,
    plan: Plan,
    on_done: Callable[[], object] = lambda: None,
) -> tuple[Judged, ...]:
    """Ask and judge every attempt; what the transcripts hold is not asked again.

    Raises:
        BrokenRunError: an evaluator failed, or an attempt has no result.
    """
    library = Library(corpus)

    def ask(attempt: Attempt) -> Answered:
        known = transcripts.find(attempt)
        if known is None:
            known = respondent.converse(attempt.item, change_for(attempt), plan.seed + attempt.repeat - 1)
            transcripts.add(attempt, known)
        on_done()
        return Answered(known, examined(attempt, known, library))

    cases = [Case(name=attempt.key, inputs=attempt) for attempt in attempts]
    judges = [Judge(subject) for subject in (*SUBJECTS, "earlier")]
    dataset: Dataset[Attempt, Answered, Any] = Dataset(name="policy", cases=cases, evaluators=judges)
    report = dataset.evaluate_sync(ask, max_concurrency=plan.concurrency, progress=False)
    if report.failures:
        raise BrokenRunError(f"{report.failures[0].name}：{report.failures[0].error_message}")
    judged = tuple(_judged(found) for found in report.cases)
    if len(judged) != len(attempts):
        raise BrokenRunError(f"应有 {len(attempts)} 个结果，只有 {len(judged)} 个")
    order = {attempt.key: place for place, attempt in enumerate(attempts)}
    return tuple(sorted(judged, key=lambda one: order[one.attempt.key]))


def _judged(found: Any) -> Judged:
    if found.evaluator_failures:
        failure = found.evaluator_failures[0]
        raise BrokenRunError(f"{found.name} 的评分 {failure.name} 出错：{failure.error_message}")
    scores = {name: Score(name, float(one.value), one.reason or "") for name, one in found.scores.items()}
    answered: Answered = found.output
    return Judged(found.inputs, answered.conversation, scores, verdict_of(answered.exams[-1], scores))


def by_item(judged: Iterable[Judged]) -> Iterator[tuple[Item, list[Judged]]]:
    """Give each item with its repeats, controls left out, in the order of asking."""
    grouped: dict[str, list[Judged]] = {}
    for one in judged:
        if not one.attempt.is_control:
            grouped.setdefault(one.attempt.item.id, []).append(one)
    for repeats in grouped.values():
        yield repeats[0].attempt.item, repeats
