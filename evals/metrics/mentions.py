"""Numbers of an answer: value, unit, and whether the words around make it a bound.

Read with the same numerals as the corpus, so that 300万元, 3,000,000元 and 三百万元 are one value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.reading.numerals import Kind, find_quantities, unit_of_word
from evals.cases import Amount

MARK = re.compile(r"〔\d{1,2}〕|\[\d{1,2}\]|【\d{1,2}】")
_UPPER = r"不超过|不高于|不多于|不大于|不得超过|最高|最多|至多|上限|封顶|顶格|以内|不突破"
_LOWER = r"不低于|不少于|不小于|至少|最低|最少|起码|下限|不得低于"
_BEFORE = re.compile(rf"(?:(?P<upper>{_UPPER})|(?P<lower>{_LOWER}))[^，。；;！？!?\n\d]{{0,16}}$")
_AFTER = re.compile(
    r"\s{0,8}(?:(?P<upper>封顶|以内|为上限|为限|以下|到顶)|(?P<lower>以上|起步|起(?![草来点到])))"
)
_WHOLES = ((re.compile(r"减半|折半|对半"), Decimal("0.5")), (re.compile(r"全额"), Decimal(1)))
_WINDOW = 24
_QUOTED = re.compile(r"「[^」]{0,200}」")
_SOURCED = frozenset({Kind.MONEY, Kind.RATE})


@dataclass(frozen=True, slots=True)
class Mention:
    """One number in an answer; `is_quoted` where it stands in the words of a clause 「…」."""

    kind: Kind
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit_word: str
    start: int
    end: int
    is_upper: bool
    is_lower: bool
    is_quoted: bool
    words: str

    @property
    def values(self) -> tuple[Decimal, ...]:
        """Return the value, or both ends of a range."""
        return tuple(one for one in (self.value, self.low, self.high) if one is not None)


@lru_cache(maxsize=4096)
def mentions_of(text: str) -> tuple[Mention, ...]:
    """Return the numbers of a text, in order; the marks of citations are no numbers.

    >>> [(one.words, one.is_upper) for one in mentions_of("最高不超过300万元〔1〕，每家2.5万元")]
    [('300万元', True), ('2.5万元', False)]
    """
    plain = MARK.sub(lambda match: " " * len(match[0]), text)
    quoted = [match.span() for match in _QUOTED.finditer(plain)]
    return tuple(sorted(_mentions(plain, quoted), key=lambda one: one.start))


def _mentions(plain: str, quoted: list[tuple[int, int]]) -> Iterator[Mention]:
    for found in find_quantities(plain):
        before, after = plain[max(0, found.start - _WINDOW) : found.start], plain[found.end : found.end + 6]
        left, right = _BEFORE.search(before), _AFTER.match(after)
        sides = [side for side in (left, right) if side]
        yield Mention(
            found.kind,
            found.value,
            found.low,
            found.high,
            found.unit_word,
            found.start,
            found.end,
            any(side["upper"] for side in sides),
            any(side["lower"] for side in sides),
            any(low <= found.start < high for low, high in quoted),
            found.text,
        )
    for pattern, value in _WHOLES:
        for match in pattern.finditer(plain):
            yield Mention(Kind.RATE, value, None, None, "", *match.span(), False, False, False, match[0])


def matching(amount: Amount, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that state an expected value, in its unit."""
    return tuple(mention for mention in mentions if states(amount, mention))


def states(amount: Amount, mention: Mention) -> bool:
    """Tell whether a mention states a value: 70万元 does not state 170万元, nor 300元 300万元.

    >>> states(Amount(key="cap", value_yuan="3000000"), mentions_of("三百万元")[0])
    True
    """
    if amount.value_yuan is not None:
        return mention.kind is Kind.MONEY and amount.value_yuan in mention.values
    assert amount.value is not None
    if amount.value not in mention.values or mention.kind is Kind.MONEY:
        return False
    if amount.unit is None:
        return mention.kind is Kind.RATE or amount.value > 1
    known = unit_of_word(amount.unit)
    if known is not None and unit_of_word(mention.unit_word) is known:
        return True
    return mention.unit_word == amount.unit


def sourced_values(text: str) -> frozenset[tuple[Kind, Decimal]]:
    """Return the sums of money and the rates a text states."""
    return frozenset(
        (mention.kind, value)
        for mention in mentions_of(text)
        if mention.kind in _SOURCED
        for value in mention.values
    )
