"""Pictures in a Word document: scanned annexes are recognised, small ones and drawings are only counted."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from corpus.reading.formats.image import opened_picture
from corpus.reading.formats.packages import Package
from corpus.reading.formats.paged import beside_each_other
from corpus.reading.formats.pdf_lines import TextLine
from corpus.reading.formats.recognition import Recognizer
from corpus.reading.formats.word_xml import value_of

SMALLEST = (240, 60)  # pixels: smaller pictures are emblems and marks


class WordPictures:
    """The pictures of one document by their relation ids."""

    def __init__(self, package: Package, recognizer: Recognizer | None) -> None:
        self._package = package
        self._recognizer = recognizer
        self._unread = self._number = 0
        root = package.xml_if_there("word/_rels/document.xml.rels")
        self._targets = {value_of(r, "Id"): value_of(r, "Target") for r in root} if root is not None else {}

    def lines(self, relation: str) -> Sequence[TextLine]:
        """Recognise a picture where it is large enough for words; return its lines."""
        path = posixpath.normpath(posixpath.join("word", self._targets.get(relation, "").lstrip("/")))
        data = self._package.part(path) if path in self._package.parts else b""
        picture = opened_picture(data) if self._recognizer is not None and data else None
        if picture is None or self._recognizer is None:
            self._unread += 1
            return ()
        if picture.shape[1] < SMALLEST[0] or picture.shape[0] < SMALLEST[1]:
            return ()
        self._number += 1
        scan = self._recognizer.picture(picture, self._number)
        return beside_each_other([*scan.lines, *scan.stamped]) if scan is not None else ()

    def warnings(self) -> Iterator[str]:
        """Yield what a person should know of the pictures."""
        if self._recognizer is not None:
            yield from self._recognizer.warnings()
        if self._unread:
            yield f"文件中有 {self._unread} 幅图片，图片里的文字没有读取。"
