"""Lines: hard wraps undone, blank lines and edges dropped, items run together on one line set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.reading.markers import Style, read_marker
from corpus.reading.tracked import Edit, TrackedText

ENDS = "。！？；：:;”」）)】》"
WIDEST_WRAP = 60
NARROWEST_WRAP = 15
FULL_LINES = 0.35
LABEL = re.compile(r"^[\u4e00-\u9fff]{2,8}[ ]")
INLINE_ITEM = re.compile(
    r"(?<=[。；;：:])[ ]*(?=第[0-9一二三四五六七八九十百]+条|[（(][一二三四五六七八九十]+[）)])"
)


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
    width = _wrap_width(lines)
    if width is None:
        return text
    edits: list[Edit] = []
    at = 0
    for i, line in enumerate(lines[:-1]):
        at += len(line)
        if _is_cut(lines, i, width):
            edits.append(Edit(at, at + 1))
        at += 1
    return text.edited("hard_wrap", edits)


def _wrap_width(lines: list[str]) -> int | None:
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
    if re.search(r"[一-鿿][0-9]+$", line) and re.match("[一-鿿%％]", after):
        return True
    return line[-1:] not in ENDS and (len(line) >= 0.75 * width or _is_in_column(lines, i))


def _is_in_column(lines: list[str], i: int) -> bool:
    """Tell whether the line is as long as a neighbour, as in a narrow column of a table."""
    if len(lines[i]) < NARROWEST_WRAP:
        return False
    around = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return any(abs(len(other) - len(lines[i])) <= 1 for other in around)


def with_items_on_lines(text: TrackedText) -> TrackedText:
    """Begin a new line at each 第X条 or (X) that follows its predecessor on the same line."""
    return text.edited("run_in_item", list(_run_in_items(text.text)))


def _run_in_items(text: str) -> Iterator[Edit]:
    at = 0
    for line in text.splitlines(keepends=True):
        last: dict[Style, int] = {}
        opening = read_marker(line)
        if opening is not None:
            last[opening.style] = opening.number
        for gap in INLINE_ITEM.finditer(line):
            marker = read_marker(line[gap.end() :])
            if marker is None:
                continue
            expected = last.get(marker.style, 0) + 1
            if marker.number == expected and (marker.number > 1 or _goes_on(line[gap.end() :], marker.style)):
                yield Edit(at + gap.start(), at + gap.end(), "\n")
                last[marker.style] = marker.number
        at += len(line)


def _goes_on(rest: str, style: Style) -> bool:
    """Tell whether a second item of the same style follows on the line."""
    following = (read_marker(rest[gap.end() :]) for gap in INLINE_ITEM.finditer(rest))
    return any(marker is not None and marker.style is style and marker.number == 2 for marker in following)
