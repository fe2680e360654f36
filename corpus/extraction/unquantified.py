"""Grants whose sum no words say: 给予一定资助, 优先支持, 一事一议, 奖励50 without a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.extraction.lexicon import SUPPORT_LEFT
from corpus.extraction.proposal import Proposal, UnquantifiedGrant
from corpus.extraction.reading import ClauseReading
from corpus.extraction.segments import Sentence, part_start
from corpus.model.document import ClauseKind, Span
from corpus.reading.numerals import Found, Kind, find_quantities

_GRANT = re.compile(
    rf"(?:给予|予以|享受|提供|发放|兑现)[^，。；\d]{{0,16}}?(?:{SUPPORT_LEFT})|一事一议"
    rf"|一企一策|(?:优先|择优|重点)(?:给予)?(?:支持|扶持|资助|推荐)"
)
_GRANTED_BEFORE = re.compile(rf"(?:{SUPPORT_LEFT}|给予)(?:最高|不超过|一次性)?\s{{0,8}}$")
_SILENT = (ClauseKind.HEADING, ClauseKind.PREAMBLE)
_REASONS = (
    (re.compile("一事一议|一企一策"), "逐事商定，原文没有金额"),
    (re.compile("一定|适当|相应"), "只说给予一定支持，没有金额"),
    (re.compile("优先|择优|重点"), "只说优先或择优支持，没有金额"),
    (re.compile("按(?:照)?(?:有关|相关|规定|市|省|国家|上级)|参照"), "按其他规定执行，金额不在本文"),
)


def grants_without_sum(reading: ClauseReading, proposals: Sequence[Proposal]) -> Iterator[UnquantifiedGrant]:
    """Yield the sentences of a clause that grant and state neither sum nor rate."""
    if reading.clause.kind in _SILENT:
        return
    yield from _without_unit(reading)
    taken = [one.passage for one in proposals if one.clause_id == reading.clause.id]
    for sentence in reading.sentences:
        if any(span.start < sentence.end and sentence.start < span.end for span in taken):
            continue
        grant = _grant(reading, sentence)
        if grant is not None:
            yield grant


def _without_unit(reading: ClauseReading) -> Iterator[UnquantifiedGrant]:
    """Yield the sums that a clause grants without a unit: 奖励50."""
    text = reading.clause.text
    for one in find_quantities(text):
        if _is_bare_sum(one, text):
            start = part_start(text, one.start, 0)
            quote = text[start : one.end].lstrip()
            span = Span(reading.clause.id, one.end - len(quote), one.end, quote)
            yield UnquantifiedGrant(span, "金额没有写单位，不能计算")


def _is_bare_sum(one: Found, text: str) -> bool:
    """Tell whether a number stands where a sum is granted and has no unit at all."""
    if one.kind is not Kind.NUMBER or not _GRANTED_BEFORE.search(text[max(0, one.start - 8) : one.start]):
        return False
    return bool(re.match(r"\s{0,8}(?:[，。；、]|$|(?:的)?(?:奖励|补助|补贴|资助))", text[one.end :]))


def _grant(reading: ClauseReading, sentence: Sentence) -> UnquantifiedGrant | None:
    words = reading.clause.text[sentence.start : sentence.end]
    if not _GRANT.search(words):
        return None
    start = sentence.start + len(words) - len(words.lstrip())
    quote = words.strip()
    span = Span(reading.clause.id, start, start + len(quote), quote)
    found = find_quantities(words)
    if any(one.kind in (Kind.MONEY, Kind.RATE) for one in found):
        return None
    if any(_is_bare_sum(one, words) for one in found):
        return None
    reason = next((why for pattern, why in _REASONS if pattern.search(words)), "原文没有写金额或比例")
    return UnquantifiedGrant(span, reason)
