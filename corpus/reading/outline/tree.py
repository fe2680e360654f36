"""The lines of a clean text as parts and items: what `parts.py` and `series.py` found, put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.reading.markers import Marker, Style
from corpus.reading.outline.candidates import candidates_of
from corpus.reading.outline.lines import Line
from corpus.reading.outline.part_starts import part_starts
from corpus.reading.outline.parts import Part, PartStart
from corpus.reading.outline.series import Chosen, choose

UNNUMBERED = (Part.QUESTIONS,)


@dataclass
class Item:
    """An item of the outline: its own lines, then its children."""

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

    start: PartStart
    lead: list[Line] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def part(self) -> Part:
        """Return what part of the document it is."""
        return self.start.part

    @property
    def all(self) -> list[Item]:
        """Return every item of the part, in order."""
        return [item for top in self.items for item in top.all]


def outline(lines: Sequence[Line]) -> list[Section]:
    """Read the lines of a clean text into parts and items."""
    return [_section(start, own, skipped) for start, own, skipped in _parts(lines)]


def marks_inside_lines(lines: Sequence[Line]) -> list[int]:
    """Return the offsets of marks inside lines that begin items of their own, as in a run-on text."""
    found: list[int] = []
    for start, own, skipped in _parts(lines):
        for one in _chosen(start, own, skipped, inside=True):
            if not one.candidate.at_line_start:
                found.append(own[one.candidate.line].start + one.candidate.offset)
    return found


def _parts(lines: Sequence[Line]) -> Iterator[tuple[PartStart, Sequence[Line], frozenset[int]]]:
    starts, listed = part_starts(lines)
    for start, end in zip(starts, [*(one.line for one in starts[1:]), len(lines)], strict=True):
        own = lines[start.line : end]
        skipped = {i - start.line for i in listed if start.line <= i < end}
        if start.title and len(own) > 1 and own[1].text == start.title:
            skipped.add(1)
        yield start, own, frozenset(skipped)


def _chosen(start: PartStart, lines: Sequence[Line], skipped: frozenset[int], inside: bool) -> list[Chosen]:
    if start.part in UNNUMBERED:
        return []
    found = choose(candidates_of(lines, skipped, inside))
    if start.part is Part.BACKGROUND:
        return [one for one in found if one.candidate.marker.style is not Style.LABEL]
    return found


def _section(start: PartStart, lines: Sequence[Line], skipped: frozenset[int]) -> Section:
    section = Section(start)
    begins = {one.candidate.line: one for one in _chosen(start, lines, skipped, inside=False)}
    above: list[Item] = []
    for i, line in enumerate(lines):
        one = begins.get(i)
        if one is None:
            (above[-1].lines if above else section.lead).append(line)
            continue
        del above[one.depth :]
        parent = above[-1] if above else None
        siblings = parent.children if parent else section.items
        siblings.append(Item(one.candidate.marker, [line], siblings, parent))
        above.append(siblings[-1])
    return section
