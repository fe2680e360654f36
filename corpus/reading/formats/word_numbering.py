"""Word's automatic numbers (numbering.xml): which number a paragraph shows, counted as Word counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.reading.formats.word_numbers import written
from corpus.reading.formats.word_xml import child, children, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_FONT_GLYPHS = re.compile(r"[\ue000-\uf8ff]")
_BULLET = "•"  # the glyphs of symbol fonts, as most people see them


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    gap: str = " "
    restarts_after: int | None = None  # the level (1 the highest) whose number restarts this one
    is_legal: bool = False  # all numbers in plain digits


@dataclass(frozen=True, slots=True)
class _List:
    """What a numId stands for: the levels, whose counters it shares, and where it starts anew."""

    counted_with: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._levels_of_style: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph; return its number with the gap behind it, empty where it shows none."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= level < LEVELS or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.counted_with, [None] * LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for at, start in found.starts.items():
                counters[at] = start - 1
        told = found.levels[level]
        before = counters[level]
        counters[level] = told.start if before is None else before + 1
        self._restart(found, counters, level)
        text = _FONT_GLYPHS.sub(_BULLET, self._shown(found, counters, told))
        return text + told.gap if text.strip() else ""

    def of_style(self, style: str) -> tuple[str, int] | None:
        """Return the list and level that a paragraph style is tied to in the numbering itself."""
        return self._levels_of_style.get(style)

    def _restart(self, found: _List, counters: list[int | None], level: int) -> None:
        for deeper in range(level + 1, LEVELS):
            restarts = found.levels.get(deeper, _Level()).restarts_after
            if restarts == 0 or (restarts is not None and level + 1 > restarts):
                continue
            counters[deeper] = None

    def _shown(self, found: _List, counters: list[int | None], told: _Level) -> str:
        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            level = found.levels.get(at, _Level())
            count = counters[at]
            as_format = "decimal" if told.is_legal else level.number_format
            return written(level.start if count is None else count, as_format)

        return _PLACE.sub(number, told.text)

    def _read(self, root: _Element) -> None:
        abstracts = {value_of(a, "abstractNumId"): a for a in children(root, "abstractNum")}
        linked = {
            value_of(link): number
            for number, a in abstracts.items()
            if (link := child(a, "styleLink")) is not None
        }
        for num in children(root, "num"):
            list_id = value_of(num, "numId")
            number = value_of(child(num, "abstractNumId"))
            abstract = abstracts.get(number)
            if abstract is not None and (link := child(abstract, "numStyleLink")) is not None:
                number = linked.get(value_of(link), number)
                abstract = abstracts.get(number)
            if abstract is None:
                continue
            levels = {number_of(lvl, "ilvl"): _level(lvl) for lvl in children(abstract, "lvl")}
            starts: dict[int, int] = {}
            for override in children(num, "lvlOverride"):
                self._override(override, levels, starts)
            self._lists[list_id] = _List(number, levels, starts)
            for lvl in children(abstract, "lvl"):
                if (style := value_of(child(lvl, "pStyle"))) and style not in self._levels_of_style:
                    self._levels_of_style[style] = (list_id, number_of(lvl, "ilvl"))

    @staticmethod
    def _override(override: _Element, levels: dict[int, _Level], starts: dict[int, int]) -> None:
        at = number_of(override, "ilvl")
        if (lvl := child(override, "lvl")) is not None:
            levels[at] = _level(lvl)
        if (start := child(override, "startOverride")) is not None:
            starts[at] = number_of(start, default=1)
            levels[at] = replace(levels.get(at, _Level()), start=starts[at])


def _level(lvl: _Element) -> _Level:
    suffix = value_of(child(lvl, "suff")) or "tab"
    restart = child(lvl, "lvlRestart")
    return _Level(
        start=number_of(child(lvl, "start"), default=1),
        number_format=value_of(child(lvl, "numFmt")) or "decimal",
        text=value_of(child(lvl, "lvlText")),
        gap="" if suffix == "nothing" else " ",
        restarts_after=number_of(restart) if restart is not None else None,
        is_legal=child(lvl, "isLgl") is not None,
    )
