"""Attachments (附件): where one begins, what merely lists them, and which is the policy itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.reading.markers import CN, Style, number_of, read_marker
from corpus.reading.outline.lines import Line
from corpus.reading.outline.parts import ANNEX_LABEL, Part, PartStart
from corpus.reading.outline.titles import LONGEST_TITLE, TITLE, issued_title, plain

ANNEX = re.compile(
    rf"^(?P<word>附\s?(?:件|录|表|图)|附(?=[:：]))\s?(?P<number>[0-9]{{1,2}}|[{CN}]{{1,3}})?\s{{0,8}}"
    r"(?:$|(?P<mark>[:：.、-])\s{0,8}|(?=[《\u4e00-\u9fff])|(?<=\s))(?P<title>.{0,80})$"
)
_SIGNATURE = re.compile(
    r"(?:委员会|委|局|厅|政府|办公室|办公厅|部|院|署|中心|年\s?\d{1,2}月\s?\d{1,2}日|[)）])$"
)


def attachment_lists(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that only list attachments: 附件：1.办法 / 2.清单, or 附件1 and 附件2 in a row."""
    listed: set[int] = set()
    told = _Told.in_lines(lines)
    for i, line in enumerate(lines):
        found = ANNEX.match(line.text)
        if found is None or i in listed:
            continue
        first = read_marker(found["title"])
        if not found["title"]:
            end = _end_of_numbers(lines, i + 1, 1)
            is_list = end > i + 1 and found["mark"] is not None and _ends_here(lines, end)
        else:
            end = _end_of_numbers(lines, i + 1, 2)
            while end < len(lines) and _is_like(ANNEX.match(lines[end].text), found):
                end += 1
            is_list = end > i + 1 or told.again(found, end) or _ends_here(lines, end)
            is_list = is_list or (found["mark"] is not None and first is not None)
        if is_list:
            listed.update(range(i, end))
    return frozenset(listed)


def _is_like(other: re.Match[str] | None, found: re.Match[str]) -> bool:
    """Tell whether two lines list attachments in the same way: with numbers of their own, or without."""
    return other is not None and bool(other["title"]) and bool(other["number"]) == bool(found["number"])


def _end_of_numbers(lines: Sequence[Line], begin: int, number: int) -> int:
    """Return where short lines numbered from `number` on end."""
    end = begin
    while end < len(lines):
        marker = read_marker(lines[end].text)
        is_next = marker is not None and marker.style is Style.ARABIC and marker.number == number
        if not is_next or len(lines[end].text) > LONGEST_TITLE:
            break
        end, number = end + 1, number + 1
    return end


@dataclass(frozen=True)
class _Told:
    """Where titles and numbers of attachments stand for the last time."""

    titles: Mapping[str, int]
    numbers: Mapping[str, int]

    @classmethod
    def in_lines(cls, lines: Sequence[Line]) -> _Told:
        found = [(i, match) for i, line in enumerate(lines) if (match := ANNEX.match(line.text))]
        return cls(
            {plain(line.text): i for i, line in enumerate(lines) if len(line.text) <= LONGEST_TITLE},
            {match["number"] or "": i for i, match in found},
        )

    def again(self, found: re.Match[str], after: int) -> bool:
        """Tell whether an attachment begins further down: its number or its title stands there again."""
        title, number = plain(found["title"]), found["number"] or ""
        return max(self.titles.get(title, -1), self.numbers.get(number, -1)) >= after


def _ends_here(lines: Sequence[Line], after: int) -> bool:
    """Tell whether nothing but signatures and dates follows."""
    rest = lines[after:]
    return all(len(line.text) <= 40 and _SIGNATURE.search(line.text) for line in rest[:3]) and len(rest) <= 6


def attachment_at(lines: Sequence[Line], i: int) -> PartStart | None:
    """Return the attachment that begins at a line, None where none does."""
    found = ANNEX.match(lines[i].text)
    if found is None or re.search("[。；]", found["title"]):
        return None
    glued = found["title"] and not found["mark"] and not re.search(r"\s", lines[i].text)
    if glued and not (found["number"] and (TITLE.search(found["title"]) or len(found["title"]) <= 20)):
        return None
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    title = found["title"] or (after if len(after) <= LONGEST_TITLE and not read_marker(after) else "")
    number = number_of(found["number"]) if found["number"] else 0
    word = re.sub(r"\s", "", found["word"])
    return PartStart(i, Part.ANNEX, title, number, word if len(word) > 1 else ANNEX_LABEL)


def main_among_attachments(
    lines: Sequence[Line], starts: list[PartStart], listed: frozenset[int]
) -> list[PartStart]:
    """Turn the attachment that is the policy itself into the main part."""
    annexes = [start for start in starts if start.part is Part.ANNEX]
    first_other = next((start.line for start in starts[1:]), len(lines))
    has_items = any(read_marker(lines[i].text) for i in range(first_other) if i not in listed)
    issued = plain(issued_title(lines))
    named = [one for one in annexes if issued and plain(one.title) and plain(one.title) in issued]
    named += [one for one in annexes if not has_items and TITLE.search(one.title)] if issued else []
    if not named:
        return starts
    main = named[0]
    if not has_items:
        return [start for start in starts if start is not main]
    notice = PartStart(0, Part.NOTICE)
    rest = [PartStart(main.line, Part.MAIN, main.title) if one is main else one for one in starts[1:]]
    return [notice, *rest]
