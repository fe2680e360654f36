"""One value from a text that holds nothing else; whatever is not exactly one is refused in Chinese."""

from __future__ import annotations

import re
from decimal import Decimal

from corpus.model.values import Money, Quantity, Rate, Unit
from corpus.reading.numerals.digits import ARABIC, normalised, read_number
from corpus.reading.numerals.errors import (
    MissingUnitError,
    NotANumberError,
    RangeNumberError,
    VagueNumberError,
    WrongUnitError,
)
from corpus.reading.numerals.found import Found, Kind, value_in
from corpus.reading.numerals.mentions import mentions
from corpus.reading.numerals.overlong import overlong_runs, shortened
from corpus.reading.numerals.units import UnitTable, usual_units
from corpus.reading.numerals.writing import format_money

_NEUTRAL = re.compile(r"[\s。,，;；!！]*(?:人民币|共计|合计|总计|共|整|正|是|为)?[\s。,，;；!！]*")
_LONGEST_VALUE = 200  # characters of a text that is to hold one value and nothing else
_WRITTEN_OUT = 6  # a bare sum of this many digits is written out in yuan; nobody counts 万元 that way


def parse_money(text: str) -> Money:
    """Read one exact sum in yuan.

    >>> parse_money("1.2亿"), parse_money("５００w"), parse_money("3千5百元")
    (Money(yuan=Decimal('120000000.0')), Money(yuan=Decimal('5000000')), Money(yuan=Decimal('3500')))
    >>> parse_money("800")
    Traceback (most recent call last):
    ...
    corpus.reading.numerals.errors.MissingUnitError: 「800」没有单位，请写明是 800元 还是 800万元
    """
    found = parse_value(text, "金额", "800万元")
    if found.kind is Kind.NUMBER and found.value is not None:
        return Money(_written_out(text, found.value))
    if found.kind is not Kind.MONEY or found.value is None:
        raise WrongUnitError(f"「{text}」不是人民币金额，请写成例如「800万元」")
    return Money(found.value)


def parse_rate(text: str) -> Rate:
    """Read one exact rate.

    >>> parse_rate("百分之三十五"), parse_rate("三成"), parse_rate("1:1")
    (Rate(ratio=Decimal('0.35')), Rate(ratio=Decimal('0.3')), Rate(ratio=Decimal('1')))
    """
    if normalised(text).strip() in ("全额", "全部"):
        return Rate(Decimal(1))
    found = parse_value(text, "比例", "30%")
    if found.kind is Kind.NUMBER:
        raise MissingUnitError(f"「{text}」没有百分号，请写成例如「30%」")
    if found.kind is not Kind.RATE or found.value is None:
        raise WrongUnitError(f"「{text}」不是比例，请写成例如「30%」")
    return Rate(found.value)


def parse_quantity(text: str, unit: Unit) -> Quantity:
    """Read one exact quantity in `unit`; a bare number is taken to be in it.

    >>> parse_quantity("30年", Unit.YEAR).value, parse_quantity("30", Unit.YEAR).value
    (Decimal('30'), Decimal('30'))
    """
    units = usual_units().using((unit,))
    found = parse_value(text, f"数量（{unit.label}）", f"30{unit.label}", units)
    is_bare = found.kind is Kind.NUMBER or (found.kind is Kind.MONEY and not found.unit_word)
    value = found.value if is_bare else value_in(found, unit)
    if value is None:
        raise WrongUnitError(f"「{text}」的单位不对，应以「{unit.label}」计，例如「30{unit.label}」")
    return Quantity(value, unit)


def parse_decimal(text: str) -> Decimal:
    """Read one exact number without a unit.

    >>> parse_decimal("三百五十万"), parse_decimal("1,200.5")
    (Decimal('3500000'), Decimal('1200.5'))
    """
    return _plain_number(text)


def parse_value(
    text: str, what: str = "数值", example: str = "800万元", units: UnitTable | None = None
) -> Found:
    """Read the one exact value a text states, whatever its kind."""
    plain = normalised(text)
    if _is_too_long(plain):
        raise NotANumberError(f"「{shortened(text)}」太长，读不成一个{what}，请核对后写成例如「{example}」")
    found = mentions(text, plain, units)
    if not found:
        return _bare(text, what, example)
    if len(found) > 1 and not all(_NEUTRAL.fullmatch(gap) for gap in _gaps(plain, found)):
        raise NotANumberError(f"「{text}」里有不止一个数，请只写一个{what}，例如「{example}」")
    if len(found) > 1:
        raise NotANumberError(f"「{text}」写法不清楚，请写成例如「{example}」")
    return _exact(text, plain, found[0], what, example)


def _exact(text: str, plain: str, found: Found, what: str, example: str) -> Found:
    if found.is_vague:
        raise VagueNumberError(f"「{text}」不是确切的{what}，请给出确切的数，例如「{example}」")
    if found.is_range or found.comparison is not None:
        low = found.low if found.is_range else found.value
        raise RangeNumberError(
            f"「{text}」是一个范围，请给出一个确切的{what}，例如「{example}」", low, found.high
        )
    if not all(_NEUTRAL.fullmatch(part) for part in (plain[: found.start], plain[found.end :])):
        raise NotANumberError(f"「{text}」里除{what}外还有别的内容，请只写例如「{example}」")
    return found


def _gaps(plain: str, found: tuple[Found, ...]) -> list[str]:
    edges = [0, *(edge for one in found for edge in (one.start, one.end)), len(plain)]
    return [plain[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _bare(text: str, what: str, example: str) -> Found:
    """Read a number too short to be noticed in running text (三、八), or say what is wrong."""
    if not text.strip():
        raise NotANumberError(f"没有写{what}，请写成例如「{example}」")
    try:
        value = _plain_number(text)
    except NotANumberError as error:
        raise NotANumberError(f"读不出{what}「{text}」，请写成例如「{example}」") from error
    return Found(0, len(text), text, Kind.NUMBER, value)


def _is_too_long(plain: str) -> bool:
    return len(plain) > _LONGEST_VALUE or next(overlong_runs(plain), None) is not None


def _plain_number(text: str) -> Decimal:
    plain = normalised(text).strip()
    if _is_too_long(plain):
        raise NotANumberError(f"「{shortened(text)}」太长，读不成一个数，请核对")
    sign, plain = (-1, plain[1:]) if plain[:1] in ("-", "负") else (1, plain)
    reading = read_number(plain)
    if reading.is_vague:
        raise VagueNumberError(f"「{text}」不是确切的数，请给出确切的数")
    return sign * reading.low


def _written_out(text: str, value: Decimal) -> Decimal:
    plain = normalised(text)
    is_grouped = re.search(r"\d[,，]\d{3}", plain) is not None
    if value == 0 or is_grouped or (re.search(ARABIC, plain) and abs(value) >= 10 ** (_WRITTEN_OUT - 1)):
        return value
    number = text.strip()
    in_ten_thousands = format_money(Money(value * 10000)) if not re.match(ARABIC, plain) else f"{number}万元"
    raise MissingUnitError(f"「{number}」没有单位，请写明是 {number}元 还是 {in_ten_thousands}")
