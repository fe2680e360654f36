"""The rows and cells of a Word table, and the grid they make with their spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.reading.formats.grid import Grid, GridCell
from corpus.reading.formats.lines import joined
from corpus.reading.formats.word_xml import child, is_on, name_of, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_COLUMNS = 200
WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of a cell, and which of its characters the file does not hold (automatic numbers)."""

    text: str
    added: str


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell where it begins, how many columns it spans, whether it belongs to the cell above."""

    element: _Element
    column: int
    columns: int
    is_below: bool
    may_span_down: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; `is_deleted` where a revision took it out."""

    element: _Element
    cells: tuple[TableCell, ...]
    is_header: bool
    is_deleted: bool


def table_rows(table: _Element) -> Iterator[TableRow]:
    """Yield the rows of a table, those in content controls included."""
    for row in _within(table, "tr"):
        properties = child(row, "trPr")
        cells = tuple(_cells(row, number_of(child(properties, "gridBefore"))))
        yield TableRow(
            row, cells, is_on(child(properties, "tblHeader")), child(properties, "del") is not None
        )


def is_one_column(table: _Element) -> bool:
    """Tell whether a table is but a frame around paragraphs: no row has two cells."""
    return all(len(row.cells) <= 1 for row in table_rows(table))


def grid_of(rows: Sequence[TableRow], texts: Sequence[Sequence[CellText]]) -> Grid:
    """Return the grid of a table; a cell that continues a vertical span is part of the one above."""
    open_spans: dict[tuple[int, int], int] = {}  # (column, columns) → index in `listed`
    listed: list[GridCell] = []
    for at, (row, told) in enumerate(zip(rows, texts, strict=True)):
        for cell, content in zip(row.cells, told, strict=True):
            place = (cell.column, cell.columns)
            upper = open_spans.get(place)
            if cell.is_below and upper is not None:
                above = listed[upper]
                listed[upper] = GridCell(
                    above.row, above.column, joined(above.text, content.text), at - above.row + 1,
                    above.columns, above.is_header, above.added + content.added,
                )  # fmt: skip
                continue
            listed.append(
                GridCell(at, cell.column, content.text, 1, cell.columns, row.is_header, content.added)
            )
            open_spans.pop(place, None)
            if cell.may_span_down:
                open_spans[place] = len(listed) - 1
    return Grid.of(listed)


def _cells(row: _Element, column: int) -> Iterator[TableCell]:
    for cell in _within(row, "tc"):
        columns = max(1, number_of(child(cell, "tcPr", "gridSpan"), default=1))
        columns = min(columns, max(1, MOST_COLUMNS - column))
        merge = child(cell, "tcPr", "vMerge")
        is_below = merge is not None and value_of(merge) != "restart"
        yield TableCell(cell, column, columns, is_below, merge is not None)
        column += columns


def _within(element: _Element, name: str) -> Iterator[_Element]:
    for kid in element:
        if name_of(kid) == name:
            yield kid
        elif name_of(kid) in WRAPPERS:
            yield from _within(kid, name)
