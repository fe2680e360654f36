"""How wide Chinese text is on a terminal, and where its lines may break.

A full-width character occupies two columns. Lines break between Chinese characters, never inside a
amount (300万元) or a word, never before a closing mark or a source mark 〔1〕, never after an opening one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_NOT_AT_START = set("，。；：！？、）〕」』》】”’…—·%％,.;:!?)]}〔")
_NOT_AT_END = set("（「『《【“‘([{")
_PIECE = re.compile(r"〔\d+〕|\d[\d.,]*[%％]?[千万亿]*元?|[A-Za-z0-9_./%+\-=&#@]+|\s+|.", re.DOTALL)


def width_of(text: str) -> int:
    """Return how many columns a text occupies.

    >>> width_of("政策ABC"), width_of("〔1〕")
    (7, 5)
    """
    return sum(_character_width(character) for character in text)


def padded(text: str, width: int) -> str:
    """Return the text with blanks up to a width.

    >>> padded("政策", 6) + "|"
    '政策  |'
    """
    return text + " " * max(0, width - width_of(text))


def shortened(text: str, width: int) -> str:
    """Return the text on one line, cut to a width with an ellipsis where it is longer.

    >>> shortened("支持开展硬核技术攻关", 10), shortened("支持", 10)
    ('支持开展…', '支持')
    """
    line = " ".join(text.split())
    if width_of(line) <= width:
        return line
    kept = ""
    for character in line:
        if width_of(kept + character) > width - 1:
            break
        kept += character
    return kept + "…"


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Break a text into lines of at most `width` columns; `first` and `rest` begin the lines.

    Line breaks of the text are kept.

    >>> wrapped("按自筹投入的30%，最高300万元。", 14)
    ['按自筹投入的', '30%，最高', '300万元。']
    """
    follow = " " * width_of(first) if rest is None else rest
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lead = follow if lines else first
        lines.extend(_wrapped_paragraph(paragraph, width, lead, follow))
    return lines


def _wrapped_paragraph(text: str, width: int, first: str, rest: str) -> Iterator[str]:
    line, used = first, width_of(first)
    is_fresh = True
    for unit in _units(text):
        size = width_of(unit.rstrip())
        if used + size > width and not is_fresh:
            yield line.rstrip()
            line, used, is_fresh = rest, width_of(rest), True
        if is_fresh:
            unit = unit.lstrip()
        for part in _cut_to(unit, max(2, width - width_of(rest))):
            if used + width_of(part.rstrip()) > width and not is_fresh:
                yield line.rstrip()
                line, used = rest, width_of(rest)
            line, used, is_fresh = line + part, used + width_of(part), False
    yield line.rstrip()


def _units(text: str) -> Iterator[str]:
    """Give the pieces no line break may enter: marks stay with what they open or close."""
    pending = ""
    for piece in _PIECE.findall(text.expandtabs(4)):
        joins = not pending or pending[-1] in _NOT_AT_END or piece[0] in _NOT_AT_START or piece.isspace()
        if pending and not joins:
            yield pending
            pending = ""
        pending += piece
    if pending:
        yield pending


def _cut_to(unit: str, width: int) -> Iterator[str]:
    """Give a unit in parts that fit a line; only a very long word is ever cut."""
    part = ""
    for character in unit:
        if part and width_of(part + character) > width:
            yield part
            part = ""
        part += character
    if part:
        yield part


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Cc", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
