"""Web pages: the content a person sees in the middle, its title and field table; the frame is removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError
from corpus.reading.blocks import Block, BlockKind, Removed, SourceDocument
from corpus.reading.formats.grid import Grid
from corpus.reading.formats.html_hidden import UNTIL_SCRIPT, hidden_elements
from corpus.reading.formats.html_lines import Line, PageLines
from corpus.reading.formats.html_main import main_element
from corpus.reading.formats.lines import bare, is_attachment_line
from corpus.reading.formats.table_headers import label_columns
from corpus.reading.formats.tables import read_table
from corpus.reading.formats.text import BYTE_ORDER_MARKS, decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 250
SHORTEST_TITLE = 6
LONGEST_BYLINE = 90
NEAR = 8  # lines above the content
SHORTEST_PROSE = 30
_FIELD = re.compile(
    r"(索\s*引\s*号|统一编号|发文机[构关]|发布机[构关]|发布单位|制发机关|公开主体|发文字号|文\s*号|文件编号|名\s*称|标\s*题|"
    r"成文日期|发文日期|发文时间|发布日期|发布时间|公开日期|生成日期|生效日期|实施日期|施行日期|失效日期|废止日期|终止日期|"
    r"主题分类|体裁分类|主题词|分\s*类|有效性|时效性?|文件状态|效力状态|公开方式|公开形式|公文种类|来\s*源|信息来源|签发人)\s*[：:]\s*"
)
_BYLINE = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|来\s*源\s*[：:]|发布(?:机构|单位|时间|日期)\s*[：:]"
)
_TOOL = re.compile(
    r"分享|打印|关闭|字\s*[号体]|扫一扫|扫码|返回|收藏|纠错|浏览|阅读次数|[上下]一篇|当前位置|您的位置|首页|版权|主办|承办|备案|ICP|标识码"
    r"|技术支持|联系我们|网站地图|隐私|无障碍|长者"
)
_TITLE_PARTS = re.compile(
    r"(?<!\s)\s++[-|–—]++\s*+|(?:(?<!\s)\s++)?[_|]\s*+|[-–—](?=[^-–—]*(?:网站|门户|政府网|政务网|信息网|平台)$)"
)


def read_html(name: str, data: bytes) -> SourceDocument:
    """Read a web page.

    Raises:
        UnreadableError: no encoding fits, or the page is nested too deeply.
    """
    from lxml import html

    page = decode_page(name, data)
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (ValueError, html.etree.ParserError):
        raise UnreadableError(f"{name}：网页里没有内容。请检查是否保存完整。") from None
    _refuse_depths(name, root)
    body = root.find("body")
    return _read(name, root, root if body is None else body, page)


def decode_page(name: str, data: bytes) -> str:
    """Decode a page: valid UTF-8 whatever it declares; else as declared; else as it reads best."""
    if data.startswith(tuple(BYTE_ORDER_MARKS)):
        return decode(name, data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096])
    charset = declared[1].decode("ascii").lower() if declared else ""
    if charset in ("utf-8", "utf8"):
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") < 0.001 * len(text) + 3:
            return text
    try:
        return data.decode("gb18030" if charset in ("gb2312", "gbk", "x-gbk", "gb_2312-80") else charset)
    except (LookupError, UnicodeError):
        return decode(name, data)


def _refuse_depths(name: str, root: HtmlElement) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise UnreadableError(f"{name}：网页嵌套过深，无法读取。请另存为 txt 后重试。")


def _read(name: str, root: HtmlElement, body: HtmlElement, page: str) -> SourceDocument:
    hidden, until_script = hidden_elements(root)
    lines = PageLines(main_element(body, hidden), hidden)
    lines.read(root)
    bar = next((line.text for line in lines.lines if line.is_page_title), "")
    told = next((m.get("content") or "" for m in root.iter("meta") if m.get("name") == "ArticleTitle"), "")
    shown = [line for line in lines.lines if not line.is_page_title]
    sorting = _Sorting(shown, bar, " ".join(told.split()))
    sorting.sort()
    warnings = [UNTIL_SCRIPT] if until_script else []
    if lines.pictures:
        warnings.append(f"正文中有 {lines.pictures} 幅图片，图片里的文字没有读取。")
    return SourceDocument(
        name, tuple(sorting.blocks), tuple(sorting.removed), tuple(warnings), tuple(_page_pieces(page))
    )


class _Sorting:
    """Decides of each line of a page whether it is content."""

    def __init__(self, lines: list[Line], page_title: str, title: str) -> None:
        self.blocks: list[Block] = []
        self.removed: list[Removed] = []
        self._lines = _labels_with_values(lines)
        self._page_title = page_title
        self._title = title or _TITLE_PARTS.split(page_title)[0].strip()
        inside = [at for at, line in enumerate(self._lines) if line.in_main and not line.aside]
        self._first = inside[0] if inside else 0
        self._beginning = bare("".join(self._lines[at].text for at in inside[:6]))
        self._title_shown = any(self._is_title(self._lines[at]) for at in inside[:6])

    def sort(self) -> None:
        """Sort all lines."""
        for at, line in enumerate(self._lines):
            if line.aside:
                self._remove(line.aside, line.text)
            elif line.table is not None:
                self._table(line.table, line)
            elif (line.in_main and not self._is_frame(line)) or self._belongs(at, line):
                self._keep(line)
            else:
                self._remove(line.frame or "navigation", line.text)
        self._keep_page_title()

    def _is_frame(self, line: Line) -> bool:
        """Tell whether a line inside the content is one of the page's own tools all the same."""
        if not line.frame or line.level is not None or len(line.text) >= SHORTEST_PROSE:
            return False
        return line.linked > 0.5 * len(line.text) or _TOOL.search(line.text) is not None

    def _belongs(self, at: int, line: Line) -> bool:
        """Tell whether a line outside the content is its title, its byline, a field of it, or more prose."""
        if line.linked > 0.5 * len(line.text):
            return False
        is_near = 0 < self._first - at <= NEAR
        if not self._title_shown and at < self._first and self._may_be_title(line, is_near):
            self._title_shown = True
            line.level = line.level or 1
            return True
        if line.frame:
            return False
        told = _FIELD.match(line.text)
        if told and line.text[told.end() :].strip():
            return True
        if is_near and len(line.text) <= LONGEST_BYLINE and _BYLINE.search(line.text):
            return True
        return "。" in line.text and len(line.text) >= SHORTEST_PROSE and not _TOOL.search(line.text)

    def _may_be_title(self, line: Line, is_near: bool) -> bool:
        """Tell whether a line is the page's title, or a heading right above a text without one."""
        if self._is_title(line):
            return True
        is_heading = is_near and not line.frame and (line.level is not None or line.is_titled)
        return (
            is_heading
            and len(bare(line.text)) >= SHORTEST_TITLE
            and not _BYLINE.search(line.text)
            and bare(line.text) not in self._beginning
        )

    def _is_title(self, line: Line) -> bool:
        words, title = bare(line.text), bare(self._title)
        if len(words) < SHORTEST_TITLE or not title:
            return False
        return words == title or (words in bare(self._page_title) and len(words) >= 0.6 * len(title))

    def _keep(self, line: Line) -> None:
        kind = (
            BlockKind.HEADING if line.level else BlockKind.LIST_ITEM if line.is_item else BlockKind.PARAGRAPH
        )
        if is_attachment_line(line.text):
            kind = BlockKind.ATTACHMENT
        level = line.level if kind is BlockKind.HEADING else None
        self.blocks.append(Block(kind, line.text, level, added=line.added))

    def _table(self, grid: Grid, line: Line) -> None:
        fields = list(_fields(grid))
        if fields:
            for told, label, value in fields:
                if not value:
                    self._remove("empty_field", label)
                elif told or line.in_main:
                    mark = "" if label.endswith(("：", ":")) else "："
                    self.blocks.append(Block(BlockKind.PARAGRAPH, f"{label}{mark}{value}", added=mark))
                else:
                    self._remove(line.frame or "navigation", f"{label} {value}")
        elif line.in_main or (not line.frame and "。" in line.text):
            above = self.blocks[-1].text if self.blocks else ""
            reading = read_table(grid, "网页表格", above)
            self.blocks += reading.blocks
            self.removed += reading.removed
        else:
            self._remove(line.frame or "navigation", line.text)

    def _keep_page_title(self) -> None:
        """Give the page's title as a heading where the content itself begins without one."""
        first = self.blocks[0].text if self.blocks else ""
        has_own = bool(first) and len(first) <= 60 and not first.endswith(("。", "：", "；", ":"))
        in_bar = bool(self._title) and self._title in self._page_title
        if in_bar and self.blocks and not has_own and not self._is_kept(self._title):
            self.blocks.insert(0, Block(BlockKind.HEADING, self._title, 1))
            self._remove("page_title", self._page_title.replace(self._title, "", 1))
        else:
            self._remove("page_title", self._page_title)

    def _is_kept(self, words: str) -> bool:
        return bare(words) in (bare(block.text) for block in self.blocks)

    def _remove(self, kind: str, text: str) -> None:
        if text.strip():
            self.removed.append(Removed(kind, text, "网页"))


def _labels_with_values(lines: list[Line]) -> list[Line]:
    """Join a label that stands alone (发文机构：) with the line that follows it, its value."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and not (last.aside or line.aside or last.table or line.table or _FIELD.match(line.text))
            and _FIELD.fullmatch(last.text) is not None
            and last.in_main == line.in_main
        ):
            last.text += line.text
            last.linked += line.linked
            last.added += line.added
        else:
            joined.append(line)
    return joined


def _fields(grid: Grid) -> Iterator[tuple[bool, str, str]]:
    """Yield label and value of a field table (索引号、发文机关…), told whether the label is a known one."""
    if not label_columns(grid, 0):
        return
    pairs = []
    for row in range(len(grid.rows)):
        slots = [cell for cell in dict.fromkeys(grid.rows[row]) if cell is not None and cell.row == row]
        pairs += [(a.text.strip(), b.text.strip()) for a, b in list(pairwise(slots))[::2]]
    known = [_FIELD.match(f"{label.rstrip('：:')}：") is not None for label, _ in pairs]
    if sum(known) >= 2:
        yield from ((told, label, value) for told, (label, value) in zip(known, pairs, strict=True))


class _TextNodes(HTMLParser):
    """The text nodes of a page, scripts and style sheets left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._code += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._code = max(0, self._code - 1)

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.pieces.append(data)


def _page_pieces(page: str) -> list[str]:
    nodes = _TextNodes()
    nodes.feed(page)
    nodes.close()
    return nodes.pieces
