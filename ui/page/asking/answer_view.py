"""An answer as HTML: conclusion, sums, conditions, what is missing, what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer_json import cites
from assistant.conversation import (
    Answer,
    Citation,
    ConditionResult,
    ConditionState,
    Estimate,
    EstimateStatus,
    Outcome,
    Total,
)
from ui.page.html import badge, cite_links, element, escaped, paragraphs, with_links
from ui.telling import lines_beside_sums, open_questions, sums_beside_text, warnings_beside_text
from ui.terminal.estimates import result_words
from ui.words import (
    AI_NOTICE,
    CONDITION_LABELS,
    CONDITION_MARKS,
    ESTIMATE_LABELS,
    OUTCOME_LABELS,
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


def answer_view(answer: Answer, turn: int) -> str:
    """Return the whole answer of turn `turn` as one HTML block."""
    known = {citation.n for citation in answer.citations}
    parts = [
        _outcome(answer),
        element("div", paragraphs("\n".join(lines_beside_sums(answer)), turn, known), "pa-text"),
        *(_estimate(estimate, answer.citations, turn) for estimate in sums_beside_text(answer)),
        _total(answer.total, answer.estimates, answer.citations, turn),
        _missing(answer),
        _warnings(warnings_beside_text(answer), turn, known),
        _suggestions(answer.suggestions),
        _foot(answer),
    ]
    return element("div", "".join(parts), f"pa-answer pa-is-{answer.outcome.value.replace('_', '-')}")


def question_view(question: str) -> str:
    """Return a person's own words, shown and nothing more."""
    return element("div", escaped(question), "pa-question")


def pending_view() -> str:
    """Return what is shown while the answer is being worked out."""
    return element(
        "div", "<span></span><span></span><span></span> 正在查找条款、核算金额", "pa-pending", role="status"
    )


def failure_view(failure: str) -> str:
    """Return what is shown when no answer could be given."""
    again = element("p", "请稍后再试；若一再出现，请联系管理员。", "pa-faint")
    return element("div", element("p", escaped(failure)) + again, "pa-answer pa-failure", role="alert")


def _outcome(answer: Answer) -> str:
    if answer.outcome is Outcome.ANSWERED:
        return ""
    return element("div", badge(OUTCOME_LABELS[answer.outcome], "ask"), "pa-outcome")


def _estimate(estimate: Estimate, sources: Sequence[Citation], turn: int) -> str:
    head = element("span", escaped(estimate.name), "pa-sum-name")
    head += badge(ESTIMATE_LABELS[estimate.status], _TONES[estimate.status])
    body = [element("div", head, "pa-sum-head"), _amount(estimate)]
    if estimate.explanation:
        body.append(element("p", escaped(estimate.explanation), "pa-explanation"))
    body.append(
        _list(
            "ol", "pa-steps", (_step(step.text, cites(step.spans, sources), turn) for step in estimate.steps)
        )
    )
    body.append(
        _list("ul", "pa-conditions", (_condition(each, sources, turn) for each in estimate.conditions))
    )
    body.append(_list("ul", "pa-hints", (element("li", escaped(hint)) for hint in estimate.hints)))
    return element("section", "".join(body), f"pa-sum pa-{_TONES[estimate.status]}")


def _amount(estimate: Estimate) -> str:
    if estimate.amount is None and estimate.range is None:
        return ""
    words = result_words(estimate)
    note = "上限，以主管部门核定为准" if estimate.is_upper_bound else "以主管部门核定为准"
    return element("div", element("strong", escaped(words)) + element("small", note), "pa-amount")


def _step(text: str, numbers: Sequence[int], turn: int) -> str:
    return element("li", escaped(text) + cite_links(numbers, turn))


def _condition(condition: ConditionResult, sources: Sequence[Citation], turn: int) -> str:
    mark = element(
        "span", CONDITION_MARKS[condition.state], "pa-mark", title=CONDITION_LABELS[condition.state]
    )
    mark += element("span", f"{CONDITION_LABELS[condition.state]}：", "pa-sr")
    gap = element("em", escaped(condition.gap)) if condition.gap else ""
    numbers = cites((condition.span,), sources)
    text = element("span", escaped(condition.text) + gap + cite_links(numbers, turn))
    return element("li", mark + text, f"pa-{_STATES[condition.state]}")


def _total(total: Total, estimates: Iterable[Estimate], sources: Sequence[Citation], turn: int) -> str:
    names = {estimate.measure: estimate.name for estimate in estimates}
    rows = []
    if len(names) > 1 and total.in_force is not None:
        rows.append(_row("现行政策合计", amount_words(total.in_force)))
    if len(names) > 1 and total.draft is not None:
        rows.append(_row("草案合计（未施行，不计入现行合计）", amount_words(total.draft)))
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


def _missing(answer: Answer) -> str:
    head = element("p", "补充以下信息，可以算得更准：", "pa-label")
    items = _list(
        "ul", "pa-missing", (element("li", escaped(fact.question)) for fact in open_questions(answer))
    )
    return head + items if items else ""


def _warnings(warnings: Sequence[str], turn: int, known: set[int]) -> str:
    return _list(
        "ul", "pa-warnings", (element("li", with_links(warning, turn, known)) for warning in warnings)
    )


def _suggestions(suggestions: Sequence[str]) -> str:
    buttons = "".join(element("button", escaped(each), "pa-ask", type="button") for each in suggestions)
    return (
        element("div", element("p", "可以接着问", "pa-label") + buttons, "pa-suggestions") if buttons else ""
    )


def _foot(answer: Answer) -> str:
    words = element("span", f"测算日 {answer.as_of.isoformat()} · {AI_NOTICE}")
    copy = element("button", "复制（含依据）", "pa-copy", type="button")
    return element("div", words + copy, "pa-foot")


def _list(tag: str, class_: str, items: Iterable[str]) -> str:
    content = "".join(items)
    return element(tag, content, class_) if content else ""
