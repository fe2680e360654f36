"""Where the parts of a text begin: the notice, the policy, its attachments, what explains it, questions.

A part begins at a line and has a numbering of its own. A notice without numbered items stays in the lead of
the policy it issues; an attachment that *is* the policy the notice issues is the main part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.reading.markers import Style, read_marker
from corpus.reading.outline.attachments import attachment_at, attachment_lists, main_among_attachments
from corpus.reading.outline.lines import Line
from corpus.reading.outline.parts import Part, PartStart
from corpus.reading.outline.policies import with_policies
from corpus.reading.outline.titles import plain

QUESTIONS = re.compile(r"(?:问答|答疑|常见问题(?:解答)?)$")
QUESTION = re.compile(
    r"^(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）]?[.．、]?\s{0,8})?"
    r"(?:问题?\s{0,8}[0-9一二三四五六七八九十]{0,8}|Q\s{0,8}[0-9]{0,8})\s{0,8}[:：]"
)
BACKGROUND = re.compile(
    r"^(?:关于)?(?:《.{1,90}》|“.{1,90}”)?.{0,8}(?:背景介绍|政策解读|解读|起草说明|编制说明|修订说明|制定说明)$"
)
HEAD_LINES = 15


def part_starts(lines: Sequence[Line]) -> tuple[list[PartStart], frozenset[int]]:
    """Return where the parts of a text begin, and the lines of lists of attachments, which begin nothing."""
    listed = attachment_lists(lines) | frozenset(_contents(lines))
    starts = [PartStart(0, Part.MAIN)]
    begun = False  # an item was seen
    for i, line in enumerate(lines):
        if QUESTION.match(line.text):
            starts.append(PartStart(i, Part.QUESTIONS))
        elif i and (begun or len(starts) > 1) and _begins_background(lines, i):
            starts.append(PartStart(i, Part.BACKGROUND, line.text))
        elif i and i not in listed and (annex := attachment_at(lines, i)):
            starts.append(annex)
        elif starts[-1].part is not Part.QUESTIONS and i not in listed and read_marker(line.text):
            begun = True
    starts = main_among_attachments(lines, _without_captions(lines, starts, listed), listed)
    return with_policies(lines, starts, listed), listed


def _without_captions(
    lines: Sequence[Line], starts: list[PartStart], listed: frozenset[int]
) -> list[PartStart]:
    """Leave out attachments after which the articles go on as before: 附表：… over a table between two."""
    kept = [starts[0]]
    last: dict[Style, int] = {}
    for start, end in zip(starts, [*(one.line for one in starts[1:]), len(lines)], strict=True):
        marks = [read_marker(lines[i].text) for i in range(start.line, end) if i not in listed]
        outer = [mark for mark in marks if mark is not None and mark.style in (Style.ARTICLE, Style.CHINESE)]
        goes_on = bool(outer) and outer[0].number == last.get(outer[0].style, -1) + 1 > 1
        if start is not starts[0] and not (start.part is Part.ANNEX and goes_on):
            kept.append(start)
            last = {}
        last |= {mark.style: mark.number for mark in outer}
    return kept


def _begins_background(lines: Sequence[Line], i: int) -> bool:
    asks = i + 1 < len(lines) and QUESTION.match(lines[i + 1].text)
    return BACKGROUND.match(lines[i].text) is not None or bool(asks and QUESTIONS.search(lines[i].text))


def _contents(lines: Sequence[Line]) -> Iterator[int]:
    """Give the lines of a table of contents: from 目录 on, until its first line comes again."""
    for i, line in enumerate(lines[:HEAD_LINES]):
        if plain(line.text) == "目录" and i + 1 < len(lines):
            first = _without_page(lines[i + 1].text)
            again = next((j for j in range(i + 2, len(lines)) if _without_page(lines[j].text) == first), 0)
            yield from range(i + 1, again)


def _without_page(line: str) -> str:
    return plain(line.rstrip("0123456789").rstrip(".．·… -—"))
