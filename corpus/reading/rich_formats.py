"""Text out of web pages, Word and PDF documents; what a reader would not see is left out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

UNSEEN = ("script", "style", "noscript", "template", "nav", "footer", "header", "form", "iframe", "svg")
BLOCKS = [
    "p",
    "div",
    "section",
    "article",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "br",
    "hr",
    "table",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "title",
    "body",
]
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])", re.I
)
LARGEST_UNPACKED = 200 * 1024 * 1024


def html_text(name: str, data: bytes) -> str:
    """Return the visible text of a web page, one block a line."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(_page_text(name, data), "html.parser")
    for tag in page(UNSEEN):
        tag.decompose()
    _drop_hidden(page)
    for tag in page(BLOCKS):
        tag.insert_before("\n")
        tag.append("\n")
    for cell in page(["td", "th"]):
        cell.append(" ")
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in page.get_text().split("\n"))
    return "\n".join(line for line in lines if line)


def _page_text(name: str, data: bytes) -> str:
    """Decode a page as it declares; where that fails, as its bytes suggest."""
    from corpus.reading.readers import decode

    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    if declared:
        charset = declared.group(1).decode("ascii").lower()
        try:
            return data.decode("gb18030" if charset in ("gb2312", "gbk") else charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(name, data)


def _drop_hidden(page: BeautifulSoup) -> None:
    from bs4 import Comment

    for comment in page.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in page.find_all(True):
        if tag.decomposed:
            continue
        style = str(tag.get("style") or "")
        if tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or HIDDEN.search(style):
            tag.decompose()


def docx_text(name: str, data: bytes) -> str:
    """Return the paragraphs and table rows of a Word document, in order."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        _refuse_bomb(name, data)
        document = Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines += [" ".join(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows]
            else:
                lines.append(block.text)
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, EOFError) as error:
        raise UnreadableError(
            f"{name}：不是完好的 Word（docx）文件。请用 Word 另存为 docx 后重试。"
        ) from error
    return "\n".join(line for line in lines if line.strip())


def _refuse_bomb(name: str, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise UnreadableError(f"{name}：解压后过大。请拆分后重试。")


def pdf_text(name: str, data: bytes) -> str:
    """Return the text of a PDF, page by page."""
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError(f"{name}：PDF 已加密。请去除密码后重试。")
        return "\n".join(page.extract_text() or "" for page in reader.pages)
    except (PdfReadError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError) as error:
        raise UnreadableError(f"{name}：PDF 已损坏，无法读取。请重新导出后重试。") from error
