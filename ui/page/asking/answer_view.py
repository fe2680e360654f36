"""An answer as HTML: conclusion, sums, conditions, what is missing, what to ask next."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation import Answer, Outcome
from ui.page.asking.conversation import Exchange
from ui.page.html import badge, element, escaped, listed, paragraphs, with_links
from ui.page.sums_view import estimate_view, total_view
from ui.telling import lines_beside_sums, open_questions, sums_beside_text, warnings_beside_text
from ui.words import AI_NOTICE, OUTCOME_LABELS

_AGAIN = element("button", "重新提问", "pa-again", type="button")


def answer_view(exchange: Exchange, turn: int) -> str:
    """Return the whole answer of turn `turn` as one HTML block.

    Raises:
        ValueError: there is no answer yet.
    """
    answer = exchange.answer
    if answer is None:
        raise ValueError("the question has no answer yet")
    known = {citation.n for citation in answer.citations}
    parts = [
        _outcome(answer),
        element("div", paragraphs("\n".join(lines_beside_sums(answer)), turn, known), "pa-text"),
        *(estimate_view(estimate, answer.citations, turn) for estimate in sums_beside_text(answer)),
        total_view(answer.total, answer.estimates, answer.citations, turn),
        _missing(answer),
        _warnings(warnings_beside_text(answer), turn, known),
        _suggestions(answer.suggestions),
        element("p", escaped(exchange.note), "pa-faint") if exchange.note else "",
        _foot(answer, exchange, turn),
    ]
    return element("div", "".join(parts), f"pa-answer pa-is-{answer.outcome.value.replace('_', '-')}")


def question_view(question: str) -> str:
    """Return a person's own words, shown and nothing more."""
    return element("div", escaped(question), "pa-question")


def pending_view(exchange: Exchange) -> str:
    """Return what is shown while the answer is being worked out: the step, and the words so far."""
    words = exchange.step or "正在查找条款、核算金额"
    waiting = element(
        "div", f"<span></span><span></span><span></span> {escaped(words)}…", "pa-pending", role="status"
    )
    if not exchange.shown:
        return waiting
    text = element("div", paragraphs(exchange.shown, 0, ()), "pa-text")
    return element("div", text + waiting, "pa-answer")


def failure_view(failure: str) -> str:
    """Return what is shown when no answer could be given."""
    again = element("p", "请稍后再试；若一再出现，请联系管理员。", "pa-faint")
    content = element("p", escaped(failure)) + again + _AGAIN
    return element("div", content, "pa-answer pa-failure", role="alert")


def _outcome(answer: Answer) -> str:
    if answer.outcome is Outcome.ANSWERED:
        return ""
    return element("div", badge(OUTCOME_LABELS[answer.outcome], "ask"), "pa-outcome")


def _missing(answer: Answer) -> str:
    head = element("p", "补充以下信息，可以算得更准：", "pa-label")
    items = listed(
        "ul", "pa-missing", (element("li", escaped(fact.question)) for fact in open_questions(answer))
    )
    return head + items if items else ""


def _warnings(warnings: Sequence[str], turn: int, known: set[int]) -> str:
    return listed(
        "ul", "pa-warnings", (element("li", with_links(warning, turn, known)) for warning in warnings)
    )


def _suggestions(suggestions: Sequence[str]) -> str:
    buttons = "".join(element("button", escaped(each), "pa-ask", type="button") for each in suggestions)
    return (
        element("div", element("p", "可以接着问", "pa-label") + buttons, "pa-suggestions") if buttons else ""
    )


def _foot(answer: Answer, exchange: Exchange, turn: int) -> str:
    words = element("span", f"测算日 {answer.as_of.isoformat()} · {AI_NOTICE}")
    copy = element("button", "复制（含依据）", "pa-copy", type="button")
    again = (
        element("button", "重新提问", "pa-again", type="button") if answer.outcome is Outcome.ERROR else ""
    )
    tools = element("span", again + copy + _votes(exchange, turn), "pa-tools")
    return element("div", words + tools, "pa-foot") + _reason(exchange, turn)


def _votes(exchange: Exchange, turn: int) -> str:
    return "".join(
        element(
            "button",
            label + element("span", "（已选，再点取消）", "pa-sr") if exchange.verdict is wanted else label,
            f"pa-vote pa-{name}" + (" is-given" if exchange.verdict is wanted else ""),
            type="button",
            value=f"{turn}-{name}",
        )
        for label, name, wanted in (("赞", "good", True), ("踩", "bad", False))
    )


def _reason(exchange: Exchange, turn: int) -> str:
    if exchange.verdict is None:
        return ""
    if exchange.verdict or exchange.is_reason_given:
        return element("p", "已记下，谢谢。", "pa-faint pa-thanks", role="status")
    field = (
        '<input type="text" class="pa-reason-text" maxlength="500" aria-label="哪里不好"'
        ' placeholder="哪里不好？（可不填）">'
    )
    send = element("button", "提交", "pa-reason-send", type="button", value=f"{turn}-bad")
    return element("div", field + send, "pa-reason")
