"""OFD (GB/T 33190), the layout format of Chinese offices: pages of placed text in a zip of XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError
from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.image import opened_picture
from corpus.reading.formats.look_alikes import as_ordinary
from corpus.reading.formats.packages import Package
from corpus.reading.formats.paged import PagedDocument
from corpus.reading.formats.pdf_page import Glyph, PageContent, Rule
from corpus.reading.formats.recognition import Recognizer, Scan
from corpus.reading.formats.word_xml import child, children, name_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

POINTS = 72 / 25.4  # a millimetre
A4 = (0.0, 0.0, 210.0, 297.0)
SCANNED_SHARE = 0.4
FEWEST_GLYPHS = 30
MOST_PAGES = 2000
_NUMBERS = re.compile(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?")
_STEPS = re.compile(r"([MLC])\s+([-\d.]+)\s+([-\d.]+)|C")


def read_ofd(name: str, data: bytes, recognizer: Recognizer) -> SourceDocument:
    """Read an OFD file; page templates and annotations are part of a page, scanned pages are recognised.

    Raises:
        UnreadableError: no intact OFD, encrypted, or with too many pages.
    """
    package = Package(name, data, " OFD ")
    if any(part.endswith("Encryptions.xml") for part in package.parts):
        raise UnreadableError(f"{name}：OFD 文件已加密。请去除加密后重试。")
    whole = PagedDocument(name)
    number = 0
    for root in _descendants(package.xml("OFD.xml"), "DocRoot"):
        document = _OfdDocument(package, (root.text or "").strip().lstrip("/"))
        for content in document.pages(number + 1):
            number = content.number
            if number > MOST_PAGES:
                raise UnreadableError(f"{name}：超过 {MOST_PAGES} 页上限。请拆分后重试。")
            scan = document.recognise(content, recognizer)
            if scan is None:
                whole.add_text(content)
            else:
                whole.add_scan(content, scan)
    if not number:
        raise package.damaged()
    return whole.document(recognizer.warnings())


class _OfdDocument:
    def __init__(self, package: Package, root: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(root)
        self._document = package.xml(root)
        self._media = dict(self._media_files())
        self._pictures: dict[int, list[tuple[float, str]]] = {}
        common = child(self._document, "CommonData")
        self._area = _box(child(common, "PageArea", "PhysicalBox")) or A4
        self._templates = (
            {value_of(t, "ID"): self._path(value_of(t, "BaseLoc")) for t in children(common, "TemplatePage")}
            if common is not None
            else {}
        )

    def pages(self, first: int) -> Iterator[PageContent]:
        """Yield what stands on each page, in order; the first is numbered `first`."""
        listed = child(self._document, "Pages")
        for at, page in enumerate(children(listed, "Page") if listed is not None else ()):
            root = self._package.xml(self._path(value_of(page, "BaseLoc")))
            _, _, wide, tall = _box(child(root, "Area", "PhysicalBox")) or self._area
            content = PageContent(first + at, wide * POINTS, tall * POINTS)
            for template in children(root, "Template"):
                if (
                    path := self._templates.get(value_of(template, "TemplateID"))
                ) and path in self._package.parts:
                    self._read(self._package.xml(path), content)
            self._read(root, content)
            content.seen = "".join(glyph.text for glyph in content.glyphs)
            yield content

    def recognise(self, content: PageContent, recognizer: Recognizer) -> Scan | None:
        """Recognise the picture of a scanned page; None where the page has its text as characters."""
        if content.picture_share < SCANNED_SHARE or len(content.glyphs) >= FEWEST_GLYPHS:
            return None
        _, path = max(self._pictures[content.number])
        if path not in self._package.parts:
            return None
        picture = opened_picture(self._package.part(path))
        if picture is None:
            return None
        return recognizer.picture(picture, content.number, picture.shape[1] / content.width)

    def _read(self, root: _Element, content: PageContent) -> None:
        for element in root.iter():
            name = name_of(element)
            if name == "TextObject":
                content.glyphs += _glyphs(element)
            elif name == "PathObject":
                content.rules += _rules(element)
            elif name == "ImageObject":
                _, _, wide, tall = _box_of(value_of(element, "Boundary")) or (0.0, 0.0, 0.0, 0.0)
                share = wide * tall * POINTS**2 / (content.width * content.height)
                content.picture_share += share
                path = self._media.get(value_of(element, "ResourceID"), "")
                self._pictures.setdefault(content.number, []).append((share, path))

    def _path(self, location: str) -> str:
        if location.startswith("/"):
            return location.lstrip("/")
        return posixpath.normpath(posixpath.join(self._folder, location))

    def _media_files(self) -> Iterator[tuple[str, str]]:
        """Yield the pictures of the document by their ids."""
        common = child(self._document, "CommonData")
        for kind in ("PublicRes", "DocumentRes"):
            for resource in children(common, kind) if common is not None else ():
                path = self._path((resource.text or "").strip())
                if path not in self._package.parts:
                    continue
                root = self._package.xml(path)
                folder = posixpath.join(posixpath.dirname(path), value_of(root, "BaseLoc"))
                for media in _descendants(root, "MultiMedia"):
                    file = child(media, "MediaFile")
                    if file is not None and file.text:
                        yield (
                            value_of(media, "ID"),
                            posixpath.normpath(posixpath.join(folder, file.text.strip())),
                        )


def _glyphs(element: _Element) -> Iterator[Glyph]:
    """Yield the characters of a text object where they stand."""
    box = _box_of(value_of(element, "Boundary"))
    if box is None:
        return
    size = float((_floats(value_of(element, "Size")) or [4.0])[0])
    a, b, c, d, e, f = (
        (_floats(value_of(element, "CTM")) + [0.0] * 6)[:6]
        if value_of(element, "CTM")
        else (1, 0, 0, 1, 0, 0)
    )
    x = y = 0.0
    for code in children(element, "TextCode"):
        x = (_floats(value_of(code, "X")) or [x])[0]
        y = (_floats(value_of(code, "Y")) or [y])[0]
        across, down = _deltas(value_of(code, "DeltaX")), _deltas(value_of(code, "DeltaY"))
        at_x, at_y = x, y
        for at, char in enumerate((code.text or "").strip("\r\n")):
            shown_x, shown_y = box[0] + a * at_x + c * at_y + e, box[1] + b * at_x + d * at_y + f
            width = size * abs(a or 1) * (0.5 if char.isascii() else 1.0)
            height = size * abs(d or 1)
            yield Glyph(
                " " if char.isspace() else as_ordinary(char),
                shown_x * POINTS, (shown_y - 0.85 * height) * POINTS,
                (shown_x + width) * POINTS, (shown_y + 0.15 * height) * POINTS,
            )  # fmt: skip
            at_x += across[at] if at < len(across) else (0.0 if down else size)
            at_y += down[at] if at < len(down) else 0.0


def _rules(element: _Element) -> Iterator[Rule]:
    box = _box_of(value_of(element, "Boundary"))
    data = child(element, "AbbreviatedData")
    if box is None or data is None:
        return
    points: list[tuple[float, float]] = []
    for kind, x, y in _STEPS.findall(data.text or ""):
        if kind not in ("M", "L"):
            continue
        point = (box[0] + float(x)) * POINTS, (box[1] + float(y)) * POINTS
        if kind == "L" and points:
            (x0, y0), (x1, y1) = points[-1], point
            if min(abs(x0 - x1), abs(y0 - y1)) <= 1.5 and max(abs(x0 - x1), abs(y0 - y1)) >= 8:
                yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        points.append(point)


def _deltas(text: str) -> list[float]:
    """Read DeltaX: distances, of which `g n d` stands for n times d."""
    deltas: list[float] = []
    parts = text.split()
    at = 0
    while at < len(parts):
        if parts[at] == "g" and at + 2 < len(parts):
            deltas += [float(parts[at + 2])] * min(int(float(parts[at + 1])), 10_000)
            at += 3
            continue
        if _NUMBERS.fullmatch(parts[at]):
            deltas.append(float(parts[at]))
        at += 1
    return deltas


def _floats(text: str) -> list[float]:
    return [float(number) for number in _NUMBERS.findall(text)]


def _box(element: _Element | None) -> tuple[float, float, float, float] | None:
    return _box_of(element.text or "") if element is not None else None


def _box_of(text: str) -> tuple[float, float, float, float] | None:
    numbers = _floats(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _descendants(root: _Element, name: str) -> Iterator[_Element]:
    return (element for element in root.iter() if name_of(element) == name)
