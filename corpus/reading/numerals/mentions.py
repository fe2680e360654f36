"""Every money, rate and quantity mention of a running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from corpus.model.values import Unit
from corpus.reading.numerals.context import bound, is_rough
from corpus.reading.numerals.digits import ARABIC, LARGEST, normalised, read_number, scales
from corpus.reading.numerals.errors import NotANumberError
from corpus.reading.numerals.false_friends import BLANK, without_false_friends
from corpus.reading.numerals.found import Found, Kind
from corpus.reading.numerals.overlong import without_overlong
from corpus.reading.numerals.rates import rate_mentions
from corpus.reading.numerals.units import UnitTable, usual_units

_COINS = re.compile(
    r"(?:(?P<jiao>[\d一二两三四五六七八九])角)?(?:(?P<fen>[\d一二两三四五六七八九])分(?!之))?"
)
_MULTIPLIERS_ONLY = re.compile("[百千万亿]+")
_BEFORE_MULTIPLIER = re.compile(r"(?:[上近过数达超]|投入|投资|收入|资金|金额|营收|费用)$")
_AFTER_MULTIPLIER = re.compile(r"以上|级|左右|规模|资金|投入|投资")
_CONNECTOR = re.compile(r"\s{0,8}(?:-|—{1,2}|~|至|到)\s{0,8}")
_AND = re.compile(r"\s{0,8}[和与跟]\s{0,8}")
_WINDOW = 8


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A mention before its neighbours are looked at; a weak one counts only as the start of a range."""

    found: Found
    factors: tuple[Decimal, ...] = ()
    is_weak: bool = False


def find_quantities(text: str, units: UnitTable | None = None) -> tuple[Found, ...]:
    """Return every money, rate, quantity and bare-number mention, in order.

    `units` are the unit words to be known; those of general language where none are given.

    >>> [(found.text, str(found.value), found.kind.value) for found in find_quantities("投入800万，补30%")]
    [('800万', '8000000', 'money'), ('30%', '0.3', 'rate')]
    >>> [(str(found.low), str(found.high)) for found in find_quantities("大概80到100万元")]
    [('800000', '1000000')]
    """
    return _usual(text) if units is None else mentions(text, without_false_friends(normalised(text)), units)


@lru_cache(maxsize=2048)  # an answer reads the same question and quotes a dozen times
def _usual(text: str) -> tuple[Found, ...]:
    return mentions(text, without_false_friends(normalised(text)))


def mentions(text: str, plain: str, units: UnitTable | None = None) -> tuple[Found, ...]:
    """Read `plain` (normalised, same offsets) and report in the words of `text`."""
    plain = without_overlong(plain, BLANK)
    table = units or usual_units()
    candidates = _joined(sorted(_candidates(plain, table), key=lambda one: one.found.start), plain)
    return tuple(
        _in_context(replace(one.found, text=text[one.found.start : one.found.end]), plain)
        for one in candidates
        if not one.is_weak and _is_readable(one.found)
    )


def _is_readable(found: Found) -> bool:
    """Tell whether a mention is small enough to be computed with."""
    return all(abs(end) < LARGEST for end in (found.value, found.low, found.high) if end is not None)


def _candidates(plain: str, units: UnitTable) -> Iterator[_Candidate]:
    rest = list(plain)
    for rate in rate_mentions(plain):
        rest[rate.start : rate.end] = BLANK * (rate.end - rate.start)
        found = _found(rate.start, rate.end, Kind.RATE, rate.low, rate.high)
        yield _Candidate(replace(found, unit_word=rate.unit_word, is_vague=rate.is_vague), (rate.factor,))
    end = 0
    for match in units.number.finditer("".join(rest)):
        candidate = _candidate(match, units) if match.start() >= end else None
        if candidate is not None:
            end = candidate.found.end
            yield candidate


def _found(start: int, end: int, kind: Kind, low: Decimal, high: Decimal) -> Found:
    if low == high:
        return Found(start, end, "", kind, low)
    return Found(start, end, "", kind, None, min(low, high), max(low, high))


def _candidate(match: re.Match[str], units: UnitTable) -> _Candidate | None:
    run = match["number"]
    if _MULTIPLIERS_ONLY.fullmatch(run) and not _stands_alone(match):
        return None
    try:
        number = read_number(run)
        factors = (*(Decimal(scale) for scale in scales(run)), Decimal(1))
    except NotANumberError:
        return None
    end, extra = _tail(match)
    low, high = number.low + extra, number.high + extra
    if match["sign"]:
        low, high = -high, -low
    found = _found(match.start(), end, _kind(match, units), low, high)
    found = replace(
        found,
        unit=_unit(match, units),
        unit_word=match["money"] or match["unit"] or _symbol(match),
        is_vague=number.is_vague or bool(match["more"]),
    )
    return _Candidate(found, factors, found.kind is Kind.NUMBER and not _is_bare_number(run))


def _stands_alone(match: re.Match[str]) -> bool:
    """Tell whether 百万, 千万, 上亿 is a sum here rather than part of a word."""
    before, after = match.string[: match.start()][-_WINDOW:], match.string[match.end() :]
    if _BEFORE_MULTIPLIER.search(before):
        return True
    is_compound = len(match["number"]) > 1
    return is_compound and bool(
        match["money"] or _AFTER_MULTIPLIER.match(after) or match.span() == (0, len(match.string))
    )


def _tail(match: re.Match[str]) -> tuple[int, Decimal]:
    """Read what follows a unit and still belongs to the value: 3元5角, 三块五, 一年半."""
    text, end = match.string, match.end()
    if match["money"] in ("元", "块") and (coins := _COINS.match(text, end)) and coins[0]:
        jiao = read_number(coins["jiao"]).low / 10 if coins["jiao"] else Decimal(0)
        fen = read_number(coins["fen"]).low / 100 if coins["fen"] else Decimal(0)
        return coins.end(), jiao + fen
    if match["money"] == "块" and (digit := re.compile(r"[\d一二两三四五六七八九](?!\d)").match(text, end)):
        return digit.end(), read_number(digit[0]).low / 10
    if match["unit"] == "年" and text[end : end + 1] == "半":
        return end + 1, Decimal("0.5")
    return end, Decimal(0)


def _symbol(match: re.Match[str]) -> str:
    return match["currency"] or ""


def _is_foreign(match: re.Match[str], units: UnitTable) -> bool:
    return match["unit"] in units.foreign_money or (match["currency"] or "") in ("$", "€", "USD")


def _kind(match: re.Match[str], units: UnitTable) -> Kind:
    if _is_foreign(match, units):
        return Kind.QUANTITY
    if match["money"] or match["currency"]:
        return Kind.MONEY
    if match["unit"]:
        return Kind.QUANTITY
    return Kind.MONEY if re.search("[万亿wWkK]", match["number"]) else Kind.NUMBER


def _unit(match: re.Match[str], units: UnitTable) -> Unit | None:
    if _kind(match, units) is Kind.MONEY:
        return Unit.YUAN
    if match["unit"] == "级" and match["number"] == "两":
        return None  # 市区两级 counts levels; 二级 names one
    return units.by_word.get(match["unit"] or "")


def _is_bare_number(run: str) -> bool:
    """Tell whether a number without a unit is one anybody would read as a number."""
    return bool(re.match(ARABIC, run) or (re.search("[百千]", run) and len(run) > 1))


def _joined(candidates: list[_Candidate], plain: str) -> list[_Candidate]:
    joined: list[_Candidate] = []
    for candidate in candidates:
        if joined and (both := _range(joined[-1], candidate, plain)) is not None:
            joined[-1] = both
        else:
            joined.append(candidate)
    return joined


def _range(first: _Candidate, second: _Candidate, plain: str) -> _Candidate | None:
    """Read 80到100万 as one range; the unit and magnitude said once count for both ends."""
    one, two = first.found, second.found
    between = plain[one.end : two.start]
    is_between = _AND.fullmatch(between) is not None and plain[two.end :].startswith("之间")
    if one.value is None or two.value is None or not (_CONNECTOR.fullmatch(between) or is_between):
        return None
    low = one.value
    if one.kind is Kind.NUMBER:
        fitting = [low * factor for factor in (*second.factors, Decimal(1)) if low * factor < two.value]
        low = fitting[0] if fitting else low
    elif one.kind is not two.kind or (one.unit_word != two.unit_word and one.kind is not Kind.MONEY):
        return None
    if low >= two.value:
        return None
    found = replace(
        two, start=one.start, value=None, low=low, high=two.value, is_vague=one.is_vague or two.is_vague
    )
    return _Candidate(found, is_weak=second.is_weak)


def _is_some(found: Found, before: str) -> bool:
    """Tell whether a magnitude alone is meant roughly: 上百万, 过亿, 近千万."""
    is_half = found.text[0] == "半" and before.endswith(("大", "小", "近", "多"))
    return is_half or (found.text[0] in "百千万亿" and before.endswith(("上", "过", "近", "超")))


def _in_context(found: Found, plain: str) -> Found:
    before = plain[max(0, found.start - _WINDOW) : found.start]
    after = plain[found.end : found.end + _WINDOW]
    counts_time = found.unit == Unit.YEAR or found.unit_word in ("天", "个月")
    return replace(
        found,
        is_vague=found.is_vague or is_rough(before, after, counts_time) or _is_some(found, before),
        comparison=bound(before, after),
    )
