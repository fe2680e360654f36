"""Every number, date and clause number of a plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.reading.numerals import Found, Kind, find_quantities

_CN = "〇零一二三四五六七八九十"
_DATE = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d{{2}}|[一二][九〇零][{_CN[:11]}]{{2}})年"
    rf"(?:度?(?P<m>\d{{1,2}}|[{_CN}]{{1,3}})月(?:份|底|初|末)?(?:(?P<d>\d{{1,2}}|[{_CN}]{{1,3}})[日号])?)?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d{2})[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?!\d)"
    rf"|(?<![\d{_CN}])(?P<m3>\d{{1,2}}|[{_CN}]{{1,3}})月(?P<d3>\d{{1,2}}|[{_CN}]{{1,3}})[日号]"
    r"|(?<!\d)(?P<y4>(?:19|20)\d{2})(?=[-—~至到]+(?:19|20)\d{2})"
)
_CLAUSE = re.compile(
    rf"第(?P<n>\d+|[{_CN}百]+)(?P<w>[条款项段章节])|(?<=条|款|项)?\((?P<i>\d{{1,2}}|[{_CN}]{{1,3}})\)"
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_UNREAD = re.compile(
    "(?<![零一二三四五六七八九十百千万亿两点.\\d])[零一二三四五六七八九十百千万亿两点.\\d]{2,}+(?=元|成|倍)|[两三四五六七八九十]倍"
)
_TENTHS = re.compile("十分之([一二三四五六七八九])")
_START = re.compile(r"(?:自|从|于|始于)$")
_END = re.compile(r"(?:至|到|截至|截止到?|止于|期至|-|—|~|前)$")
_STARTS = re.compile(r"^(?:起|开始|以后|之后)")
_ENDS = re.compile(r"^(?:为?止|到期|届满|截止|失效|前|之前|结束)")
_VALUES = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@dataclass(frozen=True, slots=True)
class Mention:
    """One number: `what` it is (kind and value, comparable), its words, and where they stand."""

    what: tuple[object, ...]
    words: str
    start: int
    end: int


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the numbers of a plain text in order; what one reading took, no other takes again.

    >>> [one.what[:2] for one in mentions("自2024年1月1日起,按第七条(一)给予30%")]
    [('date', (2024, 1, 1)), ('clause', '7条'), ('clause', '(1)'), ('rate', Decimal('0.3'))]
    """
    taken: list[tuple[int, int, tuple[object, ...]]] = []
    for start, end, what in (
        *_dates(text),
        *_clauses(text),
        *_tenths(text),
        *_quantities(text),
        *_digits(text),
    ):
        if not any(start < last and first < end for first, last, _ in taken):
            taken.append((start, end, what))
    taken.sort(key=lambda one: one[0])
    return tuple(_mention(text, one) for one in taken)


def is_same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Tell whether two numbers are the same; of dates, whether one is the other or a part of it.

    >>> is_same(("date", (2027, None, None), "end"), ("date", (2027, 12, 31), ""))
    True
    """
    if one[0] != "date" or other[0] != "date":
        return one == other
    parts, others = one[1], other[1]
    if not isinstance(parts, tuple) or not isinstance(others, tuple):
        return False
    roles = {one[2], other[2]} - {""}
    return len(roles) < 2 and all(a is None or a == b for a, b in zip(parts, others, strict=True))


def _mention(text: str, found: tuple[int, int, tuple[object, ...]]) -> Mention:
    start, end, what = found
    if what[0] == "date":
        what = (*what[:2], _role(text, start, end))
    return Mention(what, text[start:end], start, end)


def _role(text: str, start: int, end: int) -> str:
    before, after = text[max(start - 3, 0) : start], text[end : end + 4]
    if _START.search(before) or _STARTS.match(after):
        return "start"
    return "end" if _END.search(before) or _ENDS.match(after) else ""


def _dates(text: str) -> Iterator[tuple[int, int, tuple[object, ...]]]:
    for match in _DATE.finditer(text):
        parts = match.groupdict()
        values = tuple(
            _count(next((parts[f"{name}{n}"] for n in ("", "2", "3", "4") if parts.get(f"{name}{n}")), None))
            for name in "ymd"
        )
        yield match.start(), match.end(), ("date", values, "")


def _count(word: str | None) -> int | None:
    if word is None:
        return None
    if word.isdigit():
        return int(word)
    if "十" in word:
        head, _, tail = word.partition("十")
        return _VALUES.get(head, 1) * 10 + _VALUES.get(tail, 0)
    return int("".join(str(_VALUES[character]) for character in word if character in _VALUES) or "0")


def _clauses(text: str) -> Iterator[tuple[int, int, tuple[object, ...]]]:
    for match in _CLAUSE.finditer(text):
        number = _count(match["n"] or match["i"]) if "百" not in match[0] else match[0]
        yield match.start(), match.end(), ("clause", f"{number}{match['w']}" if match["w"] else f"({number})")


def _tenths(text: str) -> Iterator[tuple[int, int, tuple[object, ...]]]:
    for match in _TENTHS.finditer(text):
        yield match.start(), match.end(), ("rate", Decimal(_VALUES[match[1]]) / 10)


def _quantities(text: str) -> Iterator[tuple[int, int, tuple[object, ...]]]:
    for found in find_quantities(text):
        yield found.start, found.end, _what(found)


def _what(found: Found) -> tuple[object, ...]:
    value: object = _plain(found.value) if found.value is not None else (found.low, found.high)
    if found.kind is Kind.QUANTITY:
        return found.kind.value, value, found.unit.value if found.unit else found.unit_word
    return found.kind.value, value


def _plain(value: Decimal) -> Decimal:
    return round(value, 12).normalize() if value else Decimal(0)


def _digits(text: str) -> Iterator[tuple[int, int, tuple[object, ...]]]:
    """Yield the digits nothing else took (5G, 27号, 12345): they count as they are written."""
    for match in _UNREAD.finditer(text):
        yield match.start(), match.end(), ("digits", match[0])
    for match in _DIGITS.finditer(text):
        yield match.start(), match.end(), ("digits", match[0].replace(",", "").lstrip("0") or "0")
