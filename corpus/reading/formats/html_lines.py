"""A web page as lines and tables in the order shown, each with what is needed to judge whether to keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.reading.formats.grid import Grid, GridCell
from corpus.reading.formats.html_hidden import CODE, CONTROLS, NOT_RENDERED
from corpus.reading.formats.html_main import around, is_layout_table, is_named_title
from corpus.reading.formats.lines import joined, one_line
from corpus.reading.formats.word_numbers import written

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
_HEADING = re.compile("h[1-6]")
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLES = {
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter",
}  # fmt: skip
MOST_SPANNED = 1000
MOST_COLUMNS = 200


@dataclass
class Line:
    """A line of the page: its words, how many are links, its heading level, and where it stands."""

    text: str = ""
    linked: int = 0
    level: int | None = None
    is_item: bool = False
    is_page_title: bool = False
    is_titled: bool = False  # in an element named after a title
    added: str = ""
    in_main: bool = False
    frame: str = ""  # the part of the page's frame it stands in (navigation, page_footer)
    aside: str = ""  # why its words are not shown (hidden_text, form_control)
    table: Grid | None = None


@dataclass
class _Place:
    in_main: bool = False
    frame: str = ""
    aside: str = ""
    linked: bool = False
    level: int | None = None
    is_item: bool = False
    is_pre: bool = False
    is_page_title: bool = False
    is_titled: bool = False


@dataclass
class PageLines:
    """Collects the lines of a page."""

    main: HtmlElement
    hidden: set[HtmlElement]
    lines: list[Line] = field(default_factory=list)
    pictures: int = 0
    _open: Line | None = None
    _numbers: list[tuple[str, int]] = field(default_factory=list)  # of each open list: format and next number
    _pending: str = ""  # the number of an item that has no words yet

    def read(self, element: HtmlElement, place: _Place | None = None) -> None:
        """Read an element and what it holds; its tail belongs to the element around it."""
        place = place or _Place()
        tag = element.tag
        if not isinstance(tag, str) or tag in CODE:
            return
        inner = self._inner(element, tag, place)
        if tag == "table" and not inner.aside and not is_layout_table(element):
            self._break()
            self._table(element, inner)
            return
        if tag in _BLOCKS or tag == "br":
            self._break()
        if tag == "li" and not inner.aside:
            self._number(element)
        self._words(element.text, inner)
        if tag in ("ol", "ul"):
            self._numbers.append(_list_format(element))
        for kid in element:
            self.read(kid, inner)
            self._words(kid.tail, inner)
        if tag in ("ol", "ul"):
            self._numbers.pop()
        if tag in _BLOCKS:
            self._break()

    def _inner(self, element: HtmlElement, tag: str, place: _Place) -> _Place:
        aside = place.aside or (
            "hidden_text" if element in self.hidden else
            "not_rendered" if tag in NOT_RENDERED and tag != "head" else
            "form_control" if tag in CONTROLS else
            "ruby" if tag in ("rt", "rp") else ""
        )  # fmt: skip
        self.pictures += tag == "img" and place.in_main and not aside
        in_main = place.in_main or element is self.main
        return _Place(
            in_main=in_main,
            frame="" if element is self.main else place.frame or around(element),
            aside=aside,
            linked=place.linked or tag == "a",
            level=int(tag[1]) if _HEADING.fullmatch(tag) else place.level,
            is_item=place.is_item or tag == "li",
            is_pre=place.is_pre or tag == "pre",
            is_page_title=place.is_page_title or tag == "title",
            is_titled=place.is_titled or (not in_main and is_named_title(element)),
        )

    def _break(self) -> None:
        if self._open is not None and self._open.text.strip():
            self._open.text = one_line(self._open.text)
            self.lines.append(self._open)
        self._open = None

    def _words(self, text: str | None, place: _Place) -> None:
        if not text:
            return
        for at, piece in enumerate(text.split("\n") if place.is_pre else [text]):
            if at:
                self._break()
            words = re.sub(r"[ \t\r\n\f\v\xa0]+", " ", piece)
            if self._open is not None and self._open.aside != place.aside:
                if not words.strip():
                    continue
                if place.aside:
                    self.lines.append(Line(one_line(words), aside=place.aside))
                    continue
                self._break()
            if self._open is None:
                if not words.strip():
                    continue
                self._open = self._line(place)
            self._open.text += words
            self._open.linked += len(words.strip()) if place.linked else 0

    def _line(self, place: _Place) -> Line:
        number, self._pending = ("", self._pending) if place.aside else (self._pending, "")
        return Line(
            text=number, level=place.level, is_item=place.is_item, is_page_title=place.is_page_title,
            is_titled=place.is_titled, added=number.strip(), in_main=place.in_main, frame=place.frame,
            aside=place.aside,
        )  # fmt: skip

    def _number(self, item: HtmlElement) -> None:
        self._pending = ""
        if not self._numbers:
            return
        number_format, number = self._numbers[-1]
        value = (item.get("value") or "").strip()
        number = int(value) if value.isdecimal() and len(value) < 6 else number
        self._numbers[-1] = (number_format, number + 1)
        if number_format != "none":
            mark = "、" if number_format == "chineseCounting" else ". "
            self._pending = written(number, number_format) + mark

    def _table(self, table: HtmlElement, place: _Place) -> None:
        cells, nested = self._cells(table, place)
        if caption := next((kid for kid in table if kid.tag == "caption"), None):
            self.read(caption, place)
        grid = Grid.of(cells)
        if grid.width <= 1:
            for cell in nested:
                self.read(cell, place)
                self._break()
            return
        self.lines.append(
            Line(" ".join(cell.text for cell in cells), in_main=place.in_main, frame=place.frame, table=grid)
        )

    def _cells(self, table: HtmlElement, place: _Place) -> tuple[list[GridCell], list[HtmlElement]]:
        """Lay the cells of a table out as a browser does, spans reaching into the rows below."""
        cells: list[GridCell] = []
        elements: list[HtmlElement] = []
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(_rows(table)):
            column = 0
            for cell in (kid for kid in row if kid.tag in ("td", "th")):
                while (at, column) in taken:
                    column += 1
                if column >= MOST_COLUMNS:
                    break
                wide, tall = (
                    _span(cell, "colspan", MOST_COLUMNS - column),
                    _span(cell, "rowspan", MOST_SPANNED),
                )
                taken |= {(at + r, column + c) for r in range(tall) for c in range(wide)}
                text, added = self._cell_text(cell, place)
                cells.append(GridCell(at, column, text, tall, wide, cell.tag == "th", added))
                elements.append(cell)
                column += wide
        height = max((cell.row for cell in cells), default=0) + 1
        cut = [
            GridCell(c.row, c.column, c.text, min(c.rows, height - c.row), c.columns, c.is_header, c.added)
            for c in cells
        ]
        return cut, elements

    def _cell_text(self, cell: HtmlElement, place: _Place) -> tuple[str, str]:
        """Return the words of a cell on one line; what is not shown in it joins the page's lines."""
        from corpus.reading.formats.tables import read_table

        inner = PageLines(self.main, self.hidden)
        inner.read(cell, _Place(in_main=place.in_main))
        self.pictures += inner.pictures
        text = added = ""
        for line in inner.lines:
            if line.aside:
                self.lines.append(line)
            elif line.table is not None:
                blocks = read_table(line.table, "嵌套表格").blocks
                text = joined(text, "；".join(block.text for block in blocks))
                added += "".join(block.added for block in blocks) + "；" * (len(blocks) - 1)
            else:
                text = joined(text, line.text)
                added += line.added
        return text, added


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for kid in table:
        if kid.tag == "tr":
            yield kid
        elif kid.tag in ("tbody", "thead", "tfoot", "form"):
            yield from _rows(kid)


def _span(cell: HtmlElement, name: str, most: int) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 9 else 1


def _list_format(element: HtmlElement) -> tuple[str, int]:
    style = re.search(r"list-style(?:-type)?\s*:\s*([\w-]+)", element.get("style") or "")
    if element.tag == "ul" or (style and style[1] == "none"):
        return "none", 1
    start = (element.get("start") or "").strip()
    number_format = _LIST_STYLES.get(style[1] if style else "") or _LIST_TYPES.get(element.get("type") or "")
    return number_format or "decimal", int(start) if start.isdecimal() and len(start) < 6 else 1
