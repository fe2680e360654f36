"""Asked of another edition than the one held, an answer says first which one it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.steps.reading.editions import edition_said, is_held
from assistant.steps.retrieve import slug_of
from assistant.steps.state import Line, State
from corpus.dates import chinese_date
from corpus.model.document import PolicyDocument, SourceNature, Span

_NAMED = re.compile("版本?$|轮$|政策$|版$")
_STATED = ("document_number", "signed_on", "published_on", "title")


def edition_lines(state: State, told: Sequence[Line]) -> Iterator[Line]:
    """Yield which edition is held, where the question is of another one."""
    edition = edition_said(state.reading.text, state.question.as_of)
    if edition is None or not told:
        return
    document = _document(state, told)
    if document is None or is_held(edition, document):
        return
    reply = "edition_newer" if edition.is_newer else "edition_other"
    said = edition.said.rstrip("的")
    said = said if _NAMED.search(said) else state.context.replies.say("edition_said", said=said)
    text = state.context.replies.say(reply, title=document.title, when=_when(state, document), said=said)
    yield Line(text, _spans(document), (text,))


def _document(state: State, told: Sequence[Line]) -> PolicyDocument | None:
    slugs = {slug_of(span.clause_id) for line in told for span in line.spans}
    named = state.reading.documents or (tuple(slugs) if len(slugs) == 1 else ())
    return state.context.corpus.document(named[0]) if named else None


def _when(state: State, document: PolicyDocument) -> str:
    """Return how the edition held is told from others: by its number and day, as the text states them."""
    say = state.context.replies.say
    day = document.signed_on or document.published_on
    if document.nature is SourceNature.REPORT and day:
        return say("edition_report", day=chinese_date(day))
    if document.nature is SourceNature.DRAFT and day:
        return say("edition_draft", day=chinese_date(day))
    parts = (document.document_number, say("edition_day", day=chinese_date(day)) if day else None)
    return "，".join(filter(None, parts)) or say("edition_undated")


def _spans(document: PolicyDocument) -> tuple[Span, ...]:
    evidence = dict(document.evidence)
    return tuple(evidence[name] for name in _STATED if name in evidence)[:2]
