"""The day that words state, or give as a span from another: one rule for reading and for proof."""

from __future__ import annotations

import calendar
import re
from datetime import date

from corpus.reading.metadata.days import read_day
from corpus.reading.metadata.layout import ANY_DAY
from corpus.reading.metadata.spans import added, last_day, read_span

END_DAY = (
    rf"(?:{ANY_DAY}|[12]\d{{3}}\s{{0,4}}年\s{{0,4}}(?:\d{{1,2}}\s{{0,4}}月)?底|[12]\d{{3}}\s{{0,4}}年\s{{0,4}}\d{{1,2}}\s{{0,4}}月(?!\s{{0,4}}\d)"
    r"|[12]\d{3}\s{0,4}年(?:度|末)?(?!\s{0,4}\d))"
)
UNTIL = "(?:截至|截止至|截止到|截止|至|到|——|—|-|–|~|～)"
YEARS = re.compile(
    rf"(?P<first>[12]\d{{3}})\s{{0,4}}年?(?:度)?\s{{0,4}}{UNTIL}\s{{0,4}}(?P<last>[12]\d{{3}})\s{{0,4}}年(?:度)?(?!\s{{0,4}}\d)"
)
_END_DAY = re.compile(END_DAY)


def stated_day(quote: str, is_end: bool) -> date | None:
    """Return the day some words state themselves, None where they only give a span or nothing.

    Years stand for their first or last day: 2023—2025年度 begins on 2023-01-01.

    >>> stated_day("有效期为2022-2024年", is_end=True), stated_day("有效期至2025年2月底", is_end=True)
    (datetime.date(2024, 12, 31), datetime.date(2025, 2, 28))
    >>> stated_day("有效期三年", is_end=True) is None
    True
    """
    if (years := YEARS.search(quote)) is not None:
        return date(int(years["last"]), 12, 31) if is_end else date(int(years["first"]), 1, 1)
    if not is_end:
        return read_day(quote)
    ends = [day for found in _END_DAY.finditer(quote) if (day := end_day(found.group())) is not None]
    return ends[-1] if ends else None


def counted_day(quote: str, base: date, is_end: bool) -> date | None:
    """Return the day some words give counted from another: the end of a span, or a start after one.

    >>> counted_day("有效期三年", date(2022, 3, 1), is_end=True)
    datetime.date(2025, 2, 28)
    >>> counted_day("自发布之日起30日后施行", date(2022, 2, 10), is_end=False)
    datetime.date(2022, 3, 12)
    """
    span = read_span(quote)
    if is_end:
        return last_day(base, span) if span else None
    return added(base, span) if span else base


def end_day(words: str) -> date | None:
    """Return the last day that an end states: a day, the end of a month, of a year.

    >>> end_day("2025年2月28日"), end_day("2025年底"), end_day("2025年6月")
    (datetime.date(2025, 2, 28), datetime.date(2025, 12, 31), datetime.date(2025, 6, 30))
    """
    if (day := read_day(words)) is not None:
        return day
    found = re.match(r"\s{0,4}([12]\d{3})\s{0,4}年\s{0,4}(?:(\d{1,2})\s{0,4}月)?", words)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
