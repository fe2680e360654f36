"""From clean text to clauses with stable ids, labels, heading trails and responsible bodies.

Nothing is lost and nothing twice: the clauses' texts, joined by line breaks, are the clean text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from corpus.model.document import Clause, ClausePath
from corpus.reading.bodies import responsible_bodies
from corpus.reading.drafts import ClauseDraft
from corpus.reading.headings import Part, Section, lines_of, outline
from corpus.reading.items import item_drafts
from corpus.reading.prose import background_drafts, paragraph_drafts, question_draft


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
            drafts += _drafts_of(section)
    drafts.sort(key=lambda draft: draft.lines[0].start)
    return tuple(_clause(slug, text, draft) for draft in _with_unique_paths(drafts))


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


def _drafts_of(section: Section) -> list[ClauseDraft]:
    if section.part is Part.BACKGROUND:
        return background_drafts(section)
    if section.part is Part.MAIN and not section.items:
        return paragraph_drafts(section.lead)
    return item_drafts(section)
