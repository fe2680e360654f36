"""PDF files: each page by its text where it has any, else by what recognition finds in its picture."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError
from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.paged import PagedDocument
from corpus.reading.formats.pdf_page import PageContent, read_page
from corpus.reading.formats.recognition import Recognizer

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES = 2000
LONGEST = 60.0  # seconds for all pages, recognition apart
SCANNED_SHARE = 0.4  # of the page that a picture covers
PICTURE_SHARE = 0.1  # a picture that may hold words
FEWEST_GLYPHS = 30  # that a page with text of its own has beside a picture
UNREADABLE_SHARE = 0.3  # of glyphs without a known character: the font tells nothing


def read_pdf(name: str, data: bytes, recognizer: Recognizer) -> SourceDocument:
    """Read a PDF; a page that is a picture is recognised, or named as unread.

    Raises:
        UnreadableError: damaged, protected by a password, without pages or with too many.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError(f"{name}：PDF 有密码保护（已加密）。请去除密码后重试。") from None
        raise _damaged(name) from None
    try:
        document.init_forms()
        if len(document) > MOST_PAGES:
            raise UnreadableError(f"{name}：有 {len(document)} 页，超过 {MOST_PAGES} 页上限。请拆分后重试。")
        return _read(name, document, recognizer)
    except pypdfium2.PdfiumError:
        raise _damaged(name) from None
    finally:
        document.close()


def _damaged(name: str) -> UnreadableError:
    return UnreadableError(f"{name}：PDF 已损坏，无法读取。请重新导出后重试。")


def _read(name: str, document: PdfDocument, recognizer: Recognizer) -> SourceDocument:
    whole = PagedDocument(name)
    layers: list[int] = []
    pictures: list[int] = []
    started = time.monotonic()
    for number in range(1, len(document) + 1):
        if time.monotonic() - started - recognizer.spent > LONGEST:
            raise UnreadableError(f"{name}：读取超过 {LONGEST:.0f} 秒，已停在第 {number} 页。请拆分后重试。")
        page = document[number - 1]
        try:
            if document.formenv is not None:
                page.flatten()  # filled-in fields become part of the page
            content = read_page(page, number)
            scan = recognizer.page(page, number) if _is_scan(content) else None
        finally:
            page.close()
        if scan is not None:
            whole.add_scan(content, scan)
            continue
        if _is_scan(content) and content.invisible:
            layers.append(number)
            content.glyphs, content.invisible = [*content.glyphs, *content.invisible], []
        elif content.picture_share >= PICTURE_SHARE and not recognizer.has_looked_at(number):
            pictures.append(number)
        whole.add_text(content)
    warnings = list(recognizer.warnings())
    if layers:
        warnings.append(f"第 {_listed(layers)} 页的文字取自扫描件自带的识别层，请对照原件核对。")
    if pictures:
        warnings.append(f"第 {_listed(pictures)} 页有图片，图片里的文字没有读取。")
    return whole.document(warnings)


def _listed(numbers: list[int]) -> str:
    return "、".join(map(str, numbers))


def _is_scan(content: PageContent) -> bool:
    """Tell whether a page is a picture: hardly any visible text, or text whose font tells no characters."""
    unknown = sum(not _is_known(glyph.text) for glyph in content.glyphs)
    if content.glyphs and unknown > UNREADABLE_SHARE * len(content.glyphs):
        return True
    return content.picture_share >= SCANNED_SHARE and len(content.glyphs) < FEWEST_GLYPHS


def _is_known(char: str) -> bool:
    return char != "\ufffd" and not "\ue000" <= char <= "\uf8ff" and ord(char) >= 32
