"""How the documents stand: draft, report, expired, silent; said once for each document of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from assistant.steps.compose.quoting import quoted, sentence_of
from assistant.steps.state import Desk, Line, State
from corpus.dates import chinese_date
from corpus.model.document import DocumentStatus, PolicyDocument, SourceNature, Span

SOON = timedelta(days=90)
_SHORT = 60
_UNSTATED = ("nature",)
_DATES = ("effective_on", "expires_on")
_NOTED = {
    SourceNature.DRAFT: ("nature",),
    SourceNature.REPORT: ("published_on",),
    SourceNature.POLICY: _DATES,
}
_REPLIES = {
    DocumentStatus.DRAFT: "note_draft",
    DocumentStatus.REPORT: "note_report",
    DocumentStatus.EXPIRED: "note_expired",
    DocumentStatus.NOT_YET_IN_FORCE: "note_not_yet",
    DocumentStatus.IN_FORCE: "note_in_force",
    None: "note_silent",
}

STATUS_NAMES = {
    DocumentStatus.IN_FORCE: "status_in_force",
    DocumentStatus.DRAFT: "status_draft",
    DocumentStatus.REPORT: "status_report",
    DocumentStatus.EXPIRED: "status_expired",
    DocumentStatus.NOT_YET_IN_FORCE: "status_not_yet",
    None: "status_silent",
}

_DATED = frozenset({DocumentStatus.IN_FORCE, DocumentStatus.EXPIRED, DocumentStatus.NOT_YET_IN_FORCE})


def status_lines(state: State, slugs: Iterable[str]) -> tuple[Line, ...]:
    """Return one line a document on how it stands on the day asked about."""
    documents = [state.desk.corpus.document(slug) for slug in dict.fromkeys(slugs)]
    is_asked = state.reading.asked_date is not None
    return tuple(status_line(document, state.as_of, state.desk, is_asked) for document in documents)


def status_line(document: PolicyDocument, as_of: date, desk: Desk, is_asked: bool = False) -> Line:
    """Return the line on how a document stands; `is_asked` where the question itself names the day."""
    status = document.status_on(as_of)
    names = _NOTED[document.nature] if document.validity.is_stated or status else _UNSTATED
    spans = _quotable(document, names, desk)
    words = "；".join(quoted(span) for span in spans)
    reply = _REPLIES[status] + ("_asked" if is_asked and status in _DATED else "")
    text = desk.replies.say(reply, title=document.title, words=words)
    if status is DocumentStatus.IN_FORCE and as_of == document.validity.end:
        text += desk.replies.say("note_ends_today")
    elif status is DocumentStatus.IN_FORCE and ends_soon(document, as_of):
        text += desk.replies.say("note_ends_soon")
    return Line(text, spans)


def proposed_line(document: PolicyDocument, desk: Desk) -> Line | None:
    """Return the line on the dates a draft proposes for itself; None for anything else."""
    if document.nature is not SourceNature.DRAFT or not document.validity.is_stated:
        return None
    spans = _quotable(document, _DATES, desk)
    words = "；".join(quoted(span) for span in spans)
    return Line(desk.replies.say("note_proposed", words=words), spans)


def _quotable(document: PolicyDocument, names: Iterable[str], desk: Desk) -> tuple[Span, ...]:
    """Return the evidence of the named fields, in whole sentences where these are short."""
    evidence = dict(document.evidence)
    spans = [evidence[name] for name in names if name in evidence]
    wide = [sentence_of(span, desk.corpus) for span in spans]
    fitting = (one if len(one.quote) <= _SHORT else span for one, span in zip(wide, spans, strict=True))
    return tuple(dict.fromkeys(fitting))


def ends_soon(document: PolicyDocument, as_of: date) -> bool:
    """Tell whether the document ends within 90 days of the day, that day included."""
    end = document.validity.end
    return end is not None and as_of <= end <= as_of + SOON


def document_warnings(document: PolicyDocument, as_of: date, desk: Desk) -> tuple[str, ...]:
    """Return the warnings a reader of any answer from this document needs."""
    status = document.status_on(as_of)
    end = document.validity.end
    if status is DocumentStatus.DRAFT:
        return (desk.replies.say("warn_draft", title=document.title),)
    if status is DocumentStatus.REPORT:
        return (desk.replies.say("warn_report", title=document.title),)
    if status is DocumentStatus.EXPIRED and end:
        return (desk.replies.say("warn_expired", title=document.title, day=chinese_date(end)),)
    if status is DocumentStatus.NOT_YET_IN_FORCE:
        return (desk.replies.say("warn_not_yet", title=document.title),)
    if ends_soon(document, as_of) and end:
        return (desk.replies.say("warn_ends_soon", title=document.title, day=chinese_date(end)),)
    return (desk.replies.say("warn_silent", title=document.title),) if status is None else ()
