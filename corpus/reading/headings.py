"""Lines of a clean text as an outline: which begin an item, at what depth, and in which part of the text.

Nesting follows the text, not a fixed table: a mark seen for the first time goes under the item before it
unless its style usually stands outside. A number out of sequence after an unfinished line is running
text (a cross-reference cut by a line break), not an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.reading.markers import Marker, Style, read_marker

UNFINISHED = re.compile(r"[^。！？；：:;”」）)】》]$")
LARGEST_SKIP = 3
LONGEST_HEADING = 40
QUESTION = re.compile(r"^(?:问题?\s*[0-9一二三四五六七八九十]*|Q\s*[0-9]*)\s*[:：]")
BACKGROUND = re.compile(
    r"^(?:关于)?(?:《.+》|“.+”)?.{0,8}(?:背景介绍|政策解读|解读|起草说明|编制说明|修订说明|制定说明)$"
)
ANNEX = re.compile(r"^附(?:件|录|表)?\s*[0-9一二三四五六七八九十]*\s*(?:[:：].{0,40})?$")


class Part(StrEnum):
    """A stretch of a document with a numbering of its own; the name begins its clauses' paths."""

    MAIN = "main"
    BACKGROUND = "background"
    QUESTIONS = "qa"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the clean text and its offset."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset just after the line."""
        return self.start + len(self.text)

    @property
    def is_finished(self) -> bool:
        """Tell whether the line ends as a sentence or heading does, not in mid-word."""
        return not UNFINISHED.search(self.text) or len(self.text) <= LONGEST_HEADING

    @property
    def is_heading_like(self) -> bool:
        """Tell whether the line is short and ends without a full stop."""
        return len(self.text) <= LONGEST_HEADING and not re.search("[。；;！]$", self.text)


@dataclass
class Item:
    """An item of the outline while it is being built: its own lines, then its children."""

    marker: Marker
    lines: list[Line]
    siblings: list[Item]
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)

    @property
    def ancestors(self) -> list[Item]:
        """Return the items above, outermost first."""
        return [*self.parent.ancestors, self.parent] if self.parent else []

    @property
    def all(self) -> Iterator[Item]:
        """Yield this item and those under it, in order."""
        yield self
        for child in self.children:
            yield from child.all


@dataclass
class Section:
    """A part of the document: lines before its first item, then its items."""

    part: Part
    lead: list[Line] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def all(self) -> list[Item]:
        """Return every item of the part, in order."""
        return [item for top in self.items for item in top.all]


def lines_of(text: str) -> list[Line]:
    """Split a clean text into lines with offsets; blank lines do not occur in one."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Line(line, at))
        at += len(line) + 1
    return lines


def outline(lines: list[Line]) -> list[Section]:
    """Read the lines into parts and items."""
    sections = [Section(Part.MAIN)]
    open_items: list[Item] = []
    last: dict[Style, int] = {}
    before: Line | None = None
    for line in lines:
        part = _part_beginning(line, sections)
        if part is not None:
            sections.append(Section(part))
            open_items, last = [], {}
        section = sections[-1]
        marker = read_marker(line.text) if section.part is not Part.QUESTIONS else None
        if marker is not None and _is_item(marker, last, before):
            _add(section, open_items, marker, line)
            _remember(marker, last)
        else:
            (open_items[-1].lines if open_items else section.lead).append(line)
        before = line
    return sections


def _part_beginning(line: Line, sections: list[Section]) -> Part | None:
    current = sections[-1]
    if QUESTION.match(line.text):
        return Part.QUESTIONS
    has_main = bool(current.items) or len(sections) > 1
    if has_main and BACKGROUND.match(line.text):
        return Part.BACKGROUND
    if has_main and ANNEX.match(line.text):
        return Part.ANNEX
    return None


def _is_item(marker: Marker, last: dict[Style, int], before: Line | None) -> bool:
    previous = last.get(marker.style)
    in_sequence = marker.number == 1 or (
        previous is not None and 1 <= marker.number - previous <= LARGEST_SKIP
    )
    return in_sequence or before is None or before.is_finished


def _remember(marker: Marker, last: dict[Style, int]) -> None:
    last[marker.style] = marker.number
    for inner in [style for style in last if style > marker.style and style is not Style.ARTICLE]:
        if marker.style is not Style.ARTICLE or inner > Style.ARTICLE:
            last.setdefault(inner, 0)


def _add(section: Section, open_items: list[Item], marker: Marker, line: Line) -> None:
    _close(open_items, marker.style)
    parent = open_items[-1] if open_items else None
    siblings = parent.children if parent else section.items
    siblings.append(Item(marker, [line], siblings, parent))
    open_items.append(siblings[-1])


def _close(open_items: list[Item], style: Style) -> None:
    """Close the items that an item of this style cannot stand under."""
    styles = [opened.marker.style for opened in open_items]
    if style in styles:
        del open_items[styles.index(style) :]
        return
    while open_items and _stands_outside(style, open_items[-1].marker.style):
        open_items.pop()


def _stands_outside(style: Style, other: Style) -> bool:
    """Tell whether `style` never stands under `other`. Articles may stand under 一、 and (一)."""
    if style is Style.ARTICLE:
        return other >= Style.ARABIC
    if other is Style.ARTICLE:
        return style is Style.PART
    return style < other
