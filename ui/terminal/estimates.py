"""An estimate on a terminal: the sum, how it was worked out, its conditions, and the combined total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.answer_json import cites
from assistant.conversation import (
    Citation,
    ConditionResult,
    ConditionState,
    Estimate,
    EstimateStatus,
    Total,
)
from ui.terminal.style import Style
from ui.terminal.width import padded, wrapped
from ui.words import (
    AI_NOTICE,
    CONDITION_MARKS,
    ESTIMATE_LABELS,
    UNREVIEWED_DRAFT_TOTAL,
    UNREVIEWED_TOTAL,
    amount_words,
    marks_of,
    status_label,
    titled,
)


def estimate_lines(
    estimate: Estimate, sources: Sequence[Citation], width: int, style: Style
) -> Iterator[str]:
    """Give the lines of one estimate."""
    head = f"{estimate.name}：{result_words(estimate)} [{ESTIMATE_LABELS[estimate.status]}]"
    yield from (_by_status(estimate.status, line, style) for line in wrapped(head, width, "  ", "    "))
    if estimate.explanation:
        yield from wrapped(estimate.explanation, width, "    ")
    for step in estimate.steps:
        yield from wrapped(f"{step.text}{marks_of(cites(step.spans, sources))}", width, "    = ")
    for condition in estimate.conditions:
        yield from _condition_lines(condition, sources, width, style)
    for hint in estimate.hints:
        yield from wrapped(hint, width, "    · ")


def source_lines(sources: Sequence[Citation], width: int, style: Style) -> Iterator[str]:
    """Give the sources by document: title and status, then number, clause and the words themselves."""
    if not sources:
        return
    yield ""
    yield style.head("依据")
    for document in dict.fromkeys(source.document for source in sources):
        cited = [source for source in sources if source.document == document]
        yield from wrapped(f"{titled(cited[0].title)} [{status_label(cited[0].status)}]", width, "  ", "  ")
        for source in cited:
            mark = padded(f"〔{source.n}〕", 6)
            yield from wrapped(f"{source.label}「{source.span.quote}」", width, f"  {mark}", " " * 8)


def listed(title: str, items: Sequence[str], mark: str, width: int, style: Style) -> Iterator[str]:
    """Give a titled list, nothing where there is nothing to list."""
    if not items:
        return
    yield ""
    yield style.head(title)
    for item in items:
        yield from wrapped(item, width, f"  {mark}")


def closing_lines(as_of: date, width: int, style: Style) -> Iterator[str]:
    """Give the last line: as of which day, and what the words are worth."""
    yield ""
    notice = f"测算日 {as_of.isoformat()} · {AI_NOTICE}，以主管部门核定为准"
    yield from (style.faint(line) for line in wrapped(notice, width))


def total_lines(total: Total, names: Mapping[str, str], width: int, style: Style) -> Iterator[str]:
    """Give the lines of the combined sums and of what was left out of them."""
    if total.in_force is not None:
        line = f"合计（现行政策）：{amount_words(total.in_force)}"
        yield from (style.head(part) for part in wrapped(line, width, "  ", "    "))
    if total.draft is not None:
        line = f"草案合计（未施行，不计入现行合计）：{amount_words(total.draft)}"
        yield from (style.head(part) for part in wrapped(line, width, "  ", "    "))
    for label, amount in (
        (UNREVIEWED_TOTAL, total.unreviewed),
        (UNREVIEWED_DRAFT_TOTAL, total.unreviewed_draft),
    ):
        if amount is not None:
            line = f"{label}：{amount_words(amount)}"
            yield from (style.warn(part) for part in wrapped(line, width, "  ", "    "))
    for dropped in total.dropped:
        name = names.get(dropped.measure, dropped.measure)
        yield from wrapped(f"未计入 {name}：{dropped.reason}", width, "  － ")


def result_words(estimate: Estimate) -> str:
    """Say what an estimate came to: the sum, an upper bound, or the range the facts allow."""
    if estimate.amount is not None:
        return ("最高 " if estimate.is_upper_bound else "") + amount_words(estimate.amount)
    if estimate.range is not None:
        low, high = estimate.range
        if high is not None:
            return f"{amount_words(low)} 至 {amount_words(high)}"
        return f"至少 {amount_words(low)}" if low else "视实际数额而定"
    return "暂无金额"


def _condition_lines(
    condition: ConditionResult, sources: Sequence[Citation], width: int, style: Style
) -> Iterator[str]:
    gap = f"（{condition.gap}）" if condition.gap else ""
    text = f"{condition.text}{gap}{marks_of(cites((condition.span,), sources))}"
    paint = {
        ConditionState.MET: style.good,
        ConditionState.UNMET: style.bad,
        ConditionState.UNKNOWN: style.warn,
    }[condition.state]
    yield from (
        paint(line) for line in wrapped(text, width, f"    {CONDITION_MARKS[condition.state]} ", "      ")
    )


def _by_status(status: EstimateStatus, line: str, style: Style) -> str:
    return style.good(line) if status is EstimateStatus.PAYABLE else style.warn(line)
