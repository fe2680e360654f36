"""What `estimate` and `match` show: the sums standing alone, with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer_json import cites
from assistant.calculation import Matched, Worked
from assistant.conversation import Citation, Estimate, EstimateStatus
from corpus.model.review import UNREVIEWED_MARK, ReviewState
from ui.terminal.estimates import (
    closing_lines,
    estimate_lines,
    listed,
    result_words,
    source_lines,
    total_lines,
)
from ui.terminal.style import Style
from ui.terminal.width import wrapped
from ui.words import ESTIMATE_LABELS

_OPEN = {EstimateStatus.PAYABLE, EstimateStatus.DRAFT, EstimateStatus.NEEDS_INPUT}


def estimate_page(worked: Worked, width: int, style: Style) -> Iterator[str]:
    """Give one estimate with what it still asks and its sources."""
    yield from estimate_lines(worked.estimate, worked.sources, width, style)
    yield from listed("还需要知道", _asked_of([worked.estimate]), "？ ", width, style)
    yield from source_lines(worked.sources, width, style)
    yield from closing_lines(worked.as_of, width, style)


def match_page(matched: Matched, width: int, style: Style) -> Iterator[str]:
    """Give the measures the facts point at in full, the combined sums, then the others by name."""
    counted = [one for one in matched.estimates if one.measure in matched.counted]
    others = [one for one in matched.estimates if one.measure not in matched.counted]
    if not counted:
        yield from wrapped("所给情况还不能对应到具体措施。可补充的信息及其名称见 measures 命令。", width)
    for estimate in counted:
        yield from estimate_lines(estimate, matched.sources, width, style)
    yield from total_lines(matched.total, {one.measure: one.name for one in matched.estimates}, width, style)
    yield from listed("请注意", list(dict.fromkeys(matched.warnings)), "！ ", width, style)
    yield from listed("还需要知道", _asked_of(counted), "？ ", width, style)
    yield from _others("还可能适用，条件待确认", [one for one in others if one.status in _OPEN], width, style)
    yield from _others("目前不适用", [one for one in others if one.status not in _OPEN], width, style)
    yield from source_lines(_sources_of(counted, matched.sources), width, style)
    yield from closing_lines(matched.as_of, width, style)


def _others(title: str, estimates: Sequence[Estimate], width: int, style: Style) -> Iterator[str]:
    lines = [f"{one.name}：{result_words(one)}{_label(one)}{_mark(one)}" for one in estimates]
    yield from listed(f"{title}（{len(lines)} 项）", lines, "· ", width, style)


def _label(estimate: Estimate) -> str:
    """Return the status where it is not plain from the heading."""
    is_plain = estimate.status in {EstimateStatus.PAYABLE, EstimateStatus.NEEDS_INPUT}
    return "" if is_plain else f" [{ESTIMATE_LABELS[estimate.status]}]"


def _mark(estimate: Estimate) -> str:
    return "" if estimate.state is ReviewState.CONFIRMED else f"（{UNREVIEWED_MARK}）"


def _sources_of(estimates: Sequence[Estimate], sources: Sequence[Citation]) -> list[Citation]:
    spans = [span for one in estimates for step in one.steps for span in step.spans]
    spans += [condition.span for one in estimates for condition in one.conditions]
    shown = cites(spans, sources)
    return [source for source in sources if source.n in shown]


def _asked_of(estimates: Sequence[Estimate]) -> list[str]:
    """Return what the estimates still ask, in the words to type: each fact once."""
    facts = {fact.fact: fact for estimate in estimates for fact in estimate.missing}
    return [f"{fact.question}（{fact.fact}=…）" for fact in facts.values()]
