"""Where an award stands in its clause, and the parts of speech around its numbers."""

from __future__ import annotations

import re

from corpus.extraction.drafts import Draft
from corpus.extraction.lexicon import ONE_OFF, SUPPORT, SUPPORT_LEFT
from corpus.extraction.reading import ClauseReading
from corpus.extraction.segments import is_row, part_end
from corpus.model.measure import SupportKind

_MARKER = re.compile(
    r"[，,：:。；;、\s]{0,8}(?:(?:[一二三四五六七八九十]{1,3}、"
    r"[^。\n]{2,30})?第\s{0,8}[一二三四五六七八九十百零\d\s]{1,12}[条款]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)"
    r"|[一二三四五六七八九十]{1,3}(?:、|是))?[，,：:。；;、\s]{0,8}"
)
_GRANTED_AFTER = re.compile(
    rf"[，,](?:给予|予以|进行|由[^，。；]{{2,10}}给予|发放)[^，。；]{{0,20}}?(?:{SUPPORT})"
)
_YEARS = r"(?:\d{1,12}|[一二两三四五六七八九十]{1,4})(?:个)?(?:年度?|个?月|自然年|日|天)"
_PERIOD = re.compile(
    rf"(?:(?:补[助贴]|奖励|支持|资助|享受|发放|贴息|扶持)?(?:期限?|时间|年限"
    rf"|周期)(?:累计|最长|一般|原则上){{0,3}}(?:不超过|不得超过|最长|为|至多|最多){{0,2}}"
    rf"|连续(?:[奖补支资享发扶][励助贴持受放]?(?:不超过)?)?|最长(?:不超过)?|(?:分|共"
    rf"|累计|前|后|自[^，。；]{{2,20}}起)(?:不超过)?)"
    rf"{_YEARS}(?:内|期)?|{_YEARS}内"
)
_KINDS = (
    (SupportKind.INTEREST_SUBSIDY, re.compile("贴息|贴费")),
    (SupportKind.MATCHING, re.compile("配套|匹配")),
    (SupportKind.AWARD, re.compile("奖励|奖补|奖金|嘉奖|奖学金")),
    (SupportKind.SUBSIDY, re.compile("补贴|补助|津贴|补偿|安家费|购房款|减免|返还|券")),
    (SupportKind.GRANT, re.compile("资助|资金支持|资金扶持|经费支持|扶持|支持|经费|资金")),
)


def passage_of(draft: Draft, reading: ClauseReading, previous_end: int, next_start: int) -> tuple[int, int]:
    """Return where an award begins and ends: from its sentence or the award before to its last part.

    `next_start` is where the first number of the next award stands, or the clause's end.
    """
    text = reading.clause.text
    first, last = draft.lists[0], draft.lists[-1]
    if is_row(text[first.sentence.start : first.sentence.end]):
        row = text[first.sentence.start : first.sentence.end].rstrip("\n。； ")
        return first.sentence.start, first.sentence.start + len(row)
    start = min(max(first.sentence.start, previous_end), first.group.start)
    lead = _MARKER.match(text, start, first.group.start)
    start = lead.end() if lead else start
    end = part_end(text, last.group.end, last.sentence.end)
    if end > next_start:
        cut = max(text.rfind(mark, last.group.end, next_start) for mark in "、，")
        end = cut if cut > 0 else end
    granted = _GRANTED_AFTER.match(text, end)
    if granted and granted.end() <= next_start and not re.search(SUPPORT_LEFT, text[first.group.start : end]):
        end = granted.end()
    return start, max(end, last.group.end)


def kind_of(
    draft: Draft, reading: ClauseReading, passage: tuple[int, int]
) -> tuple[SupportKind, tuple[int, int] | None]:
    """Return the form of support and where its word stands: behind the number, else before it."""
    text, group = reading.clause.text, draft.lists[0].group
    after = re.compile(SUPPORT_LEFT).search(text, group.end, passage[1])
    before = list(re.compile(SUPPORT_LEFT).finditer(text, 0, group.start))
    word = after or (before[-1] if before else None)
    if word is None:
        return SupportKind.GRANT, None
    place = word.span()
    return next((kind for kind, pattern in _KINDS if pattern.search(word[0])), SupportKind.GRANT), place


def one_off_of(reading: ClauseReading, passage: tuple[int, int]) -> tuple[int, int] | None:
    """Return where 一次性 stands in a passage."""
    match = ONE_OFF.search(reading.clause.text, *passage)
    return match.span() if match else None


def period_of(reading: ClauseReading, passage: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the words stand that say how long an award runs: 连续三年, 期限不超过3年."""
    match = _PERIOD.search(reading.clause.text, *passage)
    return match.span() if match else None
