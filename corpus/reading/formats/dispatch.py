"""From bytes to a document: what a file is decides who reads it; what is risky is read in a process of its own."""

from __future__ import annotations

from corpus.errors import UnreadableError
from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.kinds import FileKind, kind_of
from corpus.reading.formats.recognition import Recognizer

SHORTEST_TEXT = 2


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

        return read_docx(name, data)
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
    from corpus.reading.formats.isolation import MUST_BE_ISOLATED, SAFE_SIZE, read_isolated

    kind = kind_of(name, data)
    if kind is FileKind.PROTECTED:
        raise UnreadableError(f"{name}：文件有密码保护（已加密）。请去除密码后重试。")
    if kind is FileKind.UNKNOWN:
        raise UnreadableError(
            f"{name}：不支持这种文件。请转换为 docx、pdf、html、xlsx 或 txt 后重试；压缩包请先解压。"
        )
    is_risky = kind in MUST_BE_ISOLATED or (len(data) > SAFE_SIZE and kind is not FileKind.OFFICE)
    document = read_isolated(name, data, kind) if is_risky else read_here(name, data, kind)
    if len(document.text.strip()) < SHORTEST_TEXT:
        raise UnreadableError("\n".join((f"{name}：文件里没有文字。", *document.warnings)))
    return document
