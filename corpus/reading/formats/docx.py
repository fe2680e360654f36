"""Word documents (docx): paragraphs, automatic numbers, tables, text boxes, notes; revisions as accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.reading.blocks import Block, BlockKind, Removed, SourceDocument
from corpus.reading.formats.docx_account import docx_pieces
from corpus.reading.formats.grid import Grid
from corpus.reading.formats.lines import is_attachment_line, joined, one_line
from corpus.reading.formats.packages import Package
from corpus.reading.formats.recognition import Recognizer
from corpus.reading.formats.tables import read_table
from corpus.reading.formats.word_inline import Inline, chosen, read_inline
from corpus.reading.formats.word_numbering import Numbering
from corpus.reading.formats.word_pictures import WordPictures
from corpus.reading.formats.word_styles import Styles, outline_level
from corpus.reading.formats.word_tables import (
    WRAPPERS,
    CellText,
    TableRow,
    grid_of,
    is_one_column,
    table_rows,
)
from corpus.reading.formats.word_xml import child, children, name_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "word/document.xml"
MOST_NESTED = 20
REVISIONS = "文件含有修订痕迹：已按“接受全部修订”读取，删去的文字列在移除项中。请核对是否为定稿。"
MACROS = "文件带有宏：宏没有运行，只读取了文字。"


def read_docx(name: str, data: bytes, recognizer: Recognizer | None = None) -> SourceDocument:
    """Read a Word document; pictures in it are recognised where a recogniser is given, else named.

    Raises:
        UnreadableError: no intact docx, protected, or larger than the limits of `packages`.
    """
    package = Package(name, data, " Word（docx）")
    reader = _DocxReader(package, recognizer)
    body = child(package.xml(MAIN), "body")
    if body is None:
        raise package.damaged()
    reader.blocks_of(body)
    reader.put_aside()
    return SourceDocument(
        name,
        tuple(reader.blocks),
        tuple(reader.removed),
        tuple(reader.warnings()),
        (*docx_pieces(package), *reader.recognised),
    )


class _DocxReader:
    def __init__(self, package: Package, recognizer: Recognizer | None) -> None:
        self.package = package
        self.recognised: list[str] = []
        self.blocks: list[Block] = []
        self.removed: list[Removed] = []
        self._styles = Styles(package.xml_if_there("word/styles.xml"))
        self._numbering = Numbering(package.xml_if_there("word/numbering.xml"))
        self._notes = {kind: self._notes_in(kind) for kind in ("footnote", "endnote")}
        self._note_numbers: dict[tuple[str, str], int] = {}
        self._carried = Inline()  # a paragraph whose mark a revision deleted: it runs on into the next
        self._pictures = WordPictures(package, recognizer)
        self._tables = self._depth = 0
        self._has_revisions = False

    def warnings(self) -> Iterator[str]:
        """Yield what a person should know."""
        if self._has_revisions:
            yield REVISIONS
        yield from self._pictures.warnings()
        if any(part.endswith("vbaProject.bin") for part in self.package.parts):
            yield MACROS

    def blocks_of(self, container: _Element) -> None:
        """Read paragraphs and tables in order."""
        for element in self._content(container):
            if name_of(element) == "p":
                self._paragraph(element)
            else:
                self._table(element)

    def _content(self, container: _Element) -> Iterator[_Element]:
        """Yield paragraphs and tables, out of content controls and other wrappers."""
        for kid in container:
            name = name_of(kid)
            if name in ("p", "tbl"):
                yield kid
            elif name == "AlternateContent":
                if (branch := chosen(kid)) is not None:
                    yield from self._content(branch)
            elif name in ("del", "moveFrom"):
                self._remove("deleted_revision", _all_text(kid), "正文")
            elif name in WRAPPERS:
                self._has_revisions |= name in ("ins", "moveTo")
                yield from self._content(kid)

    def _paragraph(self, paragraph: _Element) -> None:
        properties = child(paragraph, "pPr")
        style = self._styles.of(properties)
        inline = self._inline(paragraph, style)
        if inline is None:
            return
        number = self._number(properties, style)
        lines = [one_line(line) for line in (number + inline.text).split("\n")]
        added = number.strip() + inline.added
        for at, line in enumerate(line for line in lines if line):
            if line == number.strip() and not inline.text.strip():
                break
            kind, level = self._kind(line, properties, style, bool(number) and at == 0)
            self.blocks.append(Block(kind, line, level, added=added if at == 0 else ""))
        self._beside(inline)

    def _inline(self, paragraph: _Element, style: str) -> Inline | None:
        """Read a paragraph; None where a revision deleted its mark and it runs on into the next."""
        inline = read_inline(paragraph, self._styles, style)
        self._has_revisions |= inline.has_revisions
        for kind, text in inline.removed:
            self._remove(kind, text, f"第 {len(self.blocks) + 1} 段")
        marks = child(paragraph, "pPr", "rPr")
        inline.text = self._carried.text + inline.text
        inline.added = self._carried.added + inline.added
        inline.notes = self._carried.notes + inline.notes
        inline.boxes = self._carried.boxes + inline.boxes
        inline.pictures = self._carried.pictures + inline.pictures
        self._carried = Inline()
        if child(marks, "del") is not None or child(marks, "moveFrom") is not None:
            self._has_revisions = True
            self._carried = inline
            return None
        return inline

    def _number(self, properties: _Element | None, style: str) -> str:
        numbers = child(properties, "numPr")
        list_id = value_of(child(numbers, "numId"))
        level = value_of(child(numbers, "ilvl"))
        if not list_id:
            list_id, style_level = self._styles.list_of(style)
            tied = self._numbering.of_style(style)
            level = level or style_level or (str(tied[1]) if tied and list_id else "")
        if not list_id or list_id == "0":
            return ""
        return self._numbering.next(list_id, int(level) if level.isdecimal() else 0)

    def _kind(
        self, line: str, properties: _Element | None, style: str, is_numbered: bool
    ) -> tuple[BlockKind, int | None]:
        if is_attachment_line(line):
            return BlockKind.ATTACHMENT, None
        level = outline_level(properties) or self._styles.heading_level(style)
        if level is not None:
            return BlockKind.HEADING, level
        return (BlockKind.LIST_ITEM if is_numbered else BlockKind.PARAGRAPH), None

    def _beside(self, inline: Inline) -> None:
        """Read the text boxes, pictures and notes of a paragraph, after it."""
        for box in inline.boxes:
            self.blocks_of(box)
        for relation in inline.pictures:
            for line in self._pictures.lines(relation):
                self.recognised.append(line.text)
                self.blocks.append(Block(BlockKind.PARAGRAPH, line.text, confidence=line.confidence))
        for kind, note_id in inline.notes:
            self._note(kind, note_id)

    def _note(self, kind: str, note_id: str) -> None:
        note = self._notes[kind].pop(note_id, None)
        if note is None:
            return
        number = 1 + sum(1 for known, _ in self._note_numbers if known == kind)
        self._note_numbers[(kind, note_id)] = number
        cell = self._cell_text(note)
        label = f"注{number}：" if kind == "footnote" else f"尾注{number}："
        if cell.text:
            self.blocks.append(Block(BlockKind.FOOTNOTE, label + cell.text, added=label + cell.added))

    def _table(self, table: _Element) -> None:
        self._tables += 1
        place = f"第 {self._tables} 个表格"
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise self.package.damaged()
        if is_one_column(table):
            for row in table_rows(table):
                if row.is_deleted:
                    self._remove("deleted_revision", _all_text(row.element), place)
                    continue
                for cell in row.cells:
                    self.blocks_of(cell.element)
        else:
            beside: list[Inline] = []
            grid = self._grid(table, place, beside)
            reading = read_table(grid, place, self.blocks[-1].text if self.blocks else "")
            self.blocks += reading.blocks
            self.removed += reading.removed
            for inline in beside:
                self._beside(inline)
        self._depth -= 1

    def _grid(self, table: _Element, place: str, beside: list[Inline]) -> Grid:
        """Lay a table out, each cell with its text; rows that a revision deleted are put aside."""
        rows: list[TableRow] = []
        for row in table_rows(table):
            if row.is_deleted:
                self._has_revisions = True
                self._remove("deleted_revision", _all_text(row.element), place)
            else:
                rows.append(row)
        texts = [[self._cell_text(cell.element, beside) for cell in row.cells] for row in rows]
        return grid_of(rows, texts)

    def _cell_text(self, cell: _Element, beside: list[Inline] | None = None) -> CellText:
        """Return the text of a cell or a note on one line; a nested table's rows are parted by `；`."""
        text = added = ""
        for element in self._content(cell):
            if name_of(element) == "p":
                properties = child(element, "pPr")
                style = self._styles.of(properties)
                inline = self._inline(element, style)
                if inline is None:
                    continue
                number = self._number(properties, style) if inline.text.strip() else ""
                pieces = [CellText(number + inline.text, number.strip() + inline.added)]
                pieces += [self._cell_text(box, beside) for box in inline.boxes]
                if beside is not None:
                    beside.append(Inline(notes=inline.notes, pictures=inline.pictures))
            else:
                pieces = [self._nested(element, beside)]
            for piece in pieces:
                for line in piece.text.split("\n"):
                    text = joined(text, one_line(line))
                added += piece.added
        return CellText(text, added)

    def _nested(self, table: _Element, beside: list[Inline] | None) -> CellText:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise self.package.damaged()
        grid = self._grid(table, "嵌套表格", [] if beside is None else beside)
        reading = read_table(grid, "嵌套表格")
        self._depth -= 1
        self.removed += reading.removed
        marks = "；" * (len(reading.blocks) - 1)
        text = "；".join(block.text for block in reading.blocks)
        return CellText(text, "".join(block.added for block in reading.blocks) + marks)

    def _notes_in(self, kind: str) -> dict[str, _Element]:
        root = self.package.xml_if_there(f"word/{kind}s.xml")
        if root is None:
            return {}
        shown = (note for note in children(root, kind) if value_of(note, "type") in ("", "normal"))
        return {value_of(note, "id"): note for note in shown}

    def put_aside(self) -> None:
        """Record what stands outside the text: page headers, footers, comments, notes nothing refers to."""
        if self._carried.text.strip():
            self.blocks.append(
                Block(BlockKind.PARAGRAPH, one_line(self._carried.text), added=self._carried.added)
            )
        for kind, notes in self._notes.items():
            for note in notes.values():
                self._remove(f"unreferenced_{kind}", _all_text(note), "文末")
        for part in sorted(self.package.parts):
            for start, kind, place in (
                ("word/header", "page_header", "页眉"),
                ("word/footer", "page_footer", "页脚"),
                ("word/comments.", "comment", "批注"),
            ):
                if part.startswith(start) and part.endswith(".xml"):
                    self._remove(kind, _all_text(self.package.xml(part)), place)

    def _remove(self, kind: str, text: str, place: str) -> None:
        if text.strip():
            self.removed.append(Removed(kind, text, place))


def _all_text(element: _Element) -> str:
    """Return all words within an element, each alternative once, deleted ones included."""
    if name_of(element) == "AlternateContent":
        branch = chosen(element)
        return _all_text(branch) if branch is not None else ""
    own = (element.text or "") if name_of(element) in ("t", "delText") else ""
    return own + "".join(_all_text(kid) for kid in element)
