"""Running headers and page numbers of printed pages, also where they cut a sentence or a number in two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.reading.markers import read_marker
from corpus.reading.tracked import Edit, TrackedText
from corpus.reading.wraps import wrap_width

PAGE = re.compile(
    r"[-—－–·]?\s{0,8}\d{1,4}\s{0,8}[-—－–·]?|第\s{0,8}\d{1,4}\s{0,8}页(?:\s{0,8}[,，/]?\s{0,8}共\s{0,8}\d{1,4}\s{0,8}页)?|\d{1,4}\s{0,8}/\s{0,8}\d{1,4}"
)
UNITS = re.compile("[万亿千百元%％‰个家年月日人名项户亩吨米平倍周天小时件次条款台套]")
BEGINS_SENTENCE = re.compile("[\u4e00-\u9fff0-9“《（(%％，。；：、）)]")
ENDS = "。！？；：;:”」）)】》"
HEAD_LINES = 3
FEWEST_PAGES = 2
SENTENCE = re.compile("[，。；：、！？]")
GAP_OF_PAGES = 4  # lines between two page numbers at the least; rows of a table stand closer


def without_running_lines(text: TrackedText) -> TrackedText:
    """Drop headers and page numbers between two pages; a sentence they cut is joined again.

    Lines are a running header where they tell the first lines of the text again and part a sentence, or stand
    by the number of more than one page; a line is a page number where it parts a sentence that does not go on
    with a unit, or counts on another page's.
    """
    return text.relined("page_break", list(_edits(text.text)))


def _edits(text: str) -> Iterator[Edit]:
    lines = [(m.start(), m.group()) for m in re.finditer("[^\n]+", text) if m.group().strip()]
    words = [line.strip() for _, line in lines]
    pages = page_numbers(words)
    breaks = list(_page_breaks(words))
    has_headers = sum(is_header for _, _, is_header in breaks) >= FEWEST_PAGES
    joint = "" if wrap_width(words) is None else "\n"  # lines cut at a fixed width are joined all at once
    for begin, end, is_header in breaks:
        cuts = _cuts(words, begin, end, pages)
        if cuts or (is_header and has_headers):
            before, after = lines[begin - 1], lines[end]
            indent = len(after[1]) - len(after[1].lstrip())
            start = before[0] + len(before[1].rstrip())
            yield Edit(start, after[0] + indent, joint if cuts else "\n")


def _page_breaks(words: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """Give the runs of page numbers and header lines inside a text, and whether a run has both."""
    begin = 1
    while begin < len(words):
        end, headers = _end_of_page_break(words, begin)
        if begin < end < len(words):
            yield begin, end, 0 < headers < end - begin
        begin = max(end, begin + 1)


def _end_of_page_break(words: Sequence[str], begin: int) -> tuple[int, int]:
    """Return where a run ends and how many of its lines are a header: how the text itself begins."""
    end, told = begin, 0
    while end < len(words):
        if told < min(begin, HEAD_LINES) and words[end] == words[told] and not SENTENCE.search(words[end]):
            told += 1
        elif not PAGE.fullmatch(words[end]):
            break
        end += 1
    return end, told


def _cuts(words: Sequence[str], begin: int, end: int, pages: frozenset[int]) -> bool:
    """Tell whether the lines from `begin` to `end` stand inside a sentence."""
    before, after = words[begin - 1], words[end]
    if before[-1] in ENDS or read_marker(after) or not BEGINS_SENTENCE.match(after):
        return False
    if not SENTENCE.search(before) and read_marker(before) is None:
        return False
    only_numbers = all(PAGE.fullmatch(word) for word in words[begin:end])
    return not only_numbers or pages.issuperset(range(begin, end)) or not UNITS.match(after)


def page_numbers(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines that hold nothing but page numbers: each one more than one a page before or after."""
    numbers = [(i, int(line)) for i, line in enumerate(lines) if len(line) <= 4 and line.isdecimal()]
    places: defaultdict[int, list[int]] = defaultdict(list)
    for i, number in numbers:
        places[number].append(i)
    found: set[int] = set()
    for i, number in numbers:
        after = places[number + 1]
        at = bisect_left(after, i + GAP_OF_PAGES)
        if at < len(after):
            found |= {i, after[at]}
    return frozenset(found)
