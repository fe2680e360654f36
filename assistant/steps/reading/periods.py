"""Stretches of time a question speaks of without a day: 去年, 明年初, 上半年, 2027年三季度, 下个月.

Each is answered for the day of it that is nearest to today: its end where it is over, its beginning where
it is still to come, today itself where it is running.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_YEARS = {
    "今年": 0,
    "本年": 0,
    "当年": 0,
    "明年": 1,
    "后年": 2,
    "大后年": 3,
    "去年": -1,
    "上年": -1,
    "前年": -2,
}
_MONTHS = {"上个月": -1, "上月": -1, "下个月": 1, "下月": 1, "这个月": 0, "本月": 0}
_PARTS = {
    "初": (1, 1),
    "中": (6, 7),
    "底": (12, 12),
    "末": (12, 12),
    "上半": (1, 6),
    "下半": (7, 12),
    "一": (1, 3),
    "二": (4, 6),
    "三": (7, 9),
    "四": (10, 12),
}
_QUARTERS = {"1": "一", "2": "二", "3": "三", "4": "四"}
_YEAR = r"大后年|今年|本年|当年|明年|后年|去年|上年|前年|(?<![〔\[\d])20\d{2}(?=年)|(?<!\d)[12]\d(?=年)"
_PERIOD = re.compile(
    rf"(?:(?P<year>{_YEAR})年?度?的?)?"
    r"(?:(?<=年)(?P<edge>[初中底末])|年(?P<of_year>[初中底末])|(?P<half>[上下]半)年"
    r"|第?(?P<quarter>[一二三四1-4])季度?|(?P<month>1[0-2]|0?[1-9])月份?(?![/\d]))"
    rf"|(?P<whole>{_YEAR})(?=年?)|(?P<near>上个?月|下个?月|这个月|本月)"
)
_WHEN = "(?:的?(?:时候|那会儿|那时候?|当时|份|里|内|之前|以前|前|后|之后|以后|年?间))?"
_VALID = "有效|算数|作数|管用|能用|好用|生效|失效|过期|到期|施行|实施|执行|申请|申报|适用|有没有效|申领"
_ASKED_PAST = re.compile(f"^{_WHEN}[^，,。；;、花投付签办做拿领得的了]{{0,6}}?(?:{_VALID})(?![的了])")
_ASKED = re.compile(
    f"^{_WHEN}[^，,。！!?？花投付签办做]{{0,16}}?(?:还|仍|能|可以|可否|是否|拿|领|享受|算|{_VALID})"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, both ends included."""

    start: date
    end: date

    def nearest_to(self, today: date) -> date:
        """Return the day of it that is nearest to a day."""
        return min(max(today, self.start), self.end)


def period_asked(text: str, today: date) -> date | None:
    """Return the day a question asks about by a stretch of time, None where it asks about none.

    >>> period_asked("去年算数吗", date(2026, 11, 22))
    datetime.date(2025, 12, 31)
    >>> period_asked("2027年三季度还能申请吗", date(2026, 11, 22))
    datetime.date(2027, 7, 1)
    >>> period_asked("去年花了30万，能补多少", date(2026, 11, 22)) is None
    True
    """
    for match in _PERIOD.finditer(text):
        period = _period(match, today)
        if period is None:
            continue
        asking = _ASKED_PAST if period.end < today else _ASKED
        if asking.match(text[match.end() :]):
            return period.nearest_to(today)
    return None


def _period(match: re.Match[str], today: date) -> Period | None:
    """Return the stretch of time a match names; a bare year of four digits is read elsewhere."""
    if near := match["near"]:
        return _month_beside(today, _MONTHS[near])
    if whole := match["whole"]:
        return _months(today.year + _YEARS[whole], 1, 12) if _YEARS.get(whole) else None
    year = _year(match["year"], today)
    if month := match["month"]:
        is_told = match["year"] in _YEARS
        return _months(year, int(month), int(month)) if is_told else None
    part = match["edge"] or match["of_year"] or match["half"] or match["quarter"] or ""
    first, last = _PARTS[_QUARTERS.get(part, part)]
    period = _months(year, first, last)
    return Period(period.end, period.end) if part in {"底", "末"} else period


def _year(said: str | None, today: date) -> int:
    if said is None:
        return today.year
    if said in _YEARS:
        return today.year + _YEARS[said]
    return int(said) if len(said) > 2 else 2000 + int(said)


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _month_beside(today: date, away: int) -> Period:
    first = today.replace(day=1)
    if away < 0:
        first = (first - timedelta(days=1)).replace(day=1)
    elif away > 0:
        first = (first + timedelta(days=31)).replace(day=1)
    return _months(first.year, first.month, first.month)
