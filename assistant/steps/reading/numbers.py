"""Numbers of a question as they are meant: a unit shared by a list, a limit asked for, a rough size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.model.measure import Comparison
from corpus.model.values import Unit, UnitKind
from corpus.reading.numerals import Found, Kind, UnitTable, find_quantities

_JOINED = re.compile(r"\s{0,8}[、/和与及跟]\s{0,8}")
_PLAIN = re.compile(r"[\d.,]+|[一二三四五六七八九十百千两]+")
_SHORT_OF = re.compile(r"(?:(?<!有)没有?|未能?|尚未|差一点|差点)[^，。；;,\d]{0,3}(?:满|到|够|足|达到?)$")
_LIMIT_ASKED = re.compile(r"\s{0,8}封顶(?:能|可|是|给|拿|补|奖|多少|吗|支持|资助)")
_MONEY = re.compile("[元块圆¥￥$w]")
_LARGE_COUNTS = frozenset({UnitKind.TALLY, UnitKind.MEASURE})
_ASKING = ("哪", "每")  # 「哪一级」 asks, 「每一家」 counts nothing
_MOST_LEVEL = 10  # no grade of anything is higher: 「八千万级」 is a size


def numbers_in(text: str, units: UnitTable | None = None) -> tuple[Found, ...]:
    """Return the numbers a text states, each with the unit it is meant in; `units` as for `find_quantities`.

    >>> [found.text for found in numbers_in("分别付了300、450和1500万")]
    ['300万', '450万', '1500万']
    >>> [found.comparison for found in numbers_in("自筹三千万封顶给多少")]
    [None]
    """
    found = [_as_meant(text, one) for one in find_quantities(text, units)]
    return tuple(_with_shared_units(text, found))


def is_asked_for(text: str, found: Found) -> bool:
    """Tell whether a number only asks (哪一级、每一家) and states nothing."""
    return text[: found.start].endswith(_ASKING)


def _as_meant(text: str, found: Found) -> Found:
    """Return a number without what the words behind it do not say of it."""
    if found.comparison is None and not found.is_vague and _SHORT_OF.search(text[: found.start]):
        return replace(found, comparison=Comparison.UNDER)
    if _LIMIT_ASKED.match(text[found.end :]):
        return replace(found, comparison=None)
    if found.unit == Unit.LEVEL and found.value is not None and found.value > _MOST_LEVEL:
        return replace(found, kind=Kind.MONEY, unit=Unit.YUAN, unit_word="", is_vague=True)
    return found


def _with_shared_units(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Yield the numbers, a bare one of a list (30和20当量吨) with the unit of the next."""
    kept: list[Found] = []
    for one in reversed(list(found)):
        shared = _sharing(text, one, kept[-1]) if kept else None
        kept.append(shared or one)
    yield from reversed(kept)


def _sharing(text: str, bare: Found, following: Found) -> Found | None:
    """Return a bare number in the unit of the one after it, None where the two are no list."""
    if not _lacks_unit(bare, following) or following.kind not in {Kind.MONEY, Kind.QUANTITY}:
        return None
    lead = _PLAIN.match(following.text)
    if lead is None or not _JOINED.fullmatch(text[bare.end : following.start]):
        return None
    read = find_quantities(bare.text + following.text[lead.end() :])
    if len(read) != 1 or read[0].kind is not following.kind or read[0].unit != following.unit:
        return None
    return replace(read[0], start=bare.start, end=bare.end)


def _lacks_unit(bare: Found, following: Found) -> bool:
    """Tell whether a number waits for a unit: it has none, or is a size (1.2万) before a count (8千架次)."""
    is_count = following.unit is not None and following.unit.kind in _LARGE_COUNTS
    is_size = is_count and bare.kind is Kind.MONEY and not _MONEY.search(bare.text)
    return is_size or (bare.kind is Kind.NUMBER and not bare.unit_word)
