"""Running headers, footers and page numbers: lines at the edge of a page that other pages repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.reading.formats.pdf_lines import TextLine

EDGE_LINES = 3
EDGE = 0.14  # of the page's height
SAME_PLACE = 10.0  # points
LEAST_SHARE = 0.2  # of the pages
_MARKS = r"[-—–―─_·•~～\s]"
_NUMBER = r"(?:[0-9０-９]{1,4}|[ivxIVX]{1,6})"
PAGE_NUMBER = re.compile(
    rf"(?<!{_MARKS}){_MARKS}*+(?:第\s*+)?{_NUMBER}\s*+页?{_MARKS}*+"
    rf"|第\s*{_NUMBER}\s*页\s*+(?:[/／,，、]\s*+)?共\s*{_NUMBER}\s*页"
    rf"|{_NUMBER}\s*[/／]\s*{_NUMBER}|[Pp]age\s*{_NUMBER}(?:\s*of\s*{_NUMBER})?"
)
_DIGITS = re.compile(r"\d+")
_BARE = re.compile(r"\d{1,4}")
LONGEST_NUMBER = 4


def page_furniture(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> dict[TextLine, str]:
    """Return the lines that belong to the pages rather than the text, each with its kind.

    A line at the top or bottom edge is furniture if it is a page number, or if other pages show the same at
    the same place, a number that counts the pages aside: on two pages at least, and on a fifth of all.
    """
    places: dict[str, list[tuple[TextLine, bool]]] = defaultdict(list)
    found: dict[TextLine, str] = {}
    bare_numbers: dict[int, list[TextLine]] = defaultdict(list)  # by how far they are from the page's count
    for lines, height in zip(pages, heights, strict=True):
        ordered = sorted(lines, key=lambda line: line.top)
        for at, line in enumerate(ordered):
            from_end = len(ordered) - 1 - at
            at_top = at < EDGE_LINES and line.bottom < EDGE * height
            at_bottom = from_end < EDGE_LINES and line.top > (1 - EDGE) * height
            if not (at_top or at_bottom):
                continue
            text = line.text.strip()
            if _BARE.fullmatch(text):
                if 0 in (at, from_end):
                    bare_numbers[int(text) - line.page].append(line)
            elif PAGE_NUMBER.fullmatch(text):
                found[line] = "page_number"
            for key in _keys(text, line.page):
                places[key].append((line, at_top))
    for offset, same in bare_numbers.items():
        if len(same) > 1 or (offset == 0 and len(pages) == 1):
            found |= dict.fromkeys(same, "page_number")
    least = max(2, LEAST_SHARE * len(pages))
    for repeated in places.values():
        for line, at_top in repeated:
            near = {o.page for o, top in repeated if top == at_top and abs(o.top - line.top) <= SAME_PLACE}
            if len(near) >= least:
                found.setdefault(line, "page_header" if at_top else "page_footer")
    return _beside_text(found, pages)


def _beside_text(found: dict[TextLine, str], pages: Sequence[Sequence[TextLine]]) -> dict[TextLine, str]:
    """Leave out what stands alone on every page that shows it: that is the pages' text, not their frame."""
    with_text = {line.page for lines in pages for line in lines if line not in found}
    frames = {_DIGITS.sub("#", line.text.strip()) for line in found if line.page in with_text}
    return {
        line: kind
        for line, kind in found.items()
        if kind == "page_number" or _DIGITS.sub("#", line.text.strip()) in frames
    }


def _keys(text: str, page: int) -> Iterator[str]:
    """Yield what a line is compared by: its words, and its words with one number told from the page's."""
    yield text
    for number in _DIGITS.finditer(text):
        if len(number[0]) <= LONGEST_NUMBER:
            yield f"{text[: number.start()]}<{int(number[0]) - page}>{text[number.end() :]}"
