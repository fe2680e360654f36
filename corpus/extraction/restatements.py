"""Awards told twice: a headline's 最高可获30万元 only repeats the cap of an award told in full elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.extraction.proposal import OtherNumber, Proposal, ValueRole

REASON = "概述文中另一处写明的奖励"
_SUMMARISES = re.compile(r"可(?:获得?|享受?|得|领取?|拿到?|给予|达)")
_TELLING = 16  # characters without which the same words may mean different things
_RELATIVE = re.compile("本条|本款|本项|上述|前款|第[一二三四五]年")
_LIMITS = (ValueRole.CAP, ValueRole.ANNUAL_CAP)


def without_summaries(proposals: Sequence[Proposal]) -> tuple[tuple[Proposal, ...], tuple[OtherNumber, ...]]:
    """Part the awards told in full from those that only sum one up, whose numbers are then others."""
    summaries = [one for one in proposals if _is_summary(one, proposals)]
    kept = tuple(one for one in proposals if one not in summaries)
    others = tuple(
        OtherNumber(value.span, value.value, value.unit, REASON) for one in summaries for value in one.values
    )
    return kept, others


def _is_summary(one: Proposal, proposals: Sequence[Proposal]) -> bool:
    if len(one.values) != 1 or one.values[0].role not in _LIMITS:
        return False
    bound = one.values[0].bound
    if bound is None or not _SUMMARISES.search(one.quote.quote):
        return False
    limit = one.values[0].value
    return any(
        len(other.values) > 1
        and any(value.role in _LIMITS and value.value == limit for value in other.values)
        for other in proposals
        if other is not one
    )


def contradictions(proposals: Sequence[Proposal]) -> Iterator[tuple[Proposal, Proposal]]:
    """Yield pairs of awards that say the same in words and differ in numbers."""
    seen: dict[str, Proposal] = {}
    for one in proposals:
        words = _without_sums(one)
        if len(words) < _TELLING or _RELATIVE.search(words):
            continue
        other = seen.setdefault(words, one)
        if other is not one and _numbers(other) != _numbers(one):
            yield other, one


def _without_sums(one: Proposal) -> str:
    """Return a passage with the numbers it grants blanked out, its thresholds kept."""
    text = one.passage.quote
    for value in sorted(one.values, key=lambda value: -value.span.start):
        if value.role is not ValueRole.THRESHOLD:
            start, end = value.span.start - one.passage.start, value.span.end - one.passage.start
            text = text[:start] + "#" + text[end:]
    return re.sub(
        r"^\s{0,8}(?:第[^条]{1,4}条|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])|[\s，。；、,.]", "", text
    )


def _numbers(one: Proposal) -> tuple[object, ...]:
    return tuple((value.role, value.value) for value in one.values)
