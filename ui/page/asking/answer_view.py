"""An answer as HTML: conclusion, sums, conditions, what is missing, what to ask next."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation import Answer, Outcome
from ui.page.html import badge, element, escaped, listed, paragraphs, with_links
from ui.page.sums_view import estimate_view, total_view
from ui.telling import lines_beside_sums, open_questions, sums_beside_text, warnings_beside_text
from ui.words import AI_NOTICE, OUTCOME_LABELS


def answer_view(answer: Answer, turn: int) -> str:
    """Return the whole answer of turn `turn` as one HTML block."""
    known = {citation.n for citation in answer.citations}
    parts = [
        _outcome(answer),
        element("div", paragraphs("\n".join(lines_beside_sums(answer)), turn, known), "pa-text"),
        *(estimate_view(estimate, answer.citations, turn) for estimate in sums_beside_text(answer)),
        total_view(answer.total, answer.estimates, answer.citations, turn),
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


def _foot(answer: Answer) -> str:
    words = element("span", f"测算日 {answer.as_of.isoformat()} · {AI_NOTICE}")
    copy = element("button", "复制（含依据）", "pa-copy", type="button")
    return element("div", words + copy, "pa-foot")
