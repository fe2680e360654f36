"""Clauses of texts without numbered items: news reports, questions and answers, background texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from corpus.model.document import ClauseKind
from corpus.reading.numerals import write_chinese
from corpus.reading.outline.drafts import ClauseDraft
from corpus.reading.outline.lines import Line
from corpus.reading.outline.parts import Part, part_name, part_path
from corpus.reading.outline.tree import Section

LONGEST_SUBHEADING = 40
HEADLINE, PREAMBLE = "标题", "引言"
SENTENCE_ENDS = "。！？；…"


def paragraph_drafts(section: Section) -> list[ClauseDraft]:
    """Split a part without items, such as a news report: headline, then paragraphs p1, p2 and so on."""
    prefix, name, lines = part_path(section.start), part_name(section.start), section.lead
    body = next((i for i, line in enumerate(lines) if _is_body(line)), len(lines))
    drafts = []
    if lines[:body]:
        drafts.append(lead_draft(section, tuple(lines[:body]), HEADLINE))
    heading: tuple[str, ...] = (lines[0].text,) if name else ()
    paragraphs = sections = 0
    for is_body, group in _grouped(lines[body:], whole=section.part is Part.ANNEX):
        if is_body:
            paragraphs += 1
            path, label = f"p{paragraphs}", f"{name}第{write_chinese(paragraphs)}段"
            drafts.append(ClauseDraft((*prefix, path), ClauseKind.PARAGRAPH, label, heading, group))
        else:
            sections += 1
            heading = (group[0].text,)
            label = f"{name}小标题{write_chinese(sections)}"
            path = str(sections)
            drafts.append(ClauseDraft((*prefix, "section", path), ClauseKind.HEADING, label, (), group))
    return drafts


def lead_draft(section: Section, lines: tuple[Line, ...], label: str) -> ClauseDraft:
    """Return what stands before the first item or paragraph of a part as a clause of its own."""
    prefix, name = part_path(section.start), part_name(section.start)
    if section.part is not Part.ANNEX:
        return ClauseDraft((*prefix, "preamble"), ClauseKind.PREAMBLE, f"{name}{label}", (), lines)
    kind = ClauseKind.PARAGRAPH if any(_is_body(line) for line in lines[1:]) else ClauseKind.HEADING
    return ClauseDraft(prefix, kind, name, (), lines)


def _grouped(lines: list[Line], whole: bool) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Give each line with whether it is body text; short lines together where `whole` (a form, a table)."""
    for is_body, group in groupby(lines, _is_body):
        if is_body or not whole:
            yield from ((is_body, (line,)) for line in group)
        else:
            yield False, tuple(group)


def _is_body(line: Line) -> bool:
    return line.text[-1] in SENTENCE_ENDS or len(line.text) > LONGEST_SUBHEADING


def question_draft(section: Section, number: int) -> ClauseDraft:
    """Return a question with its answer; `outline` opens a new part at each."""
    lines = tuple(section.lead)
    return ClauseDraft(
        ("qa", str(number)), ClauseKind.QUESTION, f"问答{write_chinese(number)}", (lines[0].text,), lines
    )


def background_drafts(section: Section) -> list[ClauseDraft]:
    """Number the paragraphs of a background text by its own items; a lead-in to a new list stands alone."""
    title = section.lead[0].text if section.lead else ""
    drafts = []
    if section.lead:
        drafts.append(ClauseDraft(("background",), ClauseKind.HEADING, title, (), (section.lead[0],)))
    groups = [tuple(section.lead[1:])] if section.lead[1:] else []
    tops = section.items
    for item, after in zip(tops, [*tops[1:], None] if tops else [], strict=True):
        lines = [line for inner in item.all for line in inner.lines]
        restarts = after is not None and after.marker.number == 1
        if restarts and len(lines) > 1 and lines[-1].text.endswith(("：", ":")):
            groups += [tuple(lines[:-1]), (lines[-1],)]
        else:
            groups.append(tuple(lines))
    for number, group in enumerate(groups, start=1):
        drafts.append(
            ClauseDraft(
                ("background", str(number)),
                ClauseKind.BACKGROUND,
                f"背景介绍第{write_chinese(number)}段",
                (title,),
                group,
            )
        )
    return drafts
