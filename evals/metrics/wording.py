"""What must be said and must not: words, how a document stands, a wrong premise set right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.exam import Exam, Score
from evals.metrics.mentions import MARK

_SIGNS = re.compile(r"[\s，。、；：！？“”‘’「」『』《》〈〉（）()【】\[\],.;:!?\"'·—…-]+")
_STANDS = {
    "draft": re.compile(r"草案|征求意见"),
    "expired": re.compile(
        r"已(?:经)?(?:届满|到期|过期|失效|过有效期)|有效期已过|不再有效|(?<!距)(?<!距离)届满(?!不足|还|之?日|前)"
    ),
    "not_yet_in_force": re.compile(r"(?:尚未|还没有?|未)(?:开始)?(?:施行|生效|实施)"),
    "report": re.compile(r"报道|新闻"),
}
_TITLE = re.compile(r"《[^《》]*》")
_AGREES = re.compile(r"^\s*(?:是的|对的|对[,，。！]|没错|正确|您说得对|属实)")


def wording(exam: Exam) -> Iterator[Score]:
    """Score whether every group of wordings is there, every fact, and nothing forbidden."""
    expect = exam.expect
    if not (expect.must_say or expect.must_not_say or expect.facts):
        return
    text, own = plain(exam.reply.read_by_people), plain(exam.said)
    absent = [group[0] for group in expect.must_say if not any(plain(one) in text for one in group)]
    absent += [fact for fact in expect.facts if plain(fact) not in text]
    said = [one for one in expect.must_not_say if _says(one, text, own)]
    total = len(expect.must_say) + len(expect.facts) + len(expect.must_not_say)
    reasons = [f"没有说“{one}”" for one in absent] + [f"不应说“{one}”" for one in said]
    yield Score("wording", 1 - (len(absent) + len(said)) / total, "；".join(reasons))


def _says(forbidden: str, text: str, own: str) -> bool:
    """Tell whether forbidden words are said; 70万 is not said by 170万."""
    words = plain(forbidden)
    guard = r"(?<![\d.])" if words[:1].isdigit() else ""
    return bool(words) and bool(re.search(guard + re.escape(words), text)) and words not in own


def plain(text: str) -> str:
    """Return a text without marks, spaces and punctuation, the way people compare words.

    >>> plain("给予「50 万元」奖励。〔1〕")
    '给予50万元奖励'
    """
    return _SIGNS.sub("", MARK.sub("", text)).lower()


def validity(exam: Exam) -> Iterator[Score]:
    """Score whether the reply says how the document stands, and says nothing else of one in force."""
    wanted = exam.expect.validity
    if wanted is None:
        return
    text = exam.reply.read_by_people
    if exam.reply.failure:
        yield Score("validity", 0.0, "没有回答")
    elif wanted == "in_force":
        bare = _TITLE.sub("", text)  # a draft among the documents listed says nothing of this one
        wrong = [name for name in ("draft", "expired", "not_yet_in_force") if _STANDS[name].search(bare)]
        yield Score("validity", float(not wrong), f"现行文件被说成 {'、'.join(wrong)}" if wrong else "")
    else:
        found = bool(_STANDS[wanted].search(text))
        yield Score("validity", float(found), "" if found else f"没有说明是 {wanted}")


def premise(exam: Exam) -> Iterator[Score]:
    """Score whether a wrong premise is left standing: agreed to, or answered without the right value."""
    if exam.case.type != "false_premise":
        return
    agrees = bool(_AGREES.search(exam.text)) or bool(exam.reply.failure)
    yield Score("premise", float(not agrees), "附和了错误的前提" if agrees else "")
