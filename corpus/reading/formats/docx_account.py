"""The words of a Word document as a second, simpler pass finds them: every text element of every part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.reading.formats.packages import Package

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
_STARTS = ("word/header", "word/footer")
_TEXT = ("t", "delText")


def docx_pieces(package: Package) -> tuple[str, ...]:
    """Return the text elements of a document with its notes, comments, page headers and footers.

    Of two alternatives for one drawing (mc:AlternateContent) only one is shown; the first with text counts.
    """
    from defusedxml.ElementTree import fromstring

    pieces: list[str] = []
    for part in sorted(package.parts):
        if part in _PARTS or (part.startswith(_STARTS) and part.endswith(".xml")):
            pieces += _pieces(fromstring(package.part(part)))
    return tuple(pieces)


def _pieces(element: Element) -> Iterator[str]:
    name = element.tag.rpartition("}")[2]
    if name in _TEXT and element.text:
        yield element.text
    if name == "AlternateContent":
        yield from next((found for branch in element if (found := list(_pieces(branch)))), [])
        return
    for kid in element:
        yield from _pieces(kid)
