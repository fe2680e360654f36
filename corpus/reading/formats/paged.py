"""Documents made of pages (PDF, OFD, pictures): layout, tables, running headers, paragraphs over pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.reading.blocks import Block, BlockKind, Removed, SourceDocument
from corpus.reading.formats.aligned_tables import aligned_tables
from corpus.reading.formats.grid import Grid, GridCell
from corpus.reading.formats.lines import is_attachment_line, joined
from corpus.reading.formats.page_furniture import page_furniture
from corpus.reading.formats.pdf_lines import TextLine, gutter_of, lines_of, rows_of
from corpus.reading.formats.pdf_page import Glyph, PageContent
from corpus.reading.formats.pdf_paragraphs import Margins, Paragraph, margins_of, paragraphs_of, run_on
from corpus.reading.formats.pdf_tables import RuledTable, ruled_tables
from corpus.reading.formats.recognition import Scan
from corpus.reading.formats.tables import read_table

LARGER = 1.15  # than the body's glyphs: a heading


@dataclass
class _Table:
    """A ruled table on its page, its cells filled; `texts` are in the order of the table's cells."""

    ruled: RuledTable
    page: int
    texts: list[str]
    confidence: float | None = None

    @property
    def top(self) -> float:
        return self.ruled.box[1]


@dataclass
class _Page:
    content: PageContent
    lines: list[TextLine] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)


class PagedDocument:
    """Puts a document together from its pages as found: text pages and scanned ones."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._pages: list[_Page] = []
        self._removed: list[Removed] = []
        self._seen: list[str] = []

    def add_text(self, content: PageContent) -> None:
        """Add a page that has its text as characters."""
        read = self._add(content)
        if content.invisible:
            self._remove("hidden_text", "".join(glyph.text for glyph in content.invisible), content.number)
        self._lay_out(read, content.glyphs)

    def add_scan(self, content: PageContent, scan: Scan) -> None:
        """Add a page that was recognised; a text layer laid over the picture by a scanner gives way to it."""
        read = self._add(content)
        layer = "".join(glyph.text for glyph in [*content.glyphs, *content.invisible])
        self._remove("text_layer", layer, content.number)
        self._seen += [line.text for line in [*scan.lines, *scan.stamped]]
        for line in scan.stamped:
            self._remove("stamp", line.text, content.number)
        self._place(read, scan)

    def _add(self, content: PageContent) -> _Page:
        self._pages.append(_Page(content))
        self._seen.append(content.seen)
        for kind, found in groupby(content.aside, key=lambda aside: aside[0]):
            self._remove(kind, "".join(text for _, text in found), content.number)
        return self._pages[-1]

    def document(self, warnings: Iterable[str] = ()) -> SourceDocument:
        """Return the whole: page furniture taken out, paragraphs and tables joined over pages."""
        self._put_furniture_aside()
        blocks = tuple(self._blocks())
        return SourceDocument(self._name, blocks, tuple(self._removed), tuple(warnings), tuple(self._seen))

    def _place(self, read: _Page, scan: Scan) -> None:
        """Lay recognised lines out: into the ruled table that holds them, or as lines of the page."""
        boxes = [Glyph(line.text, line.x0, line.top, line.x1, line.bottom) for line in scan.lines]
        for ruled in ruled_tables(scan.rules, boxes):
            inside = [
                line
                for line in scan.lines
                if ruled.holds((line.x0 + line.x1) / 2, (line.top + line.bottom) / 2)
            ]
            texts = [""] * len(ruled.cells)
            for line in inside:
                at = ruled.cell_at((line.x0 + line.x1) / 2, (line.top + line.bottom) / 2)
                texts[at] = run_on(texts[at], line.text)
            sure = [line.confidence for line in inside if line.confidence is not None]
            read.tables.append(_Table(ruled, read.content.number, texts, min(sure, default=None)))
            scan = replace(scan, lines=tuple(line for line in scan.lines if line not in inside))
        read.lines = beside_each_other(scan.lines)

    def _lay_out(self, read: _Page, glyphs: Sequence[Glyph]) -> None:
        content = read.content
        rest = list(glyphs)
        for ruled in ruled_tables(content.rules, rest):
            inside: list[list[Glyph]] = [[] for _ in ruled.cells]
            outside: list[Glyph] = []
            for glyph in rest:
                x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
                if ruled.holds(x, y):
                    inside[ruled.cell_at(x, y)].append(glyph)
                else:
                    outside.append(glyph)
            rest = outside
            texts = [_cell_text(lines_of(cell, content.number)) if cell else "" for cell in inside]
            read.tables.append(_Table(ruled, content.number, texts))
        if rest and gutter_of([row for row in rows_of(rest) if row]) is None:
            aligned, rest = aligned_tables(rest)
            for found in aligned:
                ruled, texts = found.ruled()
                read.tables.append(_Table(ruled, content.number, texts))
        read.lines = lines_of(rest, content.number) if rest else []

    def _put_furniture_aside(self) -> None:
        """Take running headers, footers and page numbers out."""
        found = page_furniture(
            [page.lines for page in self._pages], [page.content.height for page in self._pages]
        )
        for page in self._pages:
            for line in page.lines:
                if line in found:
                    self._remove(found[line], line.text, line.page)
            page.lines = [line for line in page.lines if line not in found]

    def _blocks(self) -> Iterator[Block]:
        """Yield the blocks of all pages: runs of lines as paragraphs, tables between them."""
        margins = self._margins()
        above = ""
        for is_table, run in groupby(self._in_order(), key=lambda found: isinstance(found, _Table)):
            if is_table:
                for table in _continued(found for found in run if isinstance(found, _Table)):
                    reading = read_table(table.grid, f"第 {table.page} 页表格", above, table.page)
                    self._removed += reading.removed
                    self._removed += [
                        Removed("repeated_header", text, f"第 {p} 页") for text, p in table.repeated
                    ]
                    yield from (replace(block, confidence=table.confidence) for block in reading.blocks)
                continue
            for paragraph in paragraphs_of([line for line in run if isinstance(line, TextLine)], margins):
                above = paragraph.text
                yield _block(paragraph, margins[paragraph.page])

    def _margins(self) -> dict[int, Margins]:
        """Return the margins of each page: those of all pages as wide."""
        widths = {page.content.number: round(page.content.width) for page in self._pages}
        lines: dict[int, list[TextLine]] = {width: [] for width in widths.values()}
        for page in self._pages:
            lines[widths[page.content.number]] += page.lines
        told = {
            width: margins_of(found, width) if found else Margins(0, 0, 1) for width, found in lines.items()
        }
        return {number: told[width] for number, width in widths.items()}

    def _in_order(self) -> Iterator[TextLine | _Table]:
        for page in self._pages:
            waiting = sorted(page.tables, key=lambda table: table.top)
            for line in page.lines:
                while waiting and waiting[0].top < line.top:
                    yield waiting.pop(0)
                yield line
            yield from waiting

    def _remove(self, kind: str, text: str, page: int) -> None:
        if text.strip():
            self._removed.append(Removed(kind, text, f"第 {page} 页"))


@dataclass
class _WholeTable:
    """A table put together from the pages it runs over; `last` is its piece on the last of them."""

    page: int
    last: _Table
    cells: list[GridCell]
    height: int
    confidence: float | None
    repeated: list[tuple[str, int]] = field(default_factory=list)  # headers shown again: text, page

    @classmethod
    def of(cls, table: _Table) -> _WholeTable:
        cells = table.ruled.grid_cells(table.texts)
        return cls(table.page, table, cells, len(table.ruled.ys) - 1, table.confidence)

    @property
    def grid(self) -> Grid:
        return Grid.of(self.cells)

    def add(self, table: _Table) -> None:
        """Add the piece on the next page; a header row that it shows again goes."""
        cells = table.ruled.grid_cells(table.texts)
        header = [cell.text for cell in self.cells if cell.row == 0]
        first = [cell for cell in cells if cell.row == 0]
        again = [cell.text for cell in first] == header and all(cell.rows == 1 for cell in first)
        if again:
            self.repeated += [(text, table.page) for text in header if text]
            cells = [replace(cell, row=cell.row - 1) for cell in cells if cell.row]
        self.cells += [replace(cell, row=cell.row + self.height) for cell in cells]
        self.height += len(table.ruled.ys) - 1 - again
        sure = [told for told in (self.confidence, table.confidence) if told is not None]
        self.last, self.confidence = table, min(sure, default=None)


def _continued(tables: Iterable[_Table]) -> Iterator[_WholeTable]:
    """Join tables that go on over a page: the same columns, on the next page, nothing between them."""
    whole: _WholeTable | None = None
    for table in tables:
        if whole is not None and _same_columns(whole.last, table):
            whole.add(table)
            continue
        if whole is not None:
            yield whole
        whole = _WholeTable.of(table)
    if whole is not None:
        yield whole


def _same_columns(a: _Table, b: _Table) -> bool:
    one, other = a.ruled.xs, b.ruled.xs
    if b.page != a.page + 1 or len(one) != len(other):
        return False
    return all(abs((x - one[0]) - (y - other[0])) < 6 for x, y in zip(one, other, strict=True))


def _cell_text(lines: Sequence[TextLine]) -> str:
    """Join the lines of a cell: a line much shorter than the longest ended by itself."""
    text = ""
    longest = max((line.x1 - line.x0 for line in lines), default=0.0)
    for at, line in enumerate(lines):
        before = lines[at - 1]
        wrapped = at and before.x1 - before.x0 > longest - 2 * line.size
        text = run_on(text, line.text) if wrapped else joined(text, line.text)
    return text


def _block(paragraph: Paragraph, margins: Margins) -> Block:
    kind, level = BlockKind.PARAGRAPH, None
    if is_attachment_line(paragraph.text):
        kind = BlockKind.ATTACHMENT
    elif paragraph.size > LARGER * margins.size and len(paragraph.text) <= 80:
        kind, level = BlockKind.HEADING, 1
    return Block(kind, paragraph.text, level, page=paragraph.page, confidence=paragraph.confidence)


def beside_each_other(lines: Sequence[TextLine]) -> list[TextLine]:
    """Join recognised pieces that stand on one line of the page."""
    rows: list[TextLine] = []
    for line in sorted(lines, key=lambda found: (found.top + found.bottom) / 2):
        last = rows[-1] if rows else None
        if last is not None and min(last.bottom, line.bottom) - max(last.top, line.top) > 0.5 * min(
            last.size, line.size
        ):
            a, b = sorted((last, line), key=lambda found: found.x0)
            sure = min(last.confidence or 0.0, line.confidence or 0.0)
            rows[-1] = TextLine(
                f"{a.text} {b.text}", a.x0, min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom),
                max(a.size, b.size), line.page, sure,
            )  # fmt: skip
        else:
            rows.append(line)
    return rows
