"""Ruled tables: from lines drawn on a page to the cells between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.reading.formats.grid import GridCell
from corpus.reading.formats.pdf_page import Glyph, Rule

NEAR = 3.5  # points within which two lines meet
LEAST_COVER = 0.5  # of a side of a cell, for the side to be drawn
MOST_LINES = 400


@dataclass(frozen=True)
class RuledTable:
    """A table by its lines: where its columns and rows begin and end, and which slots are one cell."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]  # row, column, rows, columns

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return the outer edges: x0, top, x1, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies within the table."""
        x0, top, x1, bottom = self.box
        return x0 <= x <= x1 and top <= y <= bottom

    def cell_at(self, x: float, y: float) -> int:
        """Return which cell holds a point."""
        column = _slot(self.xs, x)
        row = _slot(self.ys, y)
        return next(
            at
            for at, (r, c, rows, columns) in enumerate(self.cells)
            if r <= row < r + rows and c <= column < c + columns
        )

    def grid_cells(self, texts: Sequence[str]) -> list[GridCell]:
        """Return the cells with their texts."""
        return [
            GridCell(row, column, text, rows, columns)
            for (row, column, rows, columns), text in zip(self.cells, texts, strict=True)
        ]


def ruled_tables(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[RuledTable]:
    """Return the tables of a page from top to bottom: connected lines that enclose two cells or more."""
    merged = _merged(rules)
    tables = [table for group in _connected(merged) if (table := _table(group)) is not None]
    kept: list[RuledTable] = []
    for table in sorted(tables, key=lambda t: -(t.box[2] - t.box[0]) * (t.box[3] - t.box[1])):
        x0, top, x1, bottom = table.box
        inside = any(k.holds((x0 + x1) / 2, (top + bottom) / 2) for k in kept)
        filled = any(table.holds((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for g in glyphs)
        if filled and not inside:
            kept.append(table)
    return sorted(kept, key=lambda table: table.box[1])


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Join pieces of one line: cell borders are often drawn cell by cell."""
    merged: list[Rule] = []
    for horizontal in (True, False):
        spans = sorted(
            ((r.top, r.x0, r.x1) if horizontal else (r.x0, r.top, r.bottom))
            for r in rules
            if r.is_horizontal == horizontal
        )
        rows: list[list[tuple[float, float, float]]] = []
        for span in spans:
            if rows and span[0] - rows[-1][0][0] <= NEAR:
                rows[-1].append(span)
            else:
                rows.append([span])
        for row in rows:
            at = sum(span[0] for span in row) / len(row)
            start, end = -1.0, -1.0
            for _, a, b in sorted(row, key=lambda span: span[1]):
                if end < 0 or a > end + NEAR:
                    if end >= 0:
                        merged.append(Rule(start, at, end, at) if horizontal else Rule(at, start, at, end))
                    start, end = a, b
                end = max(end, b)
            merged.append(Rule(start, at, end, at) if horizontal else Rule(at, start, at, end))
    return merged[:MOST_LINES]


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Group lines that meet."""
    parent = list(range(len(rules)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for i, a in enumerate(rules):
        for j in range(i):
            if a.is_horizontal != rules[j].is_horizontal and _meet(a, rules[j]):
                parent[root(i)] = root(j)
    groups: dict[int, list[Rule]] = {}
    for at, rule in enumerate(rules):
        groups.setdefault(root(at), []).append(rule)
    return list(groups.values())


def _meet(a: Rule, b: Rule) -> bool:
    return (
        a.x0 <= b.x1 + NEAR and b.x0 <= a.x1 + NEAR and a.top <= b.bottom + NEAR and b.top <= a.bottom + NEAR
    )


def _table(rules: list[Rule]) -> RuledTable | None:
    across = [rule for rule in rules if rule.is_horizontal]
    down = [rule for rule in rules if not rule.is_horizontal]
    xs, ys = _distinct([r.x0 for r in down]), _distinct([r.top for r in across])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    return RuledTable(tuple(xs), tuple(ys), tuple(_cells(xs, ys, across, down)))


def _distinct(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept


def _cells(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> list[tuple[int, int, int, int]]:
    """Join the slots between which no line is drawn; a group that is no rectangle stays single slots."""
    wide, tall = len(xs) - 1, len(ys) - 1
    parent = list(range(wide * tall))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for r in range(tall):
        for c in range(wide):
            if c + 1 < wide and not _drawn(down, xs[c + 1], ys[r], ys[r + 1], upright=True):
                parent[root(r * wide + c + 1)] = root(r * wide + c)
            if r + 1 < tall and not _drawn(across, ys[r + 1], xs[c], xs[c + 1], upright=False):
                parent[root((r + 1) * wide + c)] = root(r * wide + c)
    groups: dict[int, list[tuple[int, int]]] = {}
    for at in range(wide * tall):
        groups.setdefault(root(at), []).append(divmod(at, wide))
    cells: list[tuple[int, int, int, int]] = []
    for slots in groups.values():
        top, left = min(r for r, _ in slots), min(c for _, c in slots)
        rows, columns = max(r for r, _ in slots) - top + 1, max(c for _, c in slots) - left + 1
        if rows * columns == len(slots):
            cells.append((top, left, rows, columns))
        else:
            cells += [(r, c, 1, 1) for r, c in slots]
    return sorted(cells)


def _drawn(rules: list[Rule], at: float, start: float, end: float, *, upright: bool) -> bool:
    covered = 0.0
    for rule in rules:
        place, a, b = (rule.x0, rule.top, rule.bottom) if upright else (rule.top, rule.x0, rule.x1)
        if abs(place - at) <= NEAR:
            covered += max(0.0, min(b, end) - max(a, start))
    return covered >= LEAST_COVER * (end - start)


def _slot(edges: tuple[float, ...], value: float) -> int:
    inner = sum(edge <= value for edge in edges[1:-1])
    return min(inner, len(edges) - 2)
