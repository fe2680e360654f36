"""Several policies in one text: a title stands alone, and the numbering begins anew after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.reading.markers import Style, read_marker
from corpus.reading.outline.lines import Line
from corpus.reading.outline.parts import Part, PartStart
from corpus.reading.outline.titles import card_title, issued_title, plain, title_at

FEWEST_ITEMS = 2  # of a policy, before another one can begin
NEAR = 15  # lines between a title and its first item


def with_policies(lines: Sequence[Line], starts: list[PartStart], listed: frozenset[int]) -> list[PartStart]:
    """Add the policies that begin within a main part: a title, and its numbering begins anew."""
    issued = plain(issued_title(lines))
    found: list[PartStart] = []
    for start, after in zip(starts, [*(one.line for one in starts[1:]), len(lines)], strict=True):
        found.append(start)
        if start.part in (Part.MAIN, Part.ANNEX):
            found += _policies_within(lines, start, after, listed)
    mains = [one for one in found if one.part is Part.MAIN]
    if len(mains) < 2:
        return found
    is_notice = issued and plain(mains[1].title) == issued and mains[0].line == 0
    numbered: list[PartStart] = []
    count = 0
    for one in found:
        if one is mains[0] and is_notice:
            numbered.append(PartStart(one.line, Part.NOTICE))
        elif one.part is Part.MAIN:
            count += 1
            numbered.append(PartStart(one.line, Part.MAIN, one.title, count))
        else:
            numbered.append(one)
    return numbered


def _policies_within(
    lines: Sequence[Line], start: PartStart, end: int, listed: frozenset[int]
) -> list[PartStart]:
    """Return the policies that begin after the first of a part; in an attachment, only one of articles."""
    found: list[PartStart] = []
    seen: list[Style] = []
    outermost = Style.ARTICLE if start.part is Part.ANNEX else Style.CHINESE
    for i in range(start.line, end):
        marker = read_marker(lines[i].text) if i not in listed else None
        title = ""
        if len(seen) >= FEWEST_ITEMS and marker is not None:
            title = card_title(lines, i, end)
        elif len(seen) >= FEWEST_ITEMS and i not in listed:
            outer = outermost if start.part is Part.ANNEX else max(min(seen), outermost)
            title = title_at(lines, i) if _begins_a_policy(lines[i + 1 : min(end, i + NEAR)], outer) else ""
        if title:
            found.append(PartStart(i, Part.MAIN, title))
            seen = []
        if marker is not None:
            seen.append(marker.style)
    return found


def _begins_a_policy(lines: Sequence[Line], outermost: Style) -> bool:
    """Tell whether number 1 comes next: an article, or after a paragraph that says what the policy is for."""
    for i, line in enumerate(lines):
        marker = read_marker(line.text)
        if marker is not None:
            has_lead = any(re.search("[，。；：]", before.text) for before in lines[:i])
            is_outer = marker.number == 1 and marker.style <= outermost
            return is_outer and (has_lead or marker.style <= Style.ARTICLE)
    return False
