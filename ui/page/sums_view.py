"""Estimates and their total as HTML: what each tab shows of a sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer_json import cites
from assistant.conversation import (
    Citation,
    ConditionResult,
    ConditionState,
    Estimate,
    EstimateStatus,
    Total,
)
from ui.page.html import badge, cite_links, element, escaped, listed
from ui.terminal.estimates import result_words
from ui.words import (
    CONDITION_LABELS,
    CONDITION_MARKS,
    ESTIMATE_LABELS,
    UNREVIEWED_DRAFT_TOTAL,
    UNREVIEWED_TOTAL,
    amount_words,
)

_TONES = {
    EstimateStatus.PAYABLE: "good",
    EstimateStatus.DRAFT: "draft",
    EstimateStatus.NEEDS_INPUT: "ask",
    EstimateStatus.NOT_ELIGIBLE: "off",
    EstimateStatus.NOT_IN_FORCE: "off",
    EstimateStatus.NOT_QUANTIFIED: "off",
}
_STATES = {
    ConditionState.MET: "met",
    ConditionState.UNMET: "unmet",
    ConditionState.UNKNOWN: "unknown",
}


def tone(status: EstimateStatus) -> str:
    """Return the colour's name for what became of an estimate."""
    return _TONES[status]


def estimate_view(estimate: Estimate, sources: Sequence[Citation], turn: int | str) -> str:
    """Return one estimate as a card: name, status, amount, worked lines, conditions."""
    head = element("span", escaped(estimate.name), "pa-sum-name")
    head += badge(ESTIMATE_LABELS[estimate.status], _TONES[estimate.status])
    body = [element("div", head, "pa-sum-head"), _amount(estimate)]
    if estimate.explanation:
        body.append(element("p", escaped(estimate.explanation), "pa-explanation"))
    body.append(
        listed(
            "ol", "pa-steps", (_step(step.text, cites(step.spans, sources), turn) for step in estimate.steps)
        )
    )
    body.append(
        listed("ul", "pa-conditions", (_condition(each, sources, turn) for each in estimate.conditions))
    )
    body.append(listed("ul", "pa-hints", (element("li", escaped(hint)) for hint in estimate.hints)))
    return element("section", "".join(body), f"pa-sum pa-{_TONES[estimate.status]}")


def _amount(estimate: Estimate) -> str:
    if estimate.amount is None and estimate.range is None:
        return ""
    words = result_words(estimate)
    note = "上限，以主管部门核定为准" if estimate.is_upper_bound else "以主管部门核定为准"
    return element("div", element("strong", escaped(words)) + element("small", note), "pa-amount")


def _step(text: str, numbers: Sequence[int], turn: int | str) -> str:
    return element("li", escaped(text) + cite_links(numbers, turn))


def _condition(condition: ConditionResult, sources: Sequence[Citation], turn: int | str) -> str:
    mark = element(
        "span", CONDITION_MARKS[condition.state], "pa-mark", title=CONDITION_LABELS[condition.state]
    )
    mark += element("span", f"{CONDITION_LABELS[condition.state]}：", "pa-sr")
    gap = element("em", escaped(condition.gap)) if condition.gap else ""
    numbers = cites((condition.span,), sources)
    text = element("span", escaped(condition.text) + gap + cite_links(numbers, turn))
    return element("li", mark + text, f"pa-{_STATES[condition.state]}")


def total_view(
    total: Total, estimates: Iterable[Estimate], sources: Sequence[Citation], turn: int | str
) -> str:
    """Return the combined sums, and what was left out and why; empty where one sum says it all."""
    names = {estimate.measure: estimate.name for estimate in estimates}
    rows = []
    if len(names) > 1 and total.in_force is not None:
        rows.append(_row("现行政策合计", amount_words(total.in_force)))
    if len(names) > 1 and total.draft is not None:
        rows.append(_row("草案合计（未施行，不计入现行合计）", amount_words(total.draft)))
    if len(names) > 1 and total.unreviewed is not None:
        rows.append(_row(UNREVIEWED_TOTAL, amount_words(total.unreviewed)))
    if len(names) > 1 and total.unreviewed_draft is not None:
        rows.append(_row(UNREVIEWED_DRAFT_TOTAL, amount_words(total.unreviewed_draft)))
    for dropped in total.dropped:
        name = names.get(dropped.measure, dropped.measure)
        reason = escaped(f"未计入“{name}”：{dropped.reason}") + cite_links(
            cites(dropped.spans, sources), turn
        )
        rows.append(element("p", reason, "pa-dropped"))
    rows += [element("p", escaped(warning), "pa-dropped") for warning in total.warnings]
    return element("section", "".join(rows), "pa-total") if rows else ""


def _row(label: str, value: str) -> str:
    return element("p", element("span", escaped(label)) + element("strong", escaped(value)), "pa-total-row")
