"""Clauses of numbered items: their paths, labels and heading trails, and the closing paragraphs.

Where items are numbered through several sections ((一)…(二十) across 一、…六、), the sections are not part of
the items' paths. A label is what the text writes: the marks from the outermost item on, with the attachment
or the unnumbered heading they stand under. A bare 1. is no citation, so it keeps the mark above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.model.document import ClauseKind
from corpus.reading.bodies import responsible_bodies
from corpus.reading.markers import Style
from corpus.reading.numerals import write_chinese
from corpus.reading.outline.drafts import ClauseDraft
from corpus.reading.outline.lines import Line
from corpus.reading.outline.parts import Part, part_name, part_path
from corpus.reading.outline.prose import PREAMBLE, lead_draft
from corpus.reading.outline.series import TOP_LABELS, Series
from corpus.reading.outline.tree import Item, Section

CLOSING = re.compile(
    r"^(?:本|以上|上述|此前|原|该)(?:若干)?(?:政策措施|措施|政策|办法|意见|实施意见|实施办法|实施细则|细则|文件|通知|规定|方案|若干措施)"
    r".{0,60}(?:施行|实施|执行|有效|解释|印发|发布|废止|适用)"
)
AFTER_TEXT = re.compile(r"^(?:公开方式|抄送|主题词|联系人|联系电话|咨询电话|特此通知|附[ ]?件?[:：0-9])")
SIGNATURE = re.compile(
    r"^(?:.{2,30}(?:委员会|委|局|厅|政府|办公室|办公厅|海关|部|院|署|中心)(?:\s+\S+)*|[(（]?\d{4}年\d{1,2}月\d{1,2}日[)）]?(?:印发)?)$"
)
SHORT_PARAGRAPH = 40
CLOSING_LABEL, LAST_PARAGRAPH = "附则", "末段"


@dataclass(frozen=True)
class _Scope:
    """A part while its clauses are made: how its paths and labels begin, which series run through it."""

    prefix: tuple[str, ...]
    name: str
    trail: tuple[str, ...]
    through: frozenset[Series]
    sections: frozenset[int]  # ids of items that have no place in the paths of those under them
    order: Mapping[int, int]  # of unnumbered headings among their like, by id
    silent: frozenset[int]  # ids of unnumbered headings that no label needs to name
    counts_items: bool  # 附件2第三项 for a bare 3.


def item_drafts(section: Section) -> list[ClauseDraft]:
    """Return the clauses of one part of a document, its lead and closing included."""
    prefix, name = part_path(section.start), part_name(section.start)
    drafts = [lead_draft(section, tuple(section.lead), PREAMBLE)] if section.lead else []
    trail = (f"{name} {section.start.title}".strip(),) if section.part is Part.ANNEX else ()
    closing = _take_closing(section)
    scope = _scope(section, trail)
    for item in section.all:
        drafts += _drafts_of(item, scope)
    if closing:
        label = f"{name}{LAST_PARAGRAPH}" if name else CLOSING_LABEL
        drafts.append(ClauseDraft((*prefix, "closing"), ClauseKind.CLOSING, label, (), tuple(closing)))
    return drafts


def _scope(section: Section, trail: tuple[str, ...]) -> _Scope:
    """Look through a part for the series that run through it, and the headings its labels can do without.

    An unnumbered heading under a numbered item (1、 补贴条件) is named only where its numbers return under
    another one (服务内容1． and 条件要求1．).
    """
    items = section.all
    under = frozenset(id(item) for item in items if _is_label(item) and _under_number(item))
    through = _numbered_through(section)
    bare = _Scope(
        part_path(section.start),
        part_name(section.start),
        trail,
        through,
        _sections(items, through),
        _order_of_labels(items),
        under,
        section.part is Part.ANNEX,
    )
    told = Counter(_label_of(item, bare) for item in items)
    needed = {
        id(above)
        for item in items
        if told[_label_of(item, bare)] > 1
        for above in item.ancestors
        if id(above) in under
    }
    return replace(bare, silent=under - needed)


def _under_number(item: Item) -> bool:
    return any(above.marker.style is not Style.LABEL for above in item.ancestors)


def _numbered_through(section: Section) -> frozenset[Series]:
    """Return the series whose numbers run on through the whole part, whatever stands above them.

    What stands under an unnumbered heading (附则) is numbered for itself.
    """
    items = [item for item in section.all if not _under_label(item)]
    through = set()
    for series in {item.marker.series for item in items if item.marker.style is not Style.LABEL}:
        own = [item for item in items if item.marker.series == series]
        rising = all(a.marker.number < b.marker.number for a, b in pairwise(own))
        parents = {id(item.parent) for item in own}
        if rising and (len(parents) > 1 or series[0] is Style.ARTICLE):
            through.add(series)
    return frozenset(through)


def _under_label(item: Item) -> bool:
    return any(above.marker.style is Style.LABEL for above in item.ancestors)


def _is_label(item: Item) -> bool:
    return item.marker.style is Style.LABEL


def _runs_through(item: Item, through: frozenset[Series]) -> bool:
    return item.marker.series in through and not _under_label(item)


def _sections(items: Sequence[Item], through: frozenset[Series]) -> frozenset[int]:
    """Return the items that group items numbered through, or stand beside one that does, and all parts."""
    grouping = {
        (id(above.siblings), above.marker.series)
        for item in items
        if _runs_through(item, through)
        for above in item.ancestors
    }
    return frozenset(
        id(item)
        for item in items
        if not (_runs_through(item, through) or _is_label(item) or _under_label(item))
        and (item.marker.style is Style.PART or (id(item.siblings), item.marker.series) in grouping)
    )


def _order_of_labels(items: Sequence[Item]) -> dict[int, int]:
    """Return which of the unnumbered headings beside it each one is, from 1."""
    seen: Counter[int] = Counter()
    order = {}
    for item in items:
        if _is_label(item):
            seen[id(item.siblings)] += 1
            order[id(item)] = seen[id(item.siblings)]
    return order


def _drafts_of(item: Item, scope: _Scope) -> list[ClauseDraft]:
    chain = _from_last([*item.ancestors, item], scope)
    is_section = id(item) in scope.sections
    in_section = is_section or (chain[0].parent is None and id(chain[0]) in scope.sections)
    elements = tuple(_path_element(above, scope) for above in chain)
    path = (*scope.prefix, *(("section",) if in_section else ()), *elements)
    headings = (*scope.trail, *(_heading(above) for above in item.ancestors))
    label = _label_of(item, scope)
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


def _path_element(item: Item, scope: _Scope) -> str:
    """Return an item's place among its siblings as ids write it: its number, or s2 for the second label."""
    if not _is_label(item):
        return str(item.marker.number)
    if item.marker.text in TOP_LABELS:
        return "closing" if item.marker.text == CLOSING_LABEL else "general"
    return f"s{scope.order[id(item)]}"


def _from_last(chain: list[Item], scope: _Scope) -> list[Item]:
    """Return the chain from the innermost item numbered through on."""
    starts = [i for i, above in enumerate(chain) if _runs_through(above, scope.through)]
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


def _label_of(item: Item, scope: _Scope) -> str:
    chain: Sequence[Item] = [item]
    if id(item) not in scope.sections:
        chain = _from_last([*item.ancestors, item], scope)
    chain = [one for one in chain if one is item or id(one) not in scope.silent]
    first = chain[0]
    if first.marker.style is Style.ARABIC and first.parent is not None:
        chain = [first.parent, *chain]
    if len(chain) == 1 and scope.counts_items and item.marker.style is Style.ARABIC:
        return f"{scope.name}第{write_chinese(item.marker.number)}项"
    whole = [one for one in chain if one.marker.style is Style.DECIMAL]
    if whole:  # 3.1 tells what it stands under
        chain = chain[chain.index(whole[-1]) :]
    return scope.name + "".join(one.marker.text for one in chain)


def _take_closing(section: Section) -> list[Line]:
    """Take the paragraphs after the last item that speak of the document as a whole."""
    if not section.all:
        return []
    last = section.all[-1]
    is_closing = any(CLOSING_LABEL in one.lines[0].text[:SHORT_PARAGRAPH] for one in [*last.ancestors, last])
    for i, line in enumerate(last.lines[1:], start=1):
        closes = CLOSING.match(line.text) is not None and not is_closing
        if closes or AFTER_TEXT.match(line.text) or _is_signature(last.lines[i:]):
            taken, last.lines[i:] = last.lines[i:], []
            return taken
    return []


def _is_signature(lines: list[Line]) -> bool:
    return len(lines) >= 2 and all(SIGNATURE.match(line.text) for line in lines)
