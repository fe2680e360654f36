"""From the scores of an attempt to a verdict: right or wrong, and of what class the fault is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.cases import Expect
from evals.exam import Exam, Score
from evals.metrics.catalogue import ABOUT, SUBJECTS
from evals.metrics.outcomes import REFUSALS, outcome_of
from evals.replies import Failure
from evals.respondents.respondent import Conversation
from evals.suite_files import Gold, Item

CLASSES = (
    "超时",
    "出错",
    "应拒未拒",
    "误拒",
    "追问不当",
    "检索未命中",
    "数额不对",
    "命中未引用",
    "引用不符",
    "说法不符",
    "前轮有误",
)
_SUMS = ("numbers", "wrong_number", "bounds", "calculation")
_WORDS = ("wording", "validity", "premise")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`fault` is one of `CLASSES`, None where all is right; `why` says what was wrong, for people."""

    passed: bool
    fault: str | None
    why: tuple[str, ...]


def exams(item: Item, conversation: Conversation, texts: Mapping[str, str]) -> tuple[Exam, ...]:
    """Return what is to be judged: the last turn, and before it each turn with an expectation, in order."""
    made: list[Exam] = []
    said = ""
    turns = list(zip(item.case.turns, item.gold, conversation.replies, strict=True))
    for number, (turn, gold, reply) in enumerate(turns, 1):
        said = f"{said}\n{reply.question}"
        is_last = number == len(turns)
        expect = item.case.expect if is_last else turn.expect
        if expect is not None:
            made.append(_exam(item, expect, gold, conversation, number - 1, said, texts, is_last))
    return tuple(made)


def _exam(
    item: Item,
    expect: Expect,
    gold: Gold,
    conversation: Conversation,
    turn: int,
    said: str,
    texts: Mapping[str, str],
    is_last: bool,
) -> Exam:
    found = conversation.retrieved if is_last else None
    retrieved = None if found is None else tuple(name for name, _ in found)
    return Exam(item.case, expect, gold, conversation.replies[turn], said, texts, retrieved)


def scores_of(exam: Exam, subject: str) -> tuple[Score, ...]:
    """Return the scores of one subject; a number that is none counts as the worst there is."""
    found = [score for metric in SUBJECTS[subject] for score in metric(exam)]
    return tuple(
        score if math.isfinite(score.value) else Score(score.metric, ABOUT[score.metric].worst, "得分不是数")
        for score in found
    )


def all_scores(exam: Exam) -> dict[str, Score]:
    """Return every score of a turn, by metric."""
    return {score.metric: score for subject in SUBJECTS for score in scores_of(exam, subject)}


def earlier(judged: Sequence[Exam]) -> Score | None:
    """Return whether the turns before the last are right; None where none of them is judged."""
    verdicts = [verdict_of(exam, all_scores(exam)) for exam in judged[:-1]]
    if not verdicts:
        return None
    why = "；".join(f"第 {n} 轮：{'；'.join(one.why)}" for n, one in enumerate(verdicts, 1) if not one.passed)
    return Score("earlier_turns", sum(one.passed for one in verdicts) / len(verdicts), why)


def verdict_of(exam: Exam, scores: Mapping[str, Score]) -> Verdict:
    """Return the verdict on an item from the scores of its last turn."""
    if exam.reply.failure:
        fault = "超时" if exam.reply.failure is Failure.TIMEOUT else "出错"
        return Verdict(False, fault, (exam.reply.failure_note,))
    wrong = [one for name, one in scores.items() if ABOUT[name].decides and one.value != ABOUT[name].perfect]
    if not wrong:
        return Verdict(True, None, ())
    why = tuple(f"{ABOUT[one.metric].label}：{one.reason}" for one in wrong)
    return Verdict(False, _fault(exam, {one.metric for one in wrong}), why)


def _fault(exam: Exam, wrong: Iterable[str]) -> str:
    names = set(wrong)
    if "status" in names:
        got = outcome_of(exam.reply, exam.expect.status)
        if exam.expect.status in REFUSALS:
            return "应拒未拒" if got not in REFUSALS else "说法不符"
        return "误拒" if got in REFUSALS else "追问不当"
    if "asks" in names:
        return "追问不当"
    cited = {one.clause for one in exam.reply.citations}
    right = set(exam.gold.clauses)
    is_lost = exam.retrieved is not None and bool(right) and not right & ({*exam.retrieved} | cited)
    if is_lost and names & {"citation_recall", *_SUMS, *_WORDS}:
        return "检索未命中"
    if names & {*_SUMS}:
        return "数额不对"
    if "citation_validity" in names:
        return "引用不符"
    if "citation_recall" in names:
        return "引用不符" if right & cited else "命中未引用"
    return "前轮有误" if names == {"earlier_turns"} else "说法不符"
