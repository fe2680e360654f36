"""From lines to paragraphs: a line that runs to the margin goes on in the next, across pages too."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.reading.formats.pdf_lines import TextLine
from corpus.reading.markers import read_marker

LEAST_FILLED = 0.75  # of the line's room that the longest lines take where they fill it
SLACK = 0.7  # glyphs by which margins are uncertain
INDENTING = 0.12  # share of lines that begin further in: the document indents its paragraphs
INDENTED = 1.2
OTHER_SIZE = 0.12
WIDE_GAP = 1.9  # line heights between the lines of two paragraphs
SHORTEST_PROSE = 15  # characters
_UNBREAKABLE = re.compile(
    r"[“‘（《〔【(]*(?:[0-9A-Za-z.,%/:@_-]+[\u4e00-\u9fff]?|\S)[，。、；：！？”’）》〕】%)]*"
)
_ENDS = "。！？；：:;!?”」】"
_GOES_ON = "，、,（(《“—-·"


@dataclass
class Paragraph:
    """Lines that read on: their text, and the page and size of the first."""

    lines: list[TextLine] = field(default_factory=list)
    text: str = ""

    @property
    def page(self) -> int:
        """Return the page the paragraph begins on."""
        return self.lines[0].page

    @property
    def size(self) -> float:
        """Return the size of its first line's glyphs."""
        return self.lines[0].size

    @property
    def confidence(self) -> float | None:
        """Return how sure the least sure of its lines is; None where nothing was recognised."""
        told = [line.confidence for line in self.lines if line.confidence is not None]
        return min(told) if told else None


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a document begin and end, and how large its glyphs are."""

    left: float
    right: float
    size: float
    indents: bool = False


def margins_of(lines: Sequence[TextLine], width: float) -> Margins:
    """Return the margins that most of the text keeps on pages of one width."""
    size = Counter(round(line.size, 1) for line in lines for _ in line.text).most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) < OTHER_SIZE * size] or list(lines)
    right = (
        statistics.quantiles([line.x1 for line in body], n=20)[-1]
        if len(body) > 3
        else max(b.x1 for b in body)
    )
    left = min(Counter(round(line.x0) for line in body).most_common(2), key=lambda found: found[0])[0]
    if right < LEAST_FILLED * (width - left):
        right = width - left  # as far from the edge as on the left
    further_in = sum(INDENTED * size < line.x0 - left < 4 * size for line in body)
    return Margins(float(left), right, size, further_in >= INDENTING * len(body) and len(body) > 5)


def paragraphs_of(lines: Sequence[TextLine], margins: Mapping[int, Margins]) -> list[Paragraph]:
    """Join lines into paragraphs; `margins` are those of each page."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, margins[paragraphs[-1].lines[-1].page]):
            last = paragraphs[-1]
            last.text = run_on(last.text, line.text)
            last.lines.append(line)
        else:
            paragraphs.append(Paragraph([line], line.text))
    return paragraphs


def run_on(first: str, second: str) -> str:
    """Join two lines of one sentence: no space between Chinese, one between words of Latin letters."""
    if not first or not second:
        return first + second
    apart = first[-1].isascii() and second[0].isascii() and first[-1].isalpha() and second[0].isalpha()
    return first + (" " if apart else "") + second


def _goes_on(paragraph: Paragraph, line: TextLine, margins: Margins) -> bool:
    last = paragraph.lines[-1]
    size = max(last.size, line.size)
    if abs(last.size - line.size) > OTHER_SIZE * size:
        return False
    is_next_page = line.page != last.page
    if not is_next_page and line.top - last.bottom > WIDE_GAP * size:
        return False
    if read_marker(line.text) is not None and not last.text.endswith(tuple(_GOES_ON)):
        return False
    is_title = last.size > margins.size * (1 + OTHER_SIZE) and not is_next_page
    if is_title or (_is_centred(last, margins) and _is_centred(line, margins)):
        return is_title and last.text[-1] not in _ENDS
    if margins.indents and line.x0 > margins.left + INDENTED * size:
        return False
    indented = line.x0 > min(last.x0, margins.left) + INDENTED * size and len(paragraph.lines) > 1
    if indented or line.x0 > last.x0 + INDENTED * size:
        return False
    if last.x1 + _needed(line.text) * size > margins.right - SLACK * size:
        return True  # what begins the next line did not fit on this one
    if last.text[-1] in _ENDS or len(last.text) <= SHORTEST_PROSE:
        return False
    return is_next_page or (margins.indents and abs(line.x0 - margins.left) < size)


def _needed(text: str) -> float:
    """Return how many glyphs wide the unbreakable start of a line is: a number, a word, a bracket."""
    found = _UNBREAKABLE.match(text)
    return sum(0.55 if char.isascii() else 1.0 for char in found[0]) if found else 1.0


def _is_centred(line: TextLine, margins: Margins) -> bool:
    before, after = line.x0 - margins.left, margins.right - line.x1
    return min(before, after) > 1.5 * line.size and abs(before - after) < 2.5 * line.size
