"""From a table to one block a row, each understood alone: header, value and unit of every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.reading.blocks import Block, BlockKind, Cell, Removed
from corpus.reading.formats.grid import Grid, GridCell
from corpus.reading.formats.table_headers import header_rows, label_columns
from corpus.reading.formats.units_told import (
    is_bare_number,
    is_measured_by,
    unit_of_header,
    unit_told_above,
    with_unit,
)

LEVELS = "·"  # between a header and the one above it


@dataclass(frozen=True, slots=True)
class TableReading:
    """The rows of a table as blocks, and what no row shows."""

    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...] = ()


@dataclass
class _Line:
    """A row being written: its pieces, and which of their characters are the table's own."""

    text: str = ""
    added: str = ""
    cells: list[Cell] = field(default_factory=list)

    def own(self, words: str) -> None:
        self.text += words

    def add(self, words: str) -> None:
        self.text += words
        self.added += words


def read_table(grid: Grid, place: str, above: str = "", page: int | None = None) -> TableReading:
    """Write each row of a table out as `header：value` pairs, parted by `；`.

    `above` is the line before the table: a unit told there (单位：万元) holds for its bare numbers. A label
    that spans rows is written in each of them, equal cells are kept, empty ones are left out. A table
    without a header gives its cells parted by spaces; one of labels and values gives `label：value`.
    """
    return _Table(grid, place, unit_told_above(above), page).read()


class _Table:
    def __init__(self, grid: Grid, place: str, unit: str, page: int | None) -> None:
        self._grid = grid
        self._place = place
        self._page = page
        self._unit = unit
        self._shown: set[GridCell] = set()
        self._removed: list[Removed] = []

    def read(self) -> TableReading:
        blocks: list[Block] = []
        first = 0
        while first < len(self._grid.rows) and (caption := self._whole_row(first)) is not None:
            blocks += self._caption(caption)
            first += 1
        headers = header_rows(self._grid, first)
        in_pairs = label_columns(self._grid, first)
        for row in range(first + headers, len(self._grid.rows)):
            blocks += self._row(row, first, headers, in_pairs)
        blocks += self._header_alone(first, headers, blocks)
        return TableReading(tuple(blocks), tuple(self._removed))

    def _whole_row(self, row: int) -> GridCell | None:
        """Return the one cell of a row that spans the table, as a caption does."""
        cells = self._grid.distinct(row)
        if len(cells) == 1 and cells[0].columns == self._grid.width > 1 and len(self._grid.rows) > 1:
            return cells[0]
        return None

    def _caption(self, cell: GridCell) -> Iterator[Block]:
        self._unit = unit_told_above(cell.text) or self._unit
        if cell not in self._shown:
            self._shown.add(cell)
            yield Block(BlockKind.CAPTION, cell.text.strip(), page=self._page, added=cell.added)

    def _row(self, row: int, first: int, headers: int, in_pairs: bool) -> Iterator[Block]:
        line = _Line()
        cells = self._grid.distinct(row)
        for at, cell in enumerate(cells):
            if line.text:
                line.add(self._mark(cells[at - 1], cell, headers, in_pairs))
            label = cells[at - 1].text if in_pairs and at else ""
            self._write(line, cell, self._headers_of(cell, first, headers), label)
        if line.text and not all(cell in self._done_before(row) for cell in cells):
            kind = BlockKind.TABLE_ROW
            yield Block(kind, line.text, cells=tuple(line.cells), page=self._page, added=line.added)

    def _done_before(self, row: int) -> set[GridCell]:
        """Return the cells that began in a row above: a row of nothing else says nothing new."""
        return {cell for cell in self._grid.rows[row] if cell is not None and cell.row < row}

    def _mark(self, before: GridCell, cell: GridCell, headers: int, in_pairs: bool) -> str:
        if headers:
            return "；"
        if not in_pairs:
            return " "
        if cell.column % 2 == 0:
            return "；"
        return "" if before.text.strip().endswith(("：", ":")) else "："

    def _headers_of(self, cell: GridCell, first: int, headers: int) -> list[list[GridCell]]:
        """Return the header cells above each column of a cell, top down."""
        columns = range(cell.column, cell.column + cell.columns)
        chains = [
            list(
                dict.fromkeys(
                    header
                    for row in range(first, first + headers)
                    if (header := self._grid.rows[row][at]) is not None and header.text.strip()
                )
            )
            for at in columns
        ]
        return [chain for i, chain in enumerate(chains) if chain and chain not in chains[:i]]

    def _write(self, line: _Line, cell: GridCell, chains: list[list[GridCell]], label: str) -> None:
        text = cell.text.strip()
        own_unit = next((unit for chain in chains for h in reversed(chain) if (unit := _unit(h))), "")
        names = "、".join(LEVELS.join(_name(header) for header in chain) for chain in chains)
        table_unit = self._unit if self._unit and is_measured_by(self._unit, names or label) else ""
        unit = own_unit or table_unit
        if not is_bare_number(text) or self._counts_rows(cell):
            unit = ""
        owed = self._write_headers(line, chains, bool(unit and own_unit))
        value = with_unit(text, unit) if unit else text
        if cell in self._shown:
            line.add(value)
        else:
            self._shown.add(cell)
            line.own(value)
            line.added += cell.added
            line.added += unit if unit and not owed else ""
        line.cells.append(Cell(names, text, unit))

    def _write_headers(self, line: _Line, chains: list[list[GridCell]], leaves_unit: bool) -> bool:
        """Write the headers of a cell; return whether its unit is one of theirs that was not yet shown."""
        owed = False
        for at, chain in enumerate(chains):
            if at:
                line.add("、")
            for level, header in enumerate(chain):
                if level:
                    line.add(LEVELS)
                name = _name(header) if leaves_unit else header.text.strip()
                if header in self._shown:
                    line.add(name)
                    continue
                self._shown.add(header)
                line.own(name)
                line.added += header.added
                if leaves_unit and (unit := _unit(header)):
                    rest = header.text.strip().removeprefix(name)
                    self._remove("unit_mark", rest if owed else rest.replace(unit, "", 1))
                    owed = True
        if chains:
            line.add("：")
        return owed

    def _counts_rows(self, cell: GridCell) -> bool:
        """Tell whether a bare number only counts the rows: a first column 1, 2, 3."""
        if cell.column:
            return False
        numbers = [text.strip() for text in self._grid.column(0, 0) if text.strip().isdecimal()]
        numbers = list(dict.fromkeys(numbers))
        return len(numbers) > 1 and [int(number) for number in numbers] == list(range(1, len(numbers) + 1))

    def _header_alone(self, first: int, headers: int, blocks: list[Block]) -> Iterator[Block]:
        """Give the header as a row where no row stands under it; name its words that no row shows."""
        listed = [cell for row in range(first, first + headers) for cell in self._grid.distinct(row)]
        unseen = [cell for cell in dict.fromkeys(listed) if cell not in self._shown]
        if unseen and not any(block.kind is BlockKind.TABLE_ROW for block in blocks):
            text = " ".join(cell.text.strip() for cell in unseen)
            cells = tuple(Cell("", cell.text.strip()) for cell in unseen)
            yield Block(BlockKind.TABLE_ROW, text, cells=cells, page=self._page)
            return
        for cell in unseen:
            self._remove("empty_column", cell.text.strip())

    def _remove(self, kind: str, text: str) -> None:
        if text.strip():
            self._removed.append(Removed(kind, text, self._place))


def _unit(header: GridCell) -> str:
    return unit_of_header(header.text.strip())[1]


def _name(header: GridCell) -> str:
    return unit_of_header(header.text.strip())[0]
