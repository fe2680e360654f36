"""Spreadsheets (xlsx): each sheet's tables as rows, values as they are shown."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from corpus.reading.blocks import Block, BlockKind, Removed, SourceDocument
from corpus.reading.formats.grid import Grid, GridCell
from corpus.reading.formats.lines import one_line
from corpus.reading.formats.packages import LARGEST_XML, Package
from corpus.reading.formats.tables import read_table
from corpus.reading.formats.word_xml import name_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CELLS = 300_000
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|sheet)\s*\d*")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


def read_xlsx(name: str, data: bytes) -> SourceDocument:
    """Read a spreadsheet; formulas give the value that was last shown.

    Raises:
        UnreadableError: no intact xlsx, protected, or too large.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    package = Package(name, data, " Excel（xlsx）")
    _refuse_large(package)
    try:
        workbook = load_workbook(io.BytesIO(data), data_only=True)
    except (
        InvalidFileException,
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        SyntaxError,
        OSError,
    ):
        raise package.damaged() from None
    reader = _WorkbookReader(package)
    for sheet in workbook.worksheets:
        reader.read(sheet, is_named=len(workbook.worksheets) > 1)
    reader.read_drawings()
    warnings = (
        ["文件带有宏：宏没有运行，只读取了单元格。"] if any("vbaProject" in p for p in package.parts) else []
    )
    return SourceDocument(
        name, tuple(reader.blocks), tuple(reader.removed), tuple(warnings), tuple(reader.seen)
    )


def _refuse_large(package: Package) -> None:
    total = 0
    for part in package.parts:
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            total += len(package.part(part))
    if total > LARGEST_XML // 2:
        from corpus.errors import UnreadableError

        raise UnreadableError(f"{package.name}：表格过大，无法读取。请只保留需要的工作表后重试。")


class _WorkbookReader:
    def __init__(self, package: Package) -> None:
        self.blocks: list[Block] = []
        self.removed: list[Removed] = []
        self.seen: list[str] = []
        self._package = package

    def read(self, sheet: Worksheet, *, is_named: bool) -> None:
        """Read a sheet: its name where it says something, its tables, the lines around them."""
        place = f"工作表“{sheet.title}”"
        cells = list(_cells(sheet))
        self.seen += [cell.text for cell in cells]
        if is_named and cells and not _DEFAULT_NAME.fullmatch(sheet.title):
            self.blocks.append(Block(BlockKind.HEADING, sheet.title, 1, added=sheet.title))
        if sheet.sheet_state != "visible":
            self._put_aside("hidden_sheet", cells, place)
            return
        hidden_rows = {row - 1 for row, told in sheet.row_dimensions.items() if told.hidden}
        hidden_columns = _hidden_columns(sheet)
        hidden = [c for c in cells if c.row in hidden_rows or c.column in hidden_columns]
        self._put_aside("hidden_cells", hidden, place)
        for region in _regions([cell for cell in cells if cell not in hidden]):
            self._region(region, place)

    def _region(self, cells: list[GridCell], place: str) -> None:
        """Read rows that follow each other: lone cells first and last are lines, the rest is a table."""
        rows: dict[int, list[GridCell]] = {}
        for cell in cells:
            rows.setdefault(cell.row, []).append(cell)
        order = sorted(rows)
        while order and len(rows[order[0]]) == 1:
            self._line(rows[order.pop(0)][0])
        last: list[GridCell] = []
        while order and len(rows[order[-1]]) == 1 and rows[order[-1]][0].column == 0:
            last.insert(0, rows[order.pop()][0])
        body = [cell for row in order for cell in rows[row]]
        if body:
            top, left = order[0], min(cell.column for cell in body)
            grid = Grid.of(
                GridCell(c.row - top, c.column - left, c.text, min(c.rows, order[-1] - c.row + 1), c.columns)
                for c in body
            )
            reading = read_table(grid, place, self.blocks[-1].text if self.blocks else "")
            self.blocks += reading.blocks
            self.removed += reading.removed
        for cell in last:
            self._line(cell)

    def _line(self, cell: GridCell) -> None:
        self.blocks.append(Block(BlockKind.PARAGRAPH, cell.text))

    def _put_aside(self, kind: str, cells: list[GridCell], place: str) -> None:
        if cells:
            self.removed.append(Removed(kind, " ".join(cell.text for cell in cells), place))

    def read_drawings(self) -> None:
        """Read the text boxes of all sheets."""
        for part in sorted(self._package.parts):
            if part.startswith("xl/drawings/drawing") and part.endswith(".xml"):
                for paragraph in self._package.xml(part).iter():
                    if name_of(paragraph) != "p":
                        continue
                    text = one_line(
                        "".join(run.text or "" for run in paragraph.iter() if name_of(run) == "t")
                    )
                    if text:
                        self.seen.append(text)
                        self.blocks.append(Block(BlockKind.PARAGRAPH, text))


def _cells(sheet: Worksheet) -> Iterator[GridCell]:
    spans = {
        (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
        for r in sheet.merged_cells.ranges
    }
    count = 0
    for row in sheet.iter_rows():
        for cell in row:
            text = one_line(shown(cell.value, cell.number_format))
            if not text:
                continue
            count += 1
            if count > MOST_CELLS:
                return
            rows, columns = spans.get((cell.row, cell.column), (1, 1))
            yield GridCell(cell.row - 1, cell.column - 1, text, min(rows, 2000), min(columns, 200))


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for told in sheet.column_dimensions.values():
        if told.hidden and told.min and told.max:
            hidden |= set(range(told.min - 1, min(told.max, told.min + 500)))
    return hidden


def _regions(cells: list[GridCell]) -> Iterator[list[GridCell]]:
    """Split a sheet at its empty rows."""
    region: list[GridCell] = []
    reach = -1
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        if region and cell.row > reach + 1:
            yield region
            region = []
        region.append(cell)
        reach = max(reach, cell.row + cell.rows - 1)
    if region:
        yield region


def shown(value: Any, number_format: str = "General") -> str:
    """Return a value as the sheet shows it: percentages, dates, literal units.

    >>> shown(0.3, "0%"), shown(50, '0"万元"'), shown(2000000.0), shown(datetime.date(2025, 3, 1))
    ('30%', '50万元', '2000000', '2025-03-01')
    """
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat(" ", "minutes") if isinstance(value, datetime.datetime) else value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    section = number_format.split(";")[0]
    literals = ["".join(pair) for pair in _LITERAL.findall(section)]
    plain = _LITERAL.sub("", section)
    if "%" in plain:
        return f"{_plain(value * 100)}%"
    unit = literals[-1] if literals and section.rstrip().endswith(('"', literals[-1])) else ""
    return f"{_plain(value)}{unit}"


def _plain(value: float) -> str:
    """Return a number without an exponent or binary noise."""
    text = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return "0" if text in ("-0", "") else text
