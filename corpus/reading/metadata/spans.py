"""Spans of time in the words of a policy: 三年, 5年, 6个月, 30日后; and the day that ends one."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.reading.markers import CN, number_of

COUNT = rf"(?:\d{{1,3}}|[{CN}两]{{1,4}}|半)"
SPAN = re.compile(rf"(?P<count>{COUNT})\s{{0,4}}(?:周)?(?P<unit>年|个?月|日|天)")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A length of time in whole months and days."""

    months: int = 0
    days: int = 0


def read_span(words: str) -> TimeSpan | None:
    """Return the length of time some words state, None where they state none.

    >>> read_span("有效期三年"), read_span("试行半年"), read_span("30日后")
    (TimeSpan(months=36, days=0), TimeSpan(months=6, days=0), TimeSpan(months=0, days=30))
    """
    found = SPAN.search(words)
    if found is None:
        return None
    if found["count"] == "半":
        return TimeSpan(months=6) if found["unit"] == "年" else TimeSpan(days=15)
    count = number_of(found["count"].replace("两", "二"))
    if found["unit"] == "年":
        return TimeSpan(months=12 * count)
    return TimeSpan(days=count) if found["unit"] in "日天" else TimeSpan(months=count)


def added(start: date, span: TimeSpan) -> date | None:
    """Return the day a length of time after another; None where no calendar holds it.

    >>> added(date(2024, 1, 31), TimeSpan(months=1))
    datetime.date(2024, 2, 29)
    """
    month = start.month - 1 + span.months
    year, month = start.year + month // 12, month % 12 + 1
    if year > date.max.year - 1:
        return None
    day = min(start.day, calendar.monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=span.days)


def last_day(start: date, span: TimeSpan) -> date | None:
    """Return the last day of a length of time that begins on `start`: start + span − 1 day.

    >>> last_day(date(2017, 1, 1), TimeSpan(months=60))
    datetime.date(2021, 12, 31)
    """
    end = added(start, span)
    return end - timedelta(days=1) if end else None
