"""A table as a grid: every slot knows its cell, spans filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell where it begins (counted from 0), how many rows and columns it spans, and its text.

    `is_header` is set where the file itself calls the cell a header; `added` holds the characters of the text
    that the file does not hold (an automatic number).
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    is_header: bool = False
    added: str = ""


Row = tuple[GridCell | None, ...]


@dataclass(frozen=True)
class Grid:
    """A table: `rows[r][c]` is the cell that covers the slot; a span covers several slots with one cell."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, cells: Iterable[GridCell]) -> Grid:
        """Lay the cells out; where two claim one slot, the first has it."""
        listed = list(cells)
        height = max((cell.row + cell.rows for cell in listed), default=0)
        width = max((cell.column + cell.columns for cell in listed), default=0)
        slots: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
        for cell in listed:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    slots[row][column] = slots[row][column] or cell
        return cls(tuple(tuple(row) for row in slots))

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def distinct(self, row: int) -> list[GridCell]:
        """Return the cells of a row from left to right, each once, the empty ones left out."""
        cells = dict.fromkeys(cell for cell in self.rows[row] if cell is not None and cell.text.strip())
        return list(cells)

    def column(self, at: int, first: int) -> list[str]:
        """Return the texts of a column from row `first` down, empty ones included."""
        return [cell.text if (cell := row[at]) else "" for row in self.rows[first:]]
