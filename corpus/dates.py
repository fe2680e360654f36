"""Dates as official Chinese writes them."""

from __future__ import annotations

import re
from datetime import date

WRITTEN = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")
DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")


def read_date(text: str) -> date | None:
    """Return the first full date in a text; None where there is none or it names no real day.

    >>> read_date("自2024年1月1日起实施"), read_date("2025-03-17 18:46")
    (datetime.date(2024, 1, 1), datetime.date(2025, 3, 17))
    >>> read_date("5月22日电") is None
    True
    """
    match = WRITTEN.search(text.translate(DIGITS))
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def chinese_date(day: date) -> str:
    """Write a date as people read it.

    >>> chinese_date(date(2026, 12, 31))
    '2026年12月31日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
