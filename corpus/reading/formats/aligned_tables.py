"""Tables without ruled lines: rows of a page whose pieces stand under each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.reading.formats.pdf_lines import COLUMN_GAP, rows_of, size_of, text_of_row
from corpus.reading.formats.pdf_page import Glyph
from corpus.reading.formats.pdf_tables import RuledTable
from corpus.reading.markers import read_marker

FEWEST_ROWS = {2: 3}  # of a table of so many columns; else two
CLOSE = 0.9  # glyphs between two lines of one cell
_BULLET = re.compile(r"[•●■◆▪➢\-—·]|[0-9a-zA-Z]{1,3}[.)）、]?")


@dataclass
class _Column:
    x0: float
    x1: float

    def overlaps(self, x0: float, x1: float) -> bool:
        return x0 < self.x1 and self.x0 < x1


@dataclass
class AlignedTable:
    """A table by its columns and the glyphs of its cells, row by row."""

    columns: list[_Column] = field(default_factory=list)
    rows: list[dict[int, list[list[Glyph]]]] = field(default_factory=list)
    bottom: float = 0.0

    def ruled(self) -> tuple[RuledTable, list[str]]:
        """Return the table as if lines were drawn between its cells, and the texts of these."""
        order = sorted(range(len(self.columns)), key=lambda at: self.columns[at].x0)
        xs = [self.columns[at].x0 for at in order]
        tops = [min(g.top for lines in row.values() for line in lines for g in line) for row in self.rows]
        cells, texts = [], []
        for r, row in enumerate(self.rows):
            for c, at in enumerate(order):
                if c == 0 and r and at not in row:
                    continue  # the label above holds for this row too
                below = 1 if c else self._without_label(r, at)
                cells.append((r, c, below, 1))
                texts.append("".join(text_of_row(line) for line in row.get(at, [])))
        return RuledTable((*xs, self.columns[order[-1]].x1), (*tops, self.bottom), tuple(cells)), texts

    def _without_label(self, row: int, column: int) -> int:
        """Return how many rows a label holds for: its own and those below that have none."""
        below = row + 1
        while below < len(self.rows) and column not in self.rows[below]:
            below += 1
        return below - row

    @property
    def is_table(self) -> bool:
        """Tell whether the rows are a table, not a list whose marks stand apart from their words."""
        if len(self.columns) < 2 or len(self.rows) < FEWEST_ROWS.get(len(self.columns), 2):
            return False
        first = min(range(len(self.columns)), key=lambda at: self.columns[at].x0)
        marks = ["".join(text_of_row(line) for line in row[first]) for row in self.rows if first in row]
        return not all(_BULLET.fullmatch(mark) or read_marker(mark) for mark in marks)


def aligned_tables(glyphs: Sequence[Glyph]) -> tuple[list[AlignedTable], list[Glyph]]:
    """Return the tables among the glyphs of a page, and the glyphs outside them."""
    tables: list[AlignedTable] = []
    open_table = AlignedTable()
    for row in rows_of(glyphs):
        inked = [glyph for glyph in row if glyph.text != " "]
        if not inked:
            continue
        pieces = _pieces(inked)
        if open_table.rows and _continues(open_table, pieces):
            _add_to_last(open_table, pieces[0])
        elif len(pieces) < 2 or not _add_row(open_table, pieces):
            tables += [open_table] if open_table.is_table else []
            open_table = AlignedTable()
            if len(pieces) >= 2:
                _add_row(open_table, pieces)
    tables += [open_table] if open_table.is_table else []
    taken = {
        id(g)
        for table in tables
        for row in table.rows
        for lines in row.values()
        for line in lines
        for g in line
    }
    return tables, [glyph for glyph in glyphs if id(glyph) not in taken]


def _pieces(row: Sequence[Glyph]) -> list[list[Glyph]]:
    pieces = [[row[0]]]
    gap = COLUMN_GAP * size_of(row)
    for glyph in row[1:]:
        if glyph.x0 - pieces[-1][-1].x1 > gap:
            pieces.append([])
        pieces[-1].append(glyph)
    return pieces


def _add_row(table: AlignedTable, pieces: list[list[Glyph]]) -> bool:
    """Add a row whose pieces each stand in one column, known or new; tell whether it fits."""
    placed: dict[int, list[list[Glyph]]] = {}
    new: list[_Column] = []
    for piece in pieces:
        x0, x1 = piece[0].x0, max(glyph.x1 for glyph in piece)
        over = [at for at, column in enumerate(table.columns) if column.overlaps(x0, x1)]
        if len(over) > 1 or (over and over[0] in placed):
            return False
        at = over[0] if over else len(table.columns) + len(new)
        if not over:
            new.append(_Column(x0, x1))
        placed[at] = [piece]
    if table.rows and len(new) == len(pieces):
        return False
    table.columns += new
    for at, lines in placed.items():
        table.columns[at].x0 = min(table.columns[at].x0, lines[0][0].x0)
        table.columns[at].x1 = max(table.columns[at].x1, lines[0][-1].x1)
    table.rows.append(placed)
    table.bottom = max(glyph.bottom for piece in pieces for glyph in piece)
    return True


def _continues(table: AlignedTable, pieces: list[list[Glyph]]) -> bool:
    """Tell whether a lone piece is one more line of a cell above it."""
    if len(pieces) != 1:
        return False
    piece = pieces[0]
    over = [at for at, column in enumerate(table.columns) if column.overlaps(piece[0].x0, piece[-1].x1)]
    near = min(glyph.top for glyph in piece) - table.bottom < CLOSE * size_of(piece)
    if len(over) != 1 or not near or over[0] not in table.rows[-1] or read_marker(text_of_row(piece)):
        return False
    right = [column.x0 for column in table.columns if column.x0 > table.columns[over[0]].x0]
    return piece[-1].x1 < min(right, default=float("inf")) - size_of(piece)


def _add_to_last(table: AlignedTable, piece: list[Glyph]) -> None:
    at = next(at for at, column in enumerate(table.columns) if column.overlaps(piece[0].x0, piece[-1].x1))
    table.rows[-1][at].append(piece)
    table.columns[at].x1 = max(table.columns[at].x1, piece[-1].x1)
    table.bottom = max(glyph.bottom for glyph in piece)
