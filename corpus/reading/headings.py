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
LONGEST_TITLE = 25
QUESTION = re.compile(r"^(?:问题?\s{0,8}[0-9一二三四五六七八九十]{0,8}|Q\s{0,8}[0-9]{0,8})\s{0,8}[:：]")
BACKGROUND = re.compile(
    r"^(?:关于)?(?:《.+》|“.+”)?.{0,8}(?:背景介绍|政策解读|解读|起草说明|编制说明|修订说明|制定说明)$"
)
ANNEX = re.compile(r"^附(?:件|录|表)?\s{0,8}[0-9一二三四五六七八九十]{0,8}\s{0,8}(?:[:：].{0,40})?$")

FIELD = re.compile("^[\u4e00-\u9fff]{2,8}[:：]")
UNNUMBERED_HEADING = re.compile("^[\u4e00-\u9fff]{2,15}$")


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
        return not UNFINISHED.search(self.text) or len(self.text) <= LONGEST_TITLE

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
    reader = _Reader([Section(Part.MAIN)])
    for line in lines:
        reader.read(line)
    return reader.sections


@dataclass
class _Reader:
    """Where reading stands: the parts so far, the items still open, the last number of each style."""

    sections: list[Section]
    open_items: list[Item] = field(default_factory=list)
    last: dict[Style, int] = field(default_factory=dict)
    before: Line | None = None

    def read(self, line: Line) -> None:
        """Take in the next line."""
        part = _part_beginning(line, self.sections)
        if part is not None:
            self._open(Section(part))
        marker = read_marker(line.text) if self.sections[-1].part is not Part.QUESTIONS else None
        if marker is not None and _is_item(marker, self.last, self.before):
            self._begin_item(marker, line)
        elif (owner := self._owner_of_field(line)) is not None:
            number = owner.children[-1].marker.number + 1
            self._begin_item(Marker(owner.children[-1].marker.style, number, _label_of(line)), line)
        else:
            (self.open_items[-1].lines if self.open_items else self.sections[-1].lead).append(line)
        self.before = line

    def _open(self, section: Section) -> None:
        self.sections.append(section)
        self.open_items, self.last = [], {}

    def _begin_item(self, marker: Marker, line: Line) -> None:
        if self._restarts_after_title(marker):
            first = self.sections[-1].items.pop()
            self.sections[-1].lead += first.lines
            self.open_items = []
        elif heading := self._heading_of_restart(marker):
            self._open(Section(Part.MAIN, [heading]))
        _add(self.sections[-1], self.open_items, marker, line)
        self.last[marker.style] = marker.number

    def _restarts_after_title(self, marker: Marker) -> bool:
        """Tell whether the only item so far was a numbered title: 23.… before a list from 1."""
        items = self.sections[-1].items
        is_only = len(items) == 1 and not items[0].children and not self.sections[-1].lead
        return (
            is_only
            and marker.number == 1
            and marker.style is items[0].marker.style
            and self.last[marker.style] > 1
        )

    def _heading_of_restart(self, marker: Marker) -> Line | None:
        """Return the unnumbered heading ("条件要求") that stands before a list beginning anew."""
        items = self.sections[-1].items
        if marker.number != 1 or self.sections[-1].part is not Part.MAIN or not items:
            return None
        lines = self.open_items[-1].lines
        restarts = items[-1].marker.style is marker.style
        if restarts and len(lines) > 1 and UNNUMBERED_HEADING.match(lines[-1].text):
            return lines.pop()
        return None

    def _owner_of_field(self, line: Line) -> Item | None:
        """Return the open item whose own labelled fields (补贴条件：… 补贴标准：…) this line goes on with."""
        if not FIELD.match(line.text):
            return None
        for item in self.open_items[:-1]:
            if item.children and any(FIELD.match(own.text) for own in item.lines[1:]):
                return item
        return None


def _label_of(line: Line) -> str:
    return re.split("[:：]", line.text, maxsplit=1)[0]


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
