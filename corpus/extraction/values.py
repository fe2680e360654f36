"""The values of an award: each number's part in it, the word that bounds it, over what it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.extraction.bounds import bound_after, bound_before, each_before, floor_before, yearly
from corpus.extraction.mentions import Mention
from corpus.extraction.proposal import Value, ValueRole
from corpus.extraction.reading import ClauseReading, NumberList
from corpus.model.document import Span
from corpus.reading.numerals import Kind

_MATCHING = re.compile(r"配套|匹配|配比")
_STANDARD_EACH = re.compile(r"(?:按照?|标准为?)\s{0,8}$")
_MEASURED = re.compile(r"平方米|平米|亩|吨|[人天日月次名位]|千瓦|度|标准?箱|公里")


def span_of(reading: ClauseReading, place: tuple[int, int] | None) -> Span | None:
    """Return the words of a clause between two offsets, None for none."""
    if place is None:
        return None
    start, end = place
    return Span(reading.clause.id, start, end, reading.clause.text[start:end])


def values_of_list(one: NumberList, place: int, reading: ClauseReading) -> Iterator[Value]:
    """Yield the values of one list, the `place`-th of its award."""
    text, group = reading.clause.text, one.group
    floor = group.start - len(one.context.near)
    low = floor_before(text, group.start, floor)
    bound = None if low else bound_before(text, group.start, floor) or bound_after(text, group.end)
    each = each_before(text, group.start, floor)
    role = _role(one, place == 0, bound is not None, each, text)
    if low:
        role = ValueRole.FLOOR
    for member in group.members:
        yield from _values(member, role, reading, bound, each)


def _values(
    member: Mention,
    role: ValueRole,
    reading: ClauseReading,
    bound: tuple[int, int] | None,
    each: tuple[int, int] | None,
) -> Iterator[Value]:
    span = Span(reading.clause.id, member.start, member.end, member.text)
    unit = "yuan" if member.kind is Kind.MONEY else "ratio"
    bound_span, each_span = span_of(reading, bound), span_of(reading, each)
    per = span_of(reading, (member.end, member.end + len(member.per) + 1)) if member.per else None
    is_paid_each = role is ValueRole.PER_UNIT
    scope = None if is_paid_each else each_span
    per = per or (each_span if is_paid_each else None)
    if member.low is None or unit == "ratio":
        yield Value(role, member.value, unit, span, bound_span, scope, per, low=member.low)
        return
    yield Value(ValueRole.FLOOR, member.low, unit, span, None, scope, per)
    yield Value(
        ValueRole.AMOUNT if role is ValueRole.FLOOR else role,
        member.value,
        unit,
        span,
        bound_span,
        scope,
        per,
    )


def _role(
    one: NumberList, is_first: bool, is_bounded: bool, each: tuple[int, int] | None, text: str
) -> ValueRole:
    group, near = one.group, one.context.near
    if group.kind is Kind.RATE:
        is_ratio = group.members[0].unit_word == ":" or bool(_MATCHING.search(near + one.context.right[:12]))
        return ValueRole.MATCHING if is_ratio else ValueRole.RATE
    if any(member.per for member in group.members):
        return ValueRole.PER_UNIT
    if is_bounded:
        return _limit_role(one.context.near, each if is_first else None, text)
    if each or re.search(r"每(?:人|月|年|天|日|户|亩|吨)[^，。；]{0,4}$", near):
        return ValueRole.PER_UNIT
    return ValueRole.TIER if len(group.members) > 1 else ValueRole.AMOUNT


def _limit_role(near: str, each: tuple[int, int] | None, text: str) -> ValueRole:
    """Return what a bounded sum is: a price of each (按每人最高1000元) or a limit, of a year or not."""
    if each and (
        _STANDARD_EACH.search(text[max(0, each[0] - 3) : each[0]]) or _is_measured(text[slice(*each)])
    ):
        return ValueRole.PER_UNIT
    return ValueRole.ANNUAL_CAP if yearly(near) else ValueRole.CAP


def _is_measured(words: str) -> bool:
    return bool(re.fullmatch(rf"(?:(?:每|单)(?:{_MEASURED.pattern}))+", words))
