"""Days a question speaks of: the day asked about (2028年还能申请吗), or a day it believes to be stated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.steps.reading.periods import period_asked

_DAY = re.compile(
    r"(?<![〔\[\d])(?P<year>20\d{2}|[12]\d(?=年))年?(?:[-/.]?(?P<month>1[0-2]|0?[1-9])(?:月|[-/.])(?:份)?"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])日?)?)?(?P<end>年?底|年末)?"
)
_RELATIVE = {"明年": 1, "后年": 2, "大后年": 3, "去年": -1, "前年": -2}
_ASKED_AFTER = re.compile(
    r"^[^，。？！?]{0,16}?(还|仍|能|可以|可否|是否|有效|申请|申报|生效|过期|拿|领|享受|执行|算|作数|管用|好使|适用)"
)
_STATED_BEFORE = re.compile(r"(到|至|截止|自|从|期是|期为|截至|到期日|为止|(?<![要若果])是|于|在)$")
_ENDING = re.compile("(期|有效|截止|截至|执行|管|用|延)[^，。]{0,2}到$")
_STILL = re.compile("^[^。？！?]{0,40}?还(能|可|有)")
_STATED_AFTER = re.compile(r"^(到期|截止|结束|为止|起|开始|失效|终止|对|吗|吧|施行|实施|发布|印发|出台)")


@dataclass(frozen=True, slots=True)
class Days:
    """The day asked about, if any, and days the question takes for stated."""

    asked: date | None
    claimed: tuple[date, ...]


def days_in(text: str, today: date) -> Days:
    """Return the days of a question; a year alone is its nearest end seen from `today`.

    >>> days_in("2028年还能申请吗", date(2026, 11, 22)).asked
    datetime.date(2028, 1, 1)
    >>> days_in("有效期到2026年12月31日对吧", date(2026, 11, 22)).claimed
    (datetime.date(2026, 12, 31),)
    """
    asked: date | None = None
    claimed: list[date] = []
    for match in _DAY.finditer(text):
        day = _day(match, today)
        before, after = text[: match.start()], text[match.end() :]
        if day is None or not _is_written(match):
            continue
        is_stated = _STATED_BEFORE.search(before) and not after.startswith(("还", "仍", "能", "可以", "可"))
        is_then = before.endswith("到") and not _ENDING.search(before) and _STILL.search(after)
        if is_then:
            asked = asked or day
        elif is_stated or _STATED_AFTER.match(after):
            claimed += [day] if match["day"] or not match["month"] else []
        elif asked is None and _ASKED_AFTER.match(after):
            asked = day
    return Days(period_asked(text, today) or asked or _relative(text, today), tuple(claimed))


def _is_written(match: re.Match[str]) -> bool:
    return "年" in match[0] or match["month"] is not None


def _day(match: re.Match[str], today: date) -> date | None:
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    if year == today.year and not match["month"] and not match["end"]:
        return today
    is_late = year < today.year or match["end"]
    month = int(match["month"] or (12 if is_late else 1))
    day = int(match["day"] or (31 if is_late and not match["month"] else 1))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(text: str, today: date) -> date | None:
    for word, years in _RELATIVE.items():
        at = text.find(word)
        if at >= 0 and _ASKED_AFTER.match(text[at + len(word) :]):
            return date(today.year + years, 1, 1) if years > 0 else None
    if re.search(r"(今年)?年底(还|前|之前)", text):
        return date(today.year, 12, 31)
    return None
