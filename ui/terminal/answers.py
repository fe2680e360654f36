"""An answer as a person reads it on a terminal: conclusion, sums, conditions, what is missing, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.conversation import Answer, Estimate, Outcome
from ui.telling import lines_beside_sums, open_questions, sums_beside_text, warnings_beside_text
from ui.terminal.estimates import closing_lines, estimate_lines, listed, source_lines, total_lines
from ui.terminal.style import Style
from ui.terminal.width import wrapped
from ui.words import OUTCOME_LABELS

UNTOLD_OUTCOMES = (Outcome.ANSWERED,)


def answer_lines(answer: Answer, width: int, style: Style) -> Iterator[str]:
    """Give the lines of an answer, none wider than `width` columns."""
    if answer.outcome not in UNTOLD_OUTCOMES:
        yield style.warn(f"【{OUTCOME_LABELS[answer.outcome]}】")
    for line in lines_beside_sums(answer):
        yield from wrapped(line, width, rest="  " if line.startswith("- ") else "")
    yield from _estimates(answer, width, style)
    yield from listed("还需要知道", [fact.question for fact in open_questions(answer)], "？ ", width, style)
    yield from listed("请注意", warnings_beside_text(answer), "！ ", width, style)
    yield from source_lines(answer.citations, width, style)
    yield from listed("可以接着问", answer.suggestions, "· ", width, style)
    yield from closing_lines(answer.as_of, width, style)


def _estimates(answer: Answer, width: int, style: Style) -> Iterator[str]:
    if not answer.estimates:
        return
    yield ""
    yield style.head("测算")
    for estimate in sums_beside_text(answer):
        yield from estimate_lines(estimate, answer.citations, width, style)
    yield from total_lines(answer.total, _names(answer.estimates), width, style)


def _names(estimates: Iterable[Estimate]) -> dict[str, str]:
    return {estimate.measure: estimate.name for estimate in estimates}
