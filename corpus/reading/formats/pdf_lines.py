"""From glyphs on a page to lines of text in reading order, columns one after the other."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.reading.formats.pdf_page import Glyph

COLUMN_GAP = 1.5  # of the glyphs' size
LEAST_COLUMN_LINES = 8
TALL = 0.85  # of the glyphs of a line are no taller than its size
_WORD_GAP = 0.2
_CJK_GAP = 0.6


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: where it stands, how large its glyphs are, how sure its recognition was."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    page: int
    confidence: float | None = None


def lines_of(glyphs: Sequence[Glyph], page: int) -> list[TextLine]:
    """Return the lines of a page from top to bottom; of two columns of prose, the left one first."""
    rows = [row for row in rows_of(glyphs) if any(glyph.text != " " for glyph in row)]
    gutter = gutter_of(rows)
    if gutter is None:
        return [_line(row, page) for row in rows]
    lines: list[TextLine] = []
    left: list[TextLine] = []
    right: list[TextLine] = []
    for row in rows:
        before = [glyph for glyph in row if glyph.x1 <= gutter + 1]
        after = [glyph for glyph in row if glyph.x0 >= gutter - 1]
        if len(before) + len(after) < len(row):  # a line across both columns ends them
            lines += [*left, *right, _line(row, page)]
            left, right = [], []
            continue
        left += [_line(before, page)] if before else []
        right += [_line(after, page)] if after else []
    return [*lines, *left, *right]


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group glyphs that stand beside each other, each group from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: ((g.top + g.bottom) / 2, g.x0)):
        middle = (glyph.top + glyph.bottom) / 2
        for row in reversed(rows[-3:]):
            first = row[0]
            overlap = min(glyph.bottom, first.bottom) - max(glyph.top, first.top)
            if first.top <= middle <= first.bottom or overlap > 0.6 * min(glyph.size, first.size):
                row.append(glyph)
                break
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def _line(row: Sequence[Glyph], page: int) -> TextLine:
    row = _without_outer_blanks(row)
    return TextLine(
        text_of_row(row), row[0].x0, min(g.top for g in row), max(g.x1 for g in row),
        max(g.bottom for g in row), size_of(row), page,
    )  # fmt: skip


def size_of(row: Sequence[Glyph]) -> float:
    """Return the size of a line's glyphs: that of its tallest ones, as figures and marks are lower."""
    sizes = sorted(glyph.size for glyph in row)
    return sizes[round(TALL * (len(sizes) - 1))]


def _without_outer_blanks(row: Sequence[Glyph]) -> Sequence[Glyph]:
    inked = [at for at, glyph in enumerate(row) if glyph.text != " "]
    return row[inked[0] : inked[-1] + 1] if inked else row


def text_of_row(row: Iterable[Glyph]) -> str:
    """Return the text of glyphs beside each other, with a space where there is a gap."""
    text = ""
    last: Glyph | None = None
    for glyph in row:
        gap = last is not None and glyph.x0 - last.x1 > _least_gap(last, glyph)
        if (gap or glyph.text == " ") and not text.endswith(" "):
            text += " "
        text += glyph.text.strip()
        last = glyph
    return text.strip()


def _least_gap(a: Glyph, b: Glyph) -> float:
    both_plain = a.text.isascii() and b.text.isascii()
    return (_WORD_GAP if both_plain else _CJK_GAP) * max(a.size, b.size)


def gutter_of(rows: list[list[Glyph]]) -> float | None:
    """Return the middle of the gap between two columns of prose, or None.

    A table without rules has gaps as well; prose is told by left lines that run up to the gap.
    """
    gaps: list[tuple[float, float]] = []
    for row in rows:
        wide = [(a.x1, b.x0) for a, b in pairwise(row) if b.x0 - a.x1 > COLUMN_GAP * max(a.size, b.size)]
        if len(wide) == 1:
            gaps.append(wide[0])
    if len(gaps) < max(LEAST_COLUMN_LINES, 0.5 * len(rows)):
        return None
    start, end = max(gap[0] for gap in gaps), min(gap[1] for gap in gaps)
    size = statistics.median(glyph.size for row in rows for glyph in row)
    filled = sum(gap[0] > start - 2 * size for gap in gaps)
    return (start + end) / 2 if end > start and filled >= 0.6 * len(gaps) else None
