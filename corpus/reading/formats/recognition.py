"""Text recognised from pictures (OCR): scanned pages, photographed notices.

The models come in the wheel of `rapidocr` and run on onnxruntime; nothing is fetched. Where the package
cannot be used, every page that stays unread is named.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.reading.formats.look_alikes import as_ordinary
from corpus.reading.formats.pdf_lines import TextLine
from corpus.reading.formats.pdf_page import Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESOLUTION = 2.0  # pixels a point: 144 dpi, glyphs of 12 points about 24 pixels high
LONGEST_SIDE = 2600  # pixels
LOW_CONFIDENCE = 0.85
LEAST_CONFIDENCE = 0.5  # a line below it is no text but a stamp's edge or a speck
BUDGET = 300.0  # seconds for all pages of a file
SHORTEST_RULE = 30  # pixels
INK, DARK = 200, 150  # of 255: what is no paper, what is a line
RED, LEAST_RED = 60, 0.04  # how far red outweighs the other colours; the share of a red line's pixels
MARGIN = 20  # pixels kept around what is printed


@dataclass(frozen=True, slots=True)
class Scan:
    """What was recognised on a page: its lines and the rules of its tables, in points.

    `stamped` lines are words of a stamp (red) that lie across other lines; they belong to none of them.
    """

    lines: tuple[TextLine, ...]
    rules: tuple[Rule, ...] = ()
    stamped: tuple[TextLine, ...] = ()


class Recognizer:
    """Recognises the pages of one file, and tells which stayed unread and which lines are uncertain.

    `counted` is what its numbers count (页, 幅图). `spent` is how many seconds recognition has taken; past
    the budget further pages stay unread.
    """

    def __init__(self, counted: str = "页", budget: float = BUDGET) -> None:
        self._counted = counted
        self._budget = budget
        self.spent = 0.0
        self._unread: list[int] = []
        self._read: list[int] = []
        self._doubtful: list[tuple[int, str, float]] = []
        self._empty: list[int] = []
        self._is_missing = False

    def page(self, page: Any, number: int) -> Scan | None:
        """Recognise a page of a PDF (a `pypdfium2.PdfPage`); None where it stays unread."""
        width, height = page.get_size()
        scale = min(RESOLUTION, LONGEST_SIDE / max(width, height, 1.0))
        picture = page.render(scale=scale).to_numpy()
        return self.picture(picture[:, :, :3], number, scale)

    def picture(self, picture: NDArray[np.uint8], number: int, scale: float = 1.0) -> Scan | None:
        """Recognise a picture (height × width × 3, blue first); `scale` is its pixels a point."""
        engine = _engine()
        if engine is None or self.spent > self._budget:
            self._is_missing = engine is None
            self._unread.append(number)
            return None
        started = time.monotonic()
        left, top, inked = _inked(picture)
        self._read.append(number)
        lines = [] if inked is None else list(self._lines(engine(inked), number, scale, left, top))
        self.spent += time.monotonic() - started
        if not lines:
            self._empty.append(number)
        red = _redness(picture)
        stamped = [line for line in lines if _lies_across(line, lines) and _is_red(red, line, scale)]
        kept = tuple(line for line in lines if line not in stamped)
        return Scan(kept, tuple(_rules(picture, red, scale)), tuple(stamped))

    def has_looked_at(self, number: int) -> bool:
        """Tell whether a page was recognised or named as unread."""
        return number in self._read or number in self._unread

    def warnings(self) -> Iterator[str]:
        """Yield what a person should know about recognised and unread pages."""
        if self._empty:
            yield f"第 {_listed(self._empty)} {self._counted}是图片，没有识别出文字，请对照原件核对。"
        if read := [number for number in self._read if number not in self._empty]:
            yield f"第 {_listed(read)} {self._counted}是图片，文字由识别得来，请对照原件核对。"
        for number, text, sure in self._doubtful[:10]:
            place = f"第 {number} {self._counted}"
            yield f"{place}“{text[:30]}”识别把握不足（{sure:.0%}），请核对原件。"
        if len(self._doubtful) > 10:
            yield f"另有 {len(self._doubtful) - 10} 处识别把握不足。"
        if self._unread:
            why = "没有安装文字识别组件（rapidocr）" if self._is_missing else "识别超时"
            yield f"第 {_listed(self._unread)} {self._counted}是图片，{why}，没有读取。请提供文字版。"

    def _lines(self, found: Any, number: int, scale: float, left: int, top: int) -> Iterator[TextLine]:
        if found is None or found.boxes is None or not found.txts:
            return
        for box, text, sure in zip(found.boxes, found.txts, found.scores, strict=True):
            text = as_ordinary(str(text)).strip()
            if not text or sure < LEAST_CONFIDENCE:
                continue
            if sure < LOW_CONFIDENCE:
                self._doubtful.append((number, text, float(sure)))
            xs, ys = [(float(p[0]) + left) / scale for p in box], [(float(p[1]) + top) / scale for p in box]
            yield TextLine(text, min(xs), min(ys), max(xs), max(ys), max(ys) - min(ys), number, float(sure))


def _listed(numbers: list[int]) -> str:
    return "、".join(str(number) for number in numbers)


@cache
def _engine() -> Any | None:
    """Return the engine, made once a process; None where its package is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": True})


def _inked(picture: NDArray[np.uint8]) -> tuple[int, int, NDArray[np.uint8] | None]:
    """Return the part of a picture that holds any ink, and where it begins: wide margins hide small words."""
    rows, columns = (picture.min(axis=2) < INK).any(axis=1).nonzero()[0], None
    if not len(rows):
        return 0, 0, None
    columns = (picture.min(axis=2) < INK).any(axis=0).nonzero()[0]
    top, left = max(0, int(rows[0]) - MARGIN), max(0, int(columns[0]) - MARGIN)
    return left, top, picture[top : int(rows[-1]) + MARGIN, left : int(columns[-1]) + MARGIN]


def _redness(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    blue, green, red = (picture[:, :, at].astype("int16") for at in range(3))
    found: NDArray[np.bool_] = (red - green > RED) & (red - blue > RED)
    return found


def _is_red(red: NDArray[np.bool_], line: TextLine, scale: float) -> bool:
    x0, top, x1, bottom = (round(value * scale) for value in (line.x0, line.top, line.x1, line.bottom))
    return bool(red[max(0, top) : bottom, max(0, x0) : x1].mean() > LEAST_RED)


def _lies_across(line: TextLine, others: list[TextLine]) -> bool:
    """Tell whether a line stands on the same height as another: words of a page do not overlap."""
    return any(
        other is not line and min(line.bottom, other.bottom) - max(line.top, other.top) > 0.2 * line.size
        for other in others
    )


def _rules(picture: NDArray[np.uint8], red: NDArray[np.bool_], scale: float) -> Iterator[Rule]:
    """Find the ruled lines of a picture: what stays of its dark pixels under a long, thin opening.

    A stamp across a line does not break it.
    """
    import cv2

    dark = ((picture.max(axis=2) < DARK) & ~red).astype("uint8") * 255
    for size in ((SHORTEST_RULE, 1), (1, SHORTEST_RULE)):
        opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        opened = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        for contour in cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y, wide, tall = (value / scale for value in cv2.boundingRect(contour))
            if min(wide, tall) * scale > 12:
                continue
            if wide >= tall:
                yield Rule(x, y + tall / 2, x + wide, y + tall / 2)
            else:
                yield Rule(x + wide / 2, y, x + wide / 2, y + tall)
