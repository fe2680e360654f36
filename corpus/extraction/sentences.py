"""A proposed award's sum as one Chinese sentence, for whoever reviews it."""

from __future__ import annotations

from decimal import Decimal

from corpus.extraction.proposal import Proposal, Value, ValueRole
from corpus.model.values import Money, Rate
from corpus.reading.numerals import format_money, format_rate

_LIMITS = (ValueRole.CAP, ValueRole.ANNUAL_CAP)


def formula_sentence(one: Proposal) -> str:
    """Say what an award pays, in the clause's own words and with its numbers written alike."""
    core = [value for value in one.values if value.role not in (*_LIMITS, ValueRole.THRESHOLD)]
    limits = one.numbers(*_LIMITS)
    return "，".join((*(_part(value, one) for value in core), *(_limit(value) for value in limits)))


def _part(value: Value, one: Proposal) -> str:
    base = one.base.quote if one.base else "（基数不明）"
    bound = value.bound.quote if value.bound else ""
    match value.role:
        case ValueRole.RATE:
            return f"{_case(value)}{base}的{bound} {_range(value)}"
        case ValueRole.MATCHING:
            return f"{_case(value)}按{base}{bound} {value.span.quote} 配套"
        case ValueRole.PER_UNIT:
            per = value.per.quote.lstrip("/／") if value.per else "每个单位"
            each = per if per.startswith(("每", "单")) else f"每{per}"
            return f"{_case(value)}{each}{bound} {_written(value)}"
        case ValueRole.FLOOR:
            return f"{_case(value)}不少于 {_written(value)}"
        case _:
            return f"{_case(value)}{bound or '定额'} {_written(value)}"


def _limit(value: Value) -> str:
    scope = value.scope.quote if value.scope else ""
    bound = value.bound.quote if value.bound else "最高"
    return f"{_case(value)}{scope}{bound} {_written(value)}"


def _case(value: Value) -> str:
    return f"{value.when.quote}：" if value.when else ""


def _range(value: Value) -> str:
    low = f"{format_rate(Rate(value.low))} 至 " if value.low is not None else ""
    return low + format_rate(Rate(value.value))


def _written(value: Value) -> str:
    if value.unit == "ratio":
        return _range(value)
    is_whole_fen = value.value == value.value.quantize(Decimal("0.01"))
    return format_money(Money(value.value)) if is_whole_fen else value.span.quote
