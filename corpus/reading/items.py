"""Clauses of numbered items: their paths, labels and heading trails, and the closing paragraphs.

Where items are numbered through several sections ((一)…(二十) across 一、…六、), the sections are not part of
the items' paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from corpus.model.document import ClauseKind
from corpus.reading.bodies import responsible_bodies
from corpus.reading.drafts import ClauseDraft
from corpus.reading.headings import Item, Line, Part, Section
from corpus.reading.markers import Style
from corpus.reading.numerals import write_chinese

CLOSING = re.compile(
    r"^(?:本|以上|上述|此前|原|该)(?:若干)?(?:政策措施|措施|政策|办法|意见|实施意见|实施办法|实施细则|细则|文件|通知|规定|方案|若干措施)"
    r".{0,60}(?:施行|实施|执行|有效|解释|印发|发布|废止|适用)"
    r"|^(?:公开方式|抄送|主题词|联系人|联系电话|咨询电话|特此通知)"
)
SIGNATURE = re.compile(
    r"^(?:.{2,30}(?:委员会|委|局|厅|政府|办公室|办公厅|海关|部|院|署|中心)(?:\s+\S+)*|[(（]?\d{4}年\d{1,2}月\d{1,2}日[)）]?(?:印发)?)$"
)
SHORT_PARAGRAPH = 40


def item_drafts(section: Section) -> list[ClauseDraft]:
    """Return the clauses of one part of a document, its lead and closing included."""
    prefix = () if section.part is Part.MAIN else (section.part.value,)
    drafts = [_lead_draft(section, prefix)] if section.lead else []
    trail = tuple(draft.label for draft in drafts if draft.kind is ClauseKind.HEADING)
    closing = _take_closing(section)
    through = _numbered_through(section)
    for item in section.all:
        drafts += _drafts_of(item, prefix, trail, through)
    if closing:
        drafts.append(ClauseDraft((*prefix, "closing"), ClauseKind.CLOSING, "附则", (), tuple(closing)))
    return drafts


def _lead_draft(section: Section, prefix: tuple[str, ...]) -> ClauseDraft:
    first = section.lead[0]
    if section.part is Part.MAIN and first.start == 0:
        return ClauseDraft(("preamble",), ClauseKind.PREAMBLE, "引言", (), tuple(section.lead))
    return ClauseDraft(prefix or ("section", "1"), ClauseKind.HEADING, first.text, (), tuple(section.lead))


def _numbered_through(section: Section) -> frozenset[Style]:
    """Return the styles whose numbers run on through the whole part, whatever stands above them."""
    through = set()
    for style in {item.marker.style for item in section.all}:
        items = [item for item in section.all if item.marker.style is style]
        numbers = [item.marker.number for item in items]
        rising = all(a < b for a, b in pairwise(numbers))
        parents = {id(item.parent) for item in items}
        if rising and (len(parents) > 1 or style is Style.ARTICLE):
            through.add(style)
    return frozenset(through)


def _drafts_of(
    item: Item, prefix: tuple[str, ...], trail: tuple[str, ...], through: frozenset[Style]
) -> list[ClauseDraft]:
    chain = [*item.ancestors, item]
    kept = [above for above in chain if not _is_section(above, through)]
    numbers = tuple(str(above.marker.number) for above in _from_last(kept, through))
    path = (*prefix, *numbers) if not _is_section(item, through) else (*prefix, *_section_path(item))
    headings = (*trail, *(_heading(above) for above in item.ancestors))
    label = _label(_from_last(kept, through)) if not _is_section(item, through) else item.marker.text
    parts = _paragraph_parts(item)
    if len(parts) < 2:
        kind = ClauseKind.HEADING if _is_bare_heading(item) else ClauseKind.ITEM
        return [ClauseDraft(path, kind, label, headings, tuple(item.lines))]
    return _split_item(item, parts, path, label, headings)


def _split_item(
    item: Item, parts: list[tuple[Line, ...]], path: tuple[str, ...], label: str, headings: tuple[str, ...]
) -> list[ClauseDraft]:
    drafts = []
    if item.lines[0].is_heading_like:
        drafts.append(ClauseDraft(path, ClauseKind.HEADING, label, headings, (item.lines[0],)))
    trail = (*headings, _heading(item))
    for number, lines in enumerate(parts, start=1):
        drafts.append(
            ClauseDraft(
                (*path, str(number)),
                ClauseKind.PARAGRAPH,
                f"{label}第{write_chinese(number)}段",
                trail,
                lines,
            )
        )
    return drafts


def _paragraph_parts(item: Item) -> list[tuple[Line, ...]]:
    """Return an item's paragraphs where at least two of them name responsible bodies of their own."""
    body = item.lines[1:] if item.lines[0].is_heading_like else item.lines
    named = [i for i, line in enumerate(body) if responsible_bodies(line.text)]
    if len(named) < 2 or item.children:
        return []
    starts = [0, *(i + 1 for i in named[:-1])]
    return [tuple(body[a:b]) for a, b in zip(starts, [*starts[1:], len(body)], strict=True)]


def _is_section(item: Item, through: frozenset[Style]) -> bool:
    """Tell whether an item groups items numbered through, or stands beside one that does.

    It then has no place in their paths.
    """
    if item.marker.style in through:
        return False
    beside = [other for other in item.siblings if other.marker.style is item.marker.style]
    groups = any(inner.marker.style in through for other in beside for inner in other.all)
    return groups or item.marker.style is Style.PART


def _section_path(item: Item) -> tuple[str, ...]:
    return ("section", *(str(above.marker.number) for above in [*item.ancestors, item]))


def _from_last(chain: list[Item], through: frozenset[Style]) -> list[Item]:
    """Return the chain from the innermost item numbered through on."""
    starts = [i for i, above in enumerate(chain) if above.marker.style in through]
    return chain[starts[-1] :] if starts else chain


def _is_bare_heading(item: Item) -> bool:
    return bool(item.children) and len(item.lines) == 1 and item.lines[0].is_heading_like


def _heading(item: Item) -> str:
    """Return an item's heading: its first line, up to the first full stop where that comes early."""
    first = item.lines[0].text
    stop = first.find("。")
    if 0 <= stop <= SHORT_PARAGRAPH:
        return first[:stop]
    return first if len(first) <= SHORT_PARAGRAPH * 2 else item.marker.text


def _label(chain: Iterable[Item]) -> str:
    items = list(chain)
    if len(items) == 1 and items[0].marker.style is Style.ARABIC:
        return f"第{write_chinese(items[0].marker.number)}条"
    return "".join(item.marker.text for item in items).rstrip("、.．")


def _take_closing(section: Section) -> list[Line]:
    """Take the paragraphs after the last item that speak of the document as a whole."""
    if not section.all:
        return []
    last = section.all[-1]
    for i, line in enumerate(last.lines[1:], start=1):
        if CLOSING.match(line.text) or _is_signature(last.lines[i:]):
            taken, last.lines[i:] = last.lines[i:], []
            return taken
    return []


def _is_signature(lines: list[Line]) -> bool:
    return len(lines) >= 2 and all(SIGNATURE.match(line.text) for line in lines)
