"""How an answer ended: answered, refused, asking back; judged by its named outcome, not by a sentence.

Bare text has no named outcome. There it is read off the words: what it opens with, not a remark further down.
Words that can be taken two ways ("the document does not state it") are taken the way the item expects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.reading.numerals import Kind
from evals.exam import Exam, Score
from evals.metrics.mentions import mentions_of
from evals.replies import Reply

REFUSALS = frozenset({"not_covered", "blocked"})
_REFUSES = re.compile(
    r"(?:没有|未能?)(?:找到|收录|查到|检索到)|不(?:在|属于).{0,12}(?:范围|库|文件)|无法(?:回答|确定|提供)"
    r"|(?:没有|未|无)相关(?:信息|规定|内容)|信息不足"
)
_SILENT = re.compile(r"(?:没有|未)(?:明确)?(?:涉及|提及|提到|包含|载明|写明|列明|规定|说明)")
_ASKS = re.compile(r"请(?:问|提供|告知|说明|补充|告诉)|[？?]\s*$|需要(?:您|你)?(?:提供|补充)")


_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]*")
_OPENING = 3  # sentences: a greeting, what was understood, and the matter


def outcome_of(reply: Reply, wanted: str = "") -> str:
    """Return the outcome: named, or read off the words of bare text, `wanted` where they leave it open.

    >>> from evals.replies import read_reply
    >>> outcome_of(read_reply("q", {"text": "政策库中没有找到相关规定。"}, 0))
    'not_covered'
    """
    if reply.failure:
        return "error"
    if reply.outcome is not None:
        return reply.outcome
    found = _readings(reply.text)
    return wanted if wanted in found else found[0]


def _readings(text: str) -> tuple[str, ...]:
    """Return what bare text may be, the likeliest first.

    >>> _readings("该办法未载明具体金额。"), _readings("可获30万元。如有疑问，请提供更多情况。")
    (('not_covered', 'answered'), ('needs_input', 'answered'))
    """
    opening = "".join(_SENTENCE.findall(text)[:_OPENING])
    if _REFUSES.search(opening):
        return ("not_covered",)
    if _SILENT.search(opening):
        return ("not_covered", "answered")
    if not _ASKS.search(text):
        return ("answered",)
    states = any(mention.kind in (Kind.MONEY, Kind.RATE) for mention in mentions_of(text))
    return ("needs_input", "answered") if states else ("needs_input",)


def status(exam: Exam) -> Iterator[Score]:
    """Score the outcome, and apart: refused what is answerable, answered what is not (lower is better)."""
    wanted = exam.expect.status
    got = outcome_of(exam.reply, wanted)
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
    if outcome_of(exam.reply, "needs_input") != "needs_input":
        yield Score("asks", 0.0, "没有追问所缺的数")
        return
    reply = exam.reply
    unasked = [fact for fact in exam.expect.missing if fact not in reply.missing and not reply.is_text_only]
    asked = bool(reply.missing) or bool(_ASKS.search(reply.text))
    right = asked and not unasked
    yield Score("asks", float(right), "" if right else f"没有问 {'、'.join(unasked) or '任何一项'}")
