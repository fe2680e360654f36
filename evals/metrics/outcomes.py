"""How an answer ended: answered, refused, asking back; judged by its named outcome, not by a sentence.

Bare text has no named outcome. There it is read off the words, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.exam import Exam, Score
from evals.replies import Reply

REFUSALS = frozenset({"not_covered", "blocked"})
_REFUSES = re.compile(
    r"(?:没有|未)(?:找到|涉及|收录|提及|包含|载明|查到)|不在.{0,12}(?:范围|库|文件)|无法(?:回答|确定|提供)"
    r"|(?:没有|未)相关(?:信息|规定|内容)|信息不足|不属于"
)
_ASKS = re.compile(r"请(?:问|提供|告知|说明|补充|告诉)|[？?]\s*$|需要(?:您|你)?(?:提供|补充)")


def outcome_of(reply: Reply) -> str:
    """Return the outcome: named, or read off the words of bare text.

    >>> from evals.replies import read_reply
    >>> outcome_of(read_reply("q", {"text": "政策库中没有找到相关规定。"}, 0))
    'not_covered'
    """
    if reply.failure:
        return "error"
    if reply.outcome is not None:
        return reply.outcome
    if _REFUSES.search(reply.text):
        return "not_covered"
    return "needs_input" if _ASKS.search(reply.text) else "answered"


def status(exam: Exam) -> Iterator[Score]:
    """Score the outcome, and apart: refused what is answerable, answered what is not (lower is better)."""
    got, wanted = outcome_of(exam.reply), exam.expect.status
    told = "" if got == wanted else f"应为 {wanted}，实为 {got}"
    yield Score("status", float(got == wanted), told)
    if wanted in REFUSALS:
        yield Score("false_answer", float(got not in REFUSALS), told if got not in REFUSALS else "")
    else:
        yield Score(
            "false_refusal", float(got in REFUSALS or got == "error"), told if got in REFUSALS else ""
        )


def asks(exam: Exam) -> Iterator[Score]:
    """Score whether the missing figure is asked for instead of assumed."""
    if exam.expect.status != "needs_input":
        return
    if outcome_of(exam.reply) != "needs_input":
        yield Score("asks", 0.0, "没有追问所缺的数")
        return
    reply = exam.reply
    unasked = [fact for fact in exam.expect.missing if fact not in reply.missing and not reply.is_text_only]
    asked = bool(reply.missing) or bool(_ASKS.search(reply.text))
    right = asked and not unasked
    yield Score("asks", float(right), "" if right else f"没有问 {'、'.join(unasked) or '任何一项'}")
