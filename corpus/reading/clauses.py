"""From clean text to clauses with stable ids, labels, heading trails and responsible bodies.

Nothing is lost and nothing twice: the clauses' texts, joined by line breaks, are the clean text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from corpus.model.document import Clause, ClauseKind, ClausePath
from corpus.reading.bodies import responsible_bodies
from corpus.reading.numerals import write_chinese
from corpus.reading.outline.drafts import ClauseDraft
from corpus.reading.outline.items import item_drafts
from corpus.reading.outline.lines import lines_of
from corpus.reading.outline.parts import Part, part_name
from corpus.reading.outline.prose import background_drafts, paragraph_drafts, question_draft
from corpus.reading.outline.tree import Section, outline


def split_clauses(slug: str, text: str) -> tuple[Clause, ...]:
    r"""Split a clean text into the clauses of document `slug`, in order, covering all of it.

    >>> [(c.id, c.text) for c in split_clauses("d", "办法\n第一条 目的。\n第二条 支持：\n(一)给予5万元。")]
    [('d/preamble', '办法'), ('d/1', '第一条 目的。'), ('d/2', '第二条 支持：'), ('d/2.1', '(一)给予5万元。')]
    """
    drafts: list[ClauseDraft] = []
    questions = 0
    for section in outline(lines_of(text)):
        if section.part is Part.QUESTIONS:
            questions += 1
            drafts.append(question_draft(section, questions))
        else:
            drafts += _without_needless_title(_drafts_of(section), part_name(section.start), drafts)
    drafts.sort(key=lambda draft: draft.lines[0].start)
    return tuple(_clause(slug, text, draft) for draft in _with_unique_labels(_with_unique_paths(drafts)))


def _clause(slug: str, text: str, draft: ClauseDraft) -> Clause:
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


def _with_unique_paths(drafts: list[ClauseDraft]) -> list[ClauseDraft]:
    """Give a second clause of the same path (a numbering that restarts) a suffix of its own."""
    seen: Counter[tuple[str, ...]] = Counter()
    unique = []
    for draft in drafts:
        seen[draft.path] += 1
        again = seen[draft.path]
        path = draft.path if again == 1 else (*draft.path[:-1], f"{draft.path[-1]}-{again}")
        unique.append(replace(draft, path=path))
    return unique


def _without_needless_title(
    drafts: list[ClauseDraft], title: str, before: list[ClauseDraft]
) -> list[ClauseDraft]:
    """Leave a further policy's title out of its labels where its numbers tell it apart (5. after 4.)."""
    own = {draft.label.removeprefix(title) for draft in drafts if draft.kind is ClauseKind.ITEM}
    if not title.startswith("《") or own & {draft.label for draft in before}:
        return drafts
    return [
        draft
        if draft.kind in (ClauseKind.PREAMBLE, ClauseKind.CLOSING)
        else replace(draft, label=draft.label.removeprefix(title))
        for draft in drafts
    ]


def _with_unique_labels(drafts: list[ClauseDraft]) -> list[ClauseDraft]:
    """Tell a second clause of the same label apart: a number the text gives twice names no one place."""
    seen: Counter[str] = Counter()
    unique = []
    for draft in drafts:
        seen[draft.label] += 1
        again = seen[draft.label]
        label = draft.label if again == 1 else f"{draft.label}（第{write_chinese(again)}处）"
        unique.append(replace(draft, label=label))
    return unique


def _drafts_of(section: Section) -> list[ClauseDraft]:
    if section.part is Part.BACKGROUND:
        return background_drafts(section)
    if not section.items:
        return paragraph_drafts(section)
    return item_drafts(section)
