"""Ratios as written: 30%, 千分之三, 百分之三十五, 三成五, 三分之一, 一半, 1:1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.reading.numerals.digits import NUMERAL, read_number
from corpus.reading.numerals.errors import NotANumberError

_PARTS = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
_CN = "一二两三四五六七八九"
_SIGN = r"(?P<sign>(?<![^\s:：=,，。(（是为了])-|(?<!正)负)?"
_PATTERNS = (
    ("percent", rf"{_SIGN}(?P<n>{NUMERAL})\s?(?P<mark>[%‰])"),
    ("parts", rf"{_SIGN}(?P<of>[百千万])分之(?P<n>{NUMERAL})"),
    ("fraction", rf"(?<![{_CN}十\d])(?P<of>[{_CN}十\d]++)分之(?P<n>{NUMERAL})"),
    (
        "tenths",
        rf"(?P<n>[{_CN}十]|(?<![\d.])\d(?:\.\d)?)成(?P<more>[{_CN}半])?(?![立为长果本功员熟品套都绩交])",
    ),
    ("half", r"一半|半数"),
    ("ratio", r"(?<![\d:.])(?P<a>\d{1,3}(?:\.\d+)?)\s?:\s?(?P<b>\d{1,3}(?:\.\d+)?)(?![\d:])"),
    ("spoken_ratio", rf"(?P<a>[{_CN}])比(?P<b>[{_CN}])(?!较)"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class RateMention:
    """A ratio between two offsets; `factor` is what a bare number before it would be scaled by."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    is_vague: bool
    factor: Decimal
    unit_word: str


def rate_mentions(text: str) -> Iterator[RateMention]:
    """Return every ratio of normalised text. A ratio a:b counts as b for each a (1:1 is 1).

    >>> [str(found.low) for found in rate_mentions("30%，一成五，1:1配套，一半")]
    ['0.3', '0.15', '1', '0.5']
    """
    taken: list[tuple[int, int]] = []
    mentions: list[RateMention] = []
    for name, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            mention = _mention(name, match)
            if mention is not None:
                taken.append(match.span())
                mentions.append(mention)
    return iter(sorted(mentions, key=lambda mention: mention.start))


def _mention(name: str, match: re.Match[str]) -> RateMention | None:
    try:
        low, high, is_vague, factor, word = _value(name, match)
    except NotANumberError:
        return None
    if match.groupdict().get("sign"):
        low, high = -high, -low
    return RateMention(match.start(), match.end(), low, high, is_vague, factor, word)


def _value(name: str, match: re.Match[str]) -> tuple[Decimal, Decimal, bool, Decimal, str]:
    one = Decimal(1)
    if name == "half":
        return Decimal("0.5"), Decimal("0.5"), False, one, match[0]
    if name in ("ratio", "spoken_ratio"):
        first, second = read_number(match["a"]).low, read_number(match["b"]).low
        if not first:
            raise NotANumberError("比例的前项不能是零")
        return second / first, second / first, False, one, ":"
    if name == "tenths":
        more = {"半": Decimal("0.05")}.get(match["more"] or "")
        extra = more or (read_number(match["more"]).low / 100 if match["more"] else Decimal(0))
        value = read_number(match["n"]).low / 10 + extra
        return value, value, False, Decimal("0.1"), "成"
    number = read_number(match["n"])
    parts, word = _parts(name, match)
    return number.low / parts, number.high / parts, number.is_vague, one / parts, word


def _parts(name: str, match: re.Match[str]) -> tuple[Decimal, str]:
    if name == "percent":
        return (Decimal(100), "%") if match["mark"] == "%" else (Decimal(1000), "‰")
    if name == "parts":
        return _PARTS[match["of"]], f"{match['of']}分之"
    parts = read_number(match["of"]).low
    if not parts:
        raise NotANumberError("分母不能是零")
    return parts, "分之"
