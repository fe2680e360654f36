"""An answer says everything in its text; a face that shows sums on their own need not say them twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation import Answer, ConditionState, Estimate, MissingFact

_MARK = re.compile(r"〔\d+〕")


def lines_beside_sums(answer: Answer) -> tuple[str, ...]:
    """Return the lines of the text that the sums, shown on their own, do not repeat.

    A line is repeated when it holds a worked step or hint of an estimate, or all its conditions of one state.
    The first line, the conclusion, always stays.
    """
    lines = [line.strip() for line in answer.text.split("\n") if line.strip()]
    told = [group for estimate in answer.estimates for group in _told_by(estimate)]
    return tuple(lines[:1]) + tuple(line for line in lines[1:] if not _is_told(line, told))


def open_questions(answer: Answer) -> tuple[MissingFact, ...]:
    """Return the missing facts the text does not already ask for."""
    return tuple(fact for fact in answer.missing if fact.question not in answer.text)


def _told_by(estimate: Estimate) -> Iterator[tuple[str, ...]]:
    yield from ((step.text,) for step in estimate.steps)
    yield from ((hint,) for hint in estimate.hints)
    for state in ConditionState:
        texts = tuple(one.text for one in estimate.conditions if one.state is state)
        if texts:
            yield texts


def _is_told(line: str, told: list[tuple[str, ...]]) -> bool:
    words = _MARK.sub("", line)
    return any(all(text in words for text in group) for group in told)
