"""Clauses of texts without numbered items: news reports, questions and answers, background texts."""

from __future__ import annotations

from corpus.model.document import ClauseKind
from corpus.reading.drafts import ClauseDraft
from corpus.reading.headings import Line, Section
from corpus.reading.numerals import write_chinese

LONGEST_SUBHEADING = 40
SENTENCE_ENDS = "。！？；…"


def paragraph_drafts(lines: list[Line]) -> list[ClauseDraft]:
    """Split a text without items, such as a news report: headline, then paragraphs p1, p2 and so on."""
    body = next((i for i, line in enumerate(lines) if _is_body(line)), len(lines))
    drafts = []
    if lines[:body]:
        drafts.append(ClauseDraft(("preamble",), ClauseKind.PREAMBLE, "标题", (), tuple(lines[:body])))
    heading: tuple[str, ...] = ()
    paragraphs = sections = 0
    for line in lines[body:]:
        if _is_body(line):
            paragraphs += 1
            drafts.append(
                ClauseDraft(
                    (f"p{paragraphs}",),
                    ClauseKind.PARAGRAPH,
                    f"第{write_chinese(paragraphs)}段",
                    heading,
                    (line,),
                )
            )
        else:
            sections += 1
            heading = (line.text,)
            drafts.append(
                ClauseDraft(
                    ("section", str(sections)),
                    ClauseKind.HEADING,
                    f"小标题{write_chinese(sections)}",
                    (),
                    (line,),
                )
            )
    return drafts


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
    for item, after in zip(tops, [*tops[1:], None], strict=True):
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
