"""A day as people write it, and what today is."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

FIRST_YEAR, LAST_YEAR = 1949, 2199
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?|(\d{4})(\d{2})(\d{2})")


class DayError(ValueError):
    """Raised for words that are no day; the message is Chinese."""


def parse_day(text: str) -> date:
    """Read a day: 2026-11-22, 2026/11/22, 20261122 or 2026年11月22日.

    >>> parse_day("2026年3月1日"), parse_day("２０２６-12-31")
    (datetime.date(2026, 3, 1), datetime.date(2026, 12, 31))
    """
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise DayError(f"“{text}”不是日期，请写成 2026-11-22 这样的形式。")
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        parsed = date(year, month, day)
    except ValueError:
        raise DayError(f"“{text}”不是真实存在的日期。") from None
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise DayError(f"“{text}”超出了可测算的年份（{FIRST_YEAR} 至 {LAST_YEAR}）。")
    return parsed


def day_typed(text: str | None) -> date:
    """Read the day of a field, today where it was left empty.

    Raises:
        DayError: the text is no day.
    """
    return parse_day(text) if text and text.strip() else today()


def today() -> date:
    """Return today in the configured time zone."""
    from assistant.settings import today as today_by
    from ui.configuration import read_settings

    return today_by(read_settings())
