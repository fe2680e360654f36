"""What stands on one page of a PDF: its glyphs, the ruled lines, how much of it is a picture."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.reading.formats.look_alikes import as_ordinary

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

THICKEST_RULE = 3.0
SHORTEST_RULE = 8.0
MOST_PATHS = 20_000
_HYPHENS = re.compile("[\x02\ufffe]")  # how PDFium gives a hyphen at the end of a line
_INVISIBLE = 3  # text render mode of an OCR layer
_SLANTED = 0.1  # radians: a watermark


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its box, in points from the top left of the page as shown."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        """Return the height of the glyph's box."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, horizontal or vertical."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Tell a horizontal line from a vertical one."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass
class PageContent:
    """A page as found; `seen` holds every character of its text, whether kept in `glyphs` or put aside."""

    number: int
    width: float
    height: float
    seen: str = ""
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)  # (kind, text)
    picture_share: float = 0.0
    invisible: list[Glyph] = field(default_factory=list)


class _Turned:
    """Maps the page's own coordinates to those of the page as it is shown."""

    def __init__(self, page: PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self._box = (left, bottom, right, top)
        self._rotation = page.get_rotation()

    @property
    def angle(self) -> float:
        return math.radians(self._rotation)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return x0, top, x1, bottom of a box, from the top left of the page as shown."""
        x0, y0, x1, y1 = self._box
        if self._rotation == 90:
            return bottom - y0, left - x0, top - y0, right - x0
        if self._rotation == 180:
            return x1 - right, bottom - y0, x1 - left, top - y0
        if self._rotation == 270:
            return y1 - top, x1 - right, y1 - bottom, x1 - left
        return left - x0, y1 - top, right - x0, y1 - bottom


def read_page(page: PdfPage, number: int) -> PageContent:
    """Return what stands on a page."""
    width, height = page.get_size()
    content = PageContent(number, width, height)
    turned = _Turned(page)
    _read_text(page, turned, content)
    _read_objects(page, turned, content)
    return content


def _read_text(page: PdfPage, turned: _Turned, content: PageContent) -> None:
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        content.seen = as_ordinary(_HYPHENS.sub("-", text_page.get_text_range())) if count > 0 else ""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        modes: dict[int, int] = {}
        for at in range(count):
            char = _character(raw.FPDFText_GetUnicode(text_page, at))
            if not char or char in "\r\n" or raw.FPDFText_IsGenerated(text_page, at) == 1:
                continue
            raw.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
            loose = raw.FS_RECTF()
            if raw.FPDFText_GetLooseCharBox(text_page, at, loose):
                box = turned.box(loose.left, loose.bottom, loose.right, loose.top)
            else:
                box = turned.box(left.value, bottom.value, right.value, top.value)
            glyph = Glyph(" " if char.isspace() else as_ordinary(char), *_ordered(box))
            slant = (raw.FPDFText_GetCharAngle(text_page, at) - turned.angle) % (2 * math.pi)
            if (
                _SLANTED < slant < 2 * math.pi - _SLANTED
                and _SLANTED < (slant % (math.pi / 2)) < math.pi / 2 - _SLANTED
            ):
                content.aside.append(("watermark", glyph.text))
            elif _render_mode(raw, text_page, at, modes) == _INVISIBLE:
                content.invisible.append(glyph)
            else:
                content.glyphs.append(glyph)
    finally:
        text_page.close()


def _character(code: int) -> str:
    if code in (0x02, 0xFFFE):
        return "-"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _ordered(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    return min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom)


def _render_mode(raw: Any, text_page: Any, at: int, known: dict[int, int]) -> int:
    holder = raw.FPDFText_GetTextObject(text_page, at)
    if not holder:
        return 0
    address = ctypes.addressof(holder.contents)
    if address not in known:
        known[address] = int(raw.FPDFTextObj_GetTextRenderMode(holder))
    return known[address]


def _read_objects(page: PdfPage, turned: _Turned, content: PageContent) -> None:
    from pypdfium2 import raw

    area = content.width * content.height
    for at, found in enumerate(page.get_objects(max_depth=3)):
        if at > MOST_PATHS:
            break
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            x0, top, x1, bottom = _ordered(turned.box(*found.get_bounds()))
            content.picture_share += max(0.0, x1 - x0) * max(0.0, bottom - top) / area if area else 0.0
        elif found.type == raw.FPDF_PAGEOBJ_PATH:
            content.rules += _rules(found, turned)


def _rules(found: Any, turned: _Turned) -> Iterator[Rule]:
    """Yield the straight lines of a path: thin boxes, and the strokes of a drawn one."""
    from pypdfium2 import raw

    x0, top, x1, bottom = _ordered(turned.box(*found.get_bounds()))
    if min(x1 - x0, bottom - top) <= THICKEST_RULE:
        if max(x1 - x0, bottom - top) >= SHORTEST_RULE:
            yield _thin(x0, top, x1, bottom)
        return
    count = raw.FPDFPath_CountSegments(found)
    matrix = found.get_matrix()
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    start = (0.0, 0.0)
    for at in range(min(count, MOST_PATHS)):
        segment = raw.FPDFPath_GetPathSegment(found, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            points, start = [point], point
        else:
            yield from _stroke(points[-1] if points else start, point, turned)
            points.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and points:
            yield from _stroke(point, start, turned)


def _stroke(a: tuple[float, float], b: tuple[float, float], turned: _Turned) -> Iterator[Rule]:
    wide, tall = abs(a[0] - b[0]), abs(a[1] - b[1])
    if min(wide, tall) <= 1.0 and max(wide, tall) >= SHORTEST_RULE:
        box = turned.box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        yield _thin(*_ordered(box))


def _thin(x0: float, top: float, x1: float, bottom: float) -> Rule:
    """Return a rule along the middle of a thin box."""
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        return Rule(x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return Rule(middle, top, middle, bottom)
