"""Lines: hard wraps undone, blank lines and edges dropped, items run together on one line set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.reading.markers import read_marker
from corpus.reading.outline.candidates import field_label
from corpus.reading.outline.lines import lines_of
from corpus.reading.outline.tree import marks_inside_lines
from corpus.reading.tracked import Edit, TrackedText

ENDS = "。！？；：:;”」）)】》"
WIDEST_WRAP = 60
NARROWEST_WRAP = 15
FULL_LINES = 0.35
LABEL = re.compile(r"^[\u4e00-\u9fff]{2,8}[ ]")
ADDRESSEES = re.compile(
    "^(?:各|市|区|县|省)[\u4e00-\u9fff、，,（）()]{2,58}[：:]$"
)  # 各区人民政府，市直各单位：
MOST_ROUNDS = 3


def without_blank_lines(text: TrackedText) -> TrackedText:
    """Drop blank lines and blanks at the edges of lines."""
    text = text.edited("line_ends", [Edit(m.start(), m.end(), "\n") for m in re.finditer("\r\n?", text.text)])
    edges = re.finditer(r"\A\s++|(?<!\s)\s++\Z|(?<! )[ ]++(?=\n)|(?<=\n)[ ]++", text.text)
    text = text.edited("edges", [Edit(m.start(), m.end()) for m in edges])
    return text.edited(
        "blank_lines", [Edit(m.start(), m.end(), "\n") for m in re.finditer(r"\n{2,}", text.text)]
    )


def without_hard_wraps(text: TrackedText) -> TrackedText:
    """Join lines that were cut at a fixed width.

    Only in a text most of whose lines are equally long; a line that begins an item is never joined.
    """
    lines = text.text.split("\n")
    width = wrap_width(lines)
    if width is None:
        return text
    edits: list[Edit] = []
    at = 0
    for i, line in enumerate(lines[:-1]):
        at += len(line)
        if _is_cut(lines, i, width):
            edits.append(Edit(at, at + 1))
        at += 1
    return text.relined("hard_wrap", edits)


def wrap_width(lines: Sequence[str]) -> int | None:
    """Return the width at which most lines of a text were cut; None where they were not."""
    long = sorted(len(line) for line in lines if len(line) >= NARROWEST_WRAP)
    if len(long) < 5:
        return None
    width = long[int(len(long) * 0.9)]
    full = sum(length >= 0.85 * width for length in long)
    return width if width <= WIDEST_WRAP and full >= FULL_LINES * len(long) else None


def _is_cut(lines: list[str], i: int, width: int) -> bool:
    line, after = lines[i], lines[i + 1]
    if not after or read_marker(after) is not None or LABEL.match(after) or after[:8] in line:
        return False
    if ADDRESSEES.match(after) or _begins_field(after):
        return False
    if re.search(r"[一-鿿][0-9]+$", line) and re.match("[一-鿿%％]", after):
        return True
    return line[-1:] not in ENDS and (len(line) >= 0.75 * width or _is_in_column(lines, i))


def _begins_field(line: str) -> bool:
    """Tell whether a line is a field of a guide: 条件要求, or 时间/频度 每年8月左右."""
    label = field_label(line)
    return label is not None and (label[1] or line[len(label[0])] == " ")


def _is_in_column(lines: list[str], i: int) -> bool:
    """Tell whether the line is as long as a neighbour, as in a narrow column of a table."""
    if len(lines[i]) < NARROWEST_WRAP:
        return False
    around = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return any(abs(len(other) - len(lines[i])) <= 1 for other in around)


def with_items_on_lines(text: TrackedText) -> TrackedText:
    """Begin a new line at each mark inside a line that belongs to a series of items."""
    for _ in range(MOST_ROUNDS):
        offsets = marks_inside_lines(lines_of(text.text))
        if not offsets:
            break
        starts = [(len(text.text[:offset].rstrip(" 　")), offset) for offset in offsets]
        text = text.relined("run_in_item", [Edit(start, offset, "\n") for start, offset in starts])
    return text
