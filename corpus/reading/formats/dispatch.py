"""From bytes to a document: what a file is decides who reads it; all but plain text apart."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from corpus.errors import UnreadableError
from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.kinds import FileKind, kind_of
from corpus.reading.formats.recognition import Recognizer

SHORTEST_TEXT = 2
_CALLED = {
    ".docx": FileKind.DOCX, ".docm": FileKind.DOCX, ".xlsx": FileKind.XLSX, ".xlsm": FileKind.XLSX,
    ".pdf": FileKind.PDF, ".ofd": FileKind.OFD, ".png": FileKind.IMAGE, ".jpg": FileKind.IMAGE,
    ".jpeg": FileKind.IMAGE, ".doc": FileKind.OFFICE, ".wps": FileKind.OFFICE, ".rtf": FileKind.OFFICE,
    ".odt": FileKind.OFFICE, ".xls": FileKind.OFFICE, ".txt": FileKind.TEXT, ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
}  # fmt: skip
_KIND_NAMES = {
    FileKind.TEXT: "纯文本", FileKind.HTML: "网页", FileKind.DOCX: "Word（docx）",
    FileKind.XLSX: "Excel（xlsx）", FileKind.PDF: "PDF", FileKind.OFD: "OFD", FileKind.IMAGE: "图片",
    FileKind.OFFICE: "旧版 Word 等格式",
}  # fmt: skip


def read_here(name: str, data: bytes, kind: FileKind) -> SourceDocument:
    """Read a file in this process; libraries are imported only for the format at hand.

    Raises:
        UnreadableError: the file cannot be read; the message says why and what to do.
    """
    if kind is FileKind.TEXT:
        from corpus.reading.formats.text import read_text_file

        return read_text_file(name, data)
    if kind is FileKind.HTML:
        from corpus.reading.formats.html import read_html

        return read_html(name, data)
    if kind is FileKind.DOCX:
        from corpus.reading.formats.docx import read_docx

        return read_docx(name, data, Recognizer("幅图"))
    if kind is FileKind.XLSX:
        from corpus.reading.formats.xlsx import read_xlsx

        return read_xlsx(name, data)
    return _read_pages(name, data, kind)


def _read_pages(name: str, data: bytes, kind: FileKind) -> SourceDocument:
    recognizer = Recognizer()
    if kind is FileKind.PDF:
        from corpus.reading.formats.pdf import read_pdf

        return read_pdf(name, data, recognizer)
    if kind is FileKind.OFD:
        from corpus.reading.formats.ofd import read_ofd

        return read_ofd(name, data, recognizer)
    if kind is FileKind.IMAGE:
        from corpus.reading.formats.image import read_image

        return read_image(name, data, recognizer)
    from corpus.reading.formats.office import read_office

    return read_office(name, data)


def read_document(name: str, data: bytes) -> SourceDocument:
    """Read a file of any known kind.

    Raises:
        UnreadableError: unknown, protected, damaged, too large, without words, or not read in time.
    """
    from corpus.reading.formats.isolation import read_isolated

    kind = kind_of(name, data)
    if kind is FileKind.PROTECTED:
        raise UnreadableError(f"{name}：文件有密码保护（已加密）。请去除密码后重试。")
    if kind is FileKind.UNKNOWN:
        raise UnreadableError(
            f"{name}：不支持这种文件。请转换为 docx、pdf、html、xlsx 或 txt 后重试；压缩包请先解压。"
        )
    document = read_here(name, data, kind) if kind is FileKind.TEXT else read_isolated(name, data, kind)
    if len(document.text.strip()) < SHORTEST_TEXT:
        raise UnreadableError("\n".join((f"{name}：文件里没有文字。", *document.warnings)))
    return _called_otherwise(document, kind)


def _called_otherwise(document: SourceDocument, kind: FileKind) -> SourceDocument:
    """Say so where a file's name promises another kind than it is; refuse scraps of damaged files."""
    suffix = Path(document.name).suffix.lower()
    called = _CALLED.get(suffix, kind)
    if called is kind:
        return document
    if (
        kind is FileKind.TEXT
        and called is not FileKind.HTML
        and not re.search("[\u4e00-\u9fff]", document.text)
    ):
        raise UnreadableError(f"{document.name}：不是完好的 {suffix[1:]} 文件。请重新导出或另存后重试。")
    told = f"文件名以 {suffix} 结尾，内容是{_KIND_NAMES[kind]}：已按内容读取。"
    return replace(document, warnings=(*document.warnings, told))
