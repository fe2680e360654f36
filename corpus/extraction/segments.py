"""Sentences of a clause, with what stands before a number and behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.extraction.lexicon import CLAUSE_END, SENTENCE_END

_PAIR = re.compile(r"[^：，。；]{1,24}：[^：。]{1,60}")
OPENING, CLOSING = "（(〔【[", "）)〕】]"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of a clause's text, up to a full stop, a semicolon or a line's end."""

    start: int
    end: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """Split a text into sentences that together cover it.

    >>> [text[one.start:one.end] for text in ["甲。乙；丙"] for one in sentences(text)]
    ['甲。', '乙；', '丙']
    """
    return tuple(_sentences(text))


def is_row(line: str) -> bool:
    """Tell whether a line is a table row written out: 级别：国家级；奖励金额：50万元.

    >>> is_row("级别：国家级；奖励金额：50万元"), is_row("一是奖励：给予企业5万元，连续三年；二是补贴")
    (True, False)
    """
    parts = [part.strip() for part in line.strip().rstrip("。；").split("；")]
    return len(parts) > 1 and all(_PAIR.fullmatch(part) for part in parts)


def _sentences(text: str) -> Iterator[Sentence]:
    start, depth, row_end = 0, 0, 0
    for at, character in enumerate(text):
        if at >= row_end and (not at or text[at - 1] == "\n"):
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            row_end = line_end if is_row(text[at:line_end]) else at
        depth = max(0, depth + (character in OPENING) - (character in CLOSING))
        is_end = character in SENTENCE_END and not depth and at >= row_end
        if character == "\n" or is_end:
            depth = 0
            if text[start : at + 1].strip():
                yield Sentence(start, at + 1)
                start = at + 1
    if text[start:].strip():
        yield Sentence(start, len(text))


def part_start(text: str, at: int, floor: int) -> int:
    """Return where the comma-separated part that holds `at` begins, not before `floor`."""
    depth = 0
    for place in range(at - 1, floor - 1, -1):
        if text[place] in CLOSING:
            depth += 1
        elif text[place] in OPENING:
            if not depth:
                return place + 1
            depth -= 1
        elif not depth and text[place] in CLAUSE_END + SENTENCE_END:
            return place + 1
    return floor


def part_end(text: str, at: int, ceiling: int) -> int:
    """Return where the comma-separated part that holds `at` ends, not after `ceiling`."""
    depth = 0
    for place in range(at, ceiling):
        if text[place] in OPENING:
            depth += 1
        elif text[place] in CLOSING:
            if not depth:
                return place
            depth -= 1
        elif not depth and text[place] in CLAUSE_END + SENTENCE_END:
            return place
    return ceiling
