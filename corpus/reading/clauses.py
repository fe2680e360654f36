"""From clean text to clauses with stable ids, labels, heading trails and responsible bodies.

Ids hold numbers only. Where items are numbered through several sections ((一)…(二十) across 一、…六、), the
sections are not part of the path and have ids `section.N` of their own. Nothing is lost and nothing twice:
the clauses' texts, joined by line breaks, are the clean text.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.model.document import Clause, ClauseKind, ClausePath
from corpus.reading.bodies import responsible_bodies
from corpus.reading.headings import Item, Line, Part, Section, lines_of, outline
from corpus.reading.markers import Style

CLOSING = re.compile(
    r"^(?:本|以上|上述|此前|原|该)(?:若干)?(?:政策措施|措施|政策|办法|意见|实施意见|实施办法|实施细则|细则|文件|通知|规定|方案|若干措施)"
    r".{0,60}(?:施行|实施|执行|有效|解释|印发|发布|废止|适用)"
    r"|^(?:公开方式|抄送|主题词|联系人|联系电话|咨询电话|特此通知)"
)
SIGNATURE = re.compile(
    r"^(?:.{2,30}(?:委员会|委|局|厅|政府|办公室|办公厅|海关|部|院|署|中心)(?:\s+\S+)*|[(（]?\d{4}年\d{1,2}月\d{1,2}日[)）]?(?:印发)?)$"
)
SHORT_PARAGRAPH = 40
HEADLINE_ENDS = "。！？；…"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A clause before its document is known."""

    path: tuple[str, ...]
    kind: ClauseKind
    label: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def split_clauses(slug: str, text: str) -> tuple[Clause, ...]:
    r"""Split a clean text into the clauses of document `slug`, in order, covering all of it.

    >>> [(c.id, c.text) for c in split_clauses("d", "办法\n第一条 目的。\n第二条 支持：\n(一)给予5万元。")]
    [('d/preamble', '办法'), ('d/1', '第一条 目的。'), ('d/2', '第二条 支持：'), ('d/2.1', '(一)给予5万元。')]
    """
    drafts: list[_Draft] = []
    questions = 0
    for section in outline(lines_of(text)):
        if section.part is Part.QUESTIONS:
            questions += 1
            drafts.append(_question(section, questions))
        else:
            drafts += _drafts_of(section)
    drafts.sort(key=lambda draft: draft.lines[0].start)
    return tuple(_clause(slug, text, draft) for draft in _with_unique_paths(drafts))


def _clause(slug: str, text: str, draft: _Draft) -> Clause:
    start, end = draft.lines[0].start, draft.lines[-1].end
    words = text[start:end]
    return Clause(
        id=f"{slug}/{'.'.join(draft.path)}",
        document=slug,
        path=ClausePath(draft.path),
        kind=draft.kind,
        label=draft.label,
        headings=draft.headings,
        text=words,
        start=start,
        responsible_bodies=responsible_bodies(words),
    )


def _with_unique_paths(drafts: list[_Draft]) -> list[_Draft]:
    """Give a second clause of the same path (a numbering that restarts) a suffix of its own."""
    seen: Counter[tuple[str, ...]] = Counter()
    unique = []
    for draft in drafts:
        seen[draft.path] += 1
        again = seen[draft.path]
        path = draft.path if again == 1 else (*draft.path[:-1], f"{draft.path[-1]}-{again}")
        unique.append(replace(draft, path=path))
    return unique


def _drafts_of(section: Section) -> list[_Draft]:
    if section.part is Part.BACKGROUND:
        return _background(section)
    if section.part is Part.MAIN and not section.items:
        return _paragraphs(section.lead)
    return _items(section)


def _items(section: Section) -> list[_Draft]:
    prefix = () if section.part is Part.MAIN else (section.part.value,)
    lead_kind = ClauseKind.PREAMBLE if section.part is Part.MAIN else ClauseKind.HEADING
    drafts = []
    if section.lead:
        path = prefix or ("preamble",)
        label = "引言" if section.part is Part.MAIN else section.lead[0].text
        drafts.append(_Draft(path, lead_kind, label, (), tuple(section.lead)))
    closing = _take_closing(section)
    through = _numbered_through(section)
    for item in section.all:
        drafts += _item_drafts(item, prefix, through)
    if closing:
        drafts.append(_Draft((*prefix, "closing"), ClauseKind.CLOSING, "附则", (), tuple(closing)))
    return drafts


def _numbered_through(section: Section) -> frozenset[Style]:
    """Return the styles whose numbers run on through the whole part, whatever stands above them."""
    through = set()
    for style in {item.marker.style for item in section.all}:
        items = [item for item in section.all if item.marker.style is style]
        numbers = [item.marker.number for item in items]
        rising = all(a < b for a, b in itertools.pairwise(numbers))
        parents = {id(item.parent) for item in items}
        if rising and (len(parents) > 1 or style is Style.ARTICLE):
            through.add(style)
    return frozenset(through)


def _item_drafts(item: Item, prefix: tuple[str, ...], through: frozenset[Style]) -> list[_Draft]:
    chain = [*item.ancestors, item]
    kept = [above for above in chain if not _is_section(above, through)]
    numbers = tuple(str(above.marker.number) for above in _from_last(kept, through))
    path = (*prefix, *numbers) if not _is_section(item, through) else (*prefix, *_section_path(item))
    headings = tuple(_heading(above) for above in item.ancestors)
    label = _label(_from_last(kept, through)) if not _is_section(item, through) else item.marker.text
    parts = _paragraph_parts(item)
    if len(parts) < 2:
        kind = ClauseKind.HEADING if _is_bare_heading(item) else ClauseKind.ITEM
        return [_Draft(path, kind, label, headings, tuple(item.lines))]
    return _split_item(item, parts, path, label, headings)


def _split_item(
    item: Item, parts: list[tuple[Line, ...]], path: tuple[str, ...], label: str, headings: tuple[str, ...]
) -> list[_Draft]:
    drafts = []
    if item.lines[0].is_heading_like:
        drafts.append(_Draft(path, ClauseKind.HEADING, label, headings, (item.lines[0],)))
    trail = (*headings, _heading(item))
    for number, lines in enumerate(parts, start=1):
        drafts.append(
            _Draft((*path, str(number)), ClauseKind.PARAGRAPH, f"{label}第{number}段", trail, lines)
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
        return f"第{items[0].marker.number}条"
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


def _paragraphs(lines: list[Line]) -> list[_Draft]:
    """Split a text without items, such as a news report: headline, then paragraphs p1, p2 and so on."""
    body = next((i for i, line in enumerate(lines) if _is_body(line)), len(lines))
    drafts = []
    if lines[:body]:
        drafts.append(_Draft(("preamble",), ClauseKind.PREAMBLE, "标题", (), tuple(lines[:body])))
    heading: tuple[str, ...] = ()
    paragraphs = sections = 0
    for line in lines[body:]:
        if _is_body(line):
            paragraphs += 1
            drafts.append(
                _Draft((f"p{paragraphs}",), ClauseKind.PARAGRAPH, f"第{paragraphs}段", heading, (line,))
            )
        else:
            sections += 1
            heading = (line.text,)
            drafts.append(
                _Draft(("section", str(sections)), ClauseKind.HEADING, f"小标题{sections}", (), (line,))
            )
    return drafts


def _is_body(line: Line) -> bool:
    return line.text[-1] in HEADLINE_ENDS or len(line.text) > SHORT_PARAGRAPH


def _question(section: Section, number: int) -> _Draft:
    """Return a question with its answer; `outline` opens a new part at each."""
    lines = tuple(section.lead)
    return _Draft(("qa", str(number)), ClauseKind.QUESTION, f"问答{number}", (lines[0].text,), lines)


def _background(section: Section) -> list[_Draft]:
    """Number the paragraphs of a background text by its own items; a lead-in to a new list stands alone."""
    title = section.lead[0].text if section.lead else ""
    drafts = []
    if section.lead:
        drafts.append(_Draft(("background",), ClauseKind.HEADING, title, (), (section.lead[0],)))
    groups = [tuple(section.lead[1:])] if section.lead[1:] else []
    tops = section.items
    for item, after in zip(tops, [*tops[1:], None], strict=True):
        lines = [line for inner in item.all for line in inner.lines]
        restarts = after is not None and after.marker.number == 1
        if restarts and len(lines) > 1 and lines[-1].text.endswith(("：", ":")):
            groups += [tuple(lines[:-1]), (lines[-1],)]
        else:
            groups.append(tuple(lines))
    for number, group in enumerate(groups, start=1):
        drafts.append(
            _Draft(
                ("background", str(number)), ClauseKind.BACKGROUND, f"背景介绍第{number}段", (title,), group
            )
        )
    return drafts
