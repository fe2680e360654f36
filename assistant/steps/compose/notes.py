"""How the documents stand: draft, report, expired, silent; said once for each document of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from assistant.steps.compose.quoting import quoted, sentence_of
from assistant.steps.state import AnswerContext, Line, State
from corpus.dates import chinese_date
from corpus.model.document import DocumentStatus, PolicyDocument, SourceNature, Span
from corpus.model.relation import Extension
from corpus.relations import final_of

SOON = timedelta(days=90)
_SHORT = 60
_UNSTATED = ("nature",)
_DATES = ("effective_on", "expires_on", "unlimited")
_NOTED = {
    SourceNature.DRAFT: ("nature",),
    SourceNature.REPORT: ("published_on",),
    SourceNature.POLICY: _DATES,
    SourceNature.GUIDE: _DATES,
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
    DocumentStatus.REPEALED: "status_repealed",
    None: "status_silent",
}

_DATED = frozenset({DocumentStatus.IN_FORCE, DocumentStatus.EXPIRED, DocumentStatus.NOT_YET_IN_FORCE})


def status_lines(state: State, slugs: Iterable[str]) -> tuple[Line, ...]:
    """Return one line a document on how it stands on the day asked about."""
    documents = [state.context.corpus.document(slug) for slug in dict.fromkeys(slugs)]
    is_asked = state.reading.asked_date is not None
    return tuple(status_line(document, state.as_of, state.context, is_asked) for document in documents)


def status_line(
    document: PolicyDocument, as_of: date, context: AnswerContext, is_asked: bool = False
) -> Line:
    """Return the line on how a document stands; `is_asked` where the question itself names the day."""
    status = document.status_on(as_of)
    if status is DocumentStatus.REPEALED:
        return repealed_line(document, context)
    names = _NOTED[document.nature] if document.validity.is_stated or status else _UNSTATED
    spans = _quotable(document, names, context)
    words = "；".join(quoted(span) for span in spans)
    reply = _REPLIES[status] + ("_asked" if is_asked and status in _DATED else "")
    reply = "note_open" if status is None and document.validity.is_stated else reply
    text = context.replies.say(reply, title=document.title, words=words, fields=unstated_fields(document))
    reckoning = _reckoning(document, context)
    text += reckoning
    if (final := final_of(document, context.corpus.documents)) is not None:
        title = dict(final.evidence).get("title")
        spans = (*spans, title) if title else spans
        return Line(text + context.replies.say("note_final", final=called(final)), spans)
    if document.extended is not None:
        return _with_extension(Line(text, spans), document.extended, context)
    if status is DocumentStatus.IN_FORCE and as_of == document.validity.end:
        text += context.replies.say("note_ends_today")
    elif status is DocumentStatus.IN_FORCE and ends_soon(document, as_of):
        text += context.replies.say("note_ends_soon")
    return Line(text, spans, (reckoning,) if reckoning else ())


def _with_extension(line: Line, extension: Extension, context: AnswerContext) -> Line:
    """Return the line with who extended the period, and until when."""
    span = sentence_of(extension.evidence, context.corpus)
    by = called(context.corpus.document(extension.by))
    day = chinese_date(extension.until)
    added = context.replies.say("note_extended", by=by, day=day, words=quoted(span))
    evidence = dict(context.corpus.document(extension.by).evidence)
    numbers = tuple(evidence[name] for name in ("document_number",) if name in evidence)
    return Line(f"{line.text}{added}", (*line.spans, span, *numbers), (added,))


def repealed_line(document: PolicyDocument, context: AnswerContext) -> Line:
    """Return the line on a repealed document: which one repeals it, from when, and its words."""
    repeal = document.repealed
    if repeal is None:
        raise ValueError(f"{document.slug} is not repealed")
    other = context.corpus.document(repeal.by)
    since = context.replies.say("repealed_since", day=chinese_date(repeal.on)) if repeal.on else ""
    span = sentence_of(repeal.evidence, context.corpus)
    text = context.replies.say(
        "note_repealed", title=document.title, since=since, by=called(other), words=quoted(span)
    )
    return Line(text, (span, *_dated_by(other)))


def _dated_by(other: PolicyDocument) -> tuple[Span, ...]:
    """Return the words that say from when a repealing document holds, and its number."""
    evidence = dict(other.evidence)
    return tuple(evidence[name] for name in ("effective_on", "document_number") if name in evidence)


def called(document: PolicyDocument) -> str:
    """Return a document as people cite it: its title, and its number where it has one."""
    number = f"（{document.document_number}）" if document.document_number else ""
    return f"《{document.title}》{number}"


def unstated_fields(document: PolicyDocument) -> str:
    """Return which of year, number and validity a text does not state."""
    fields = [
        *([] if document.signed_on or document.published_on else ["年份"]),
        *([] if document.document_number else ["文号"]),
        "有效期",
    ]
    return "和".join(("、".join(fields[:-1]), fields[-1])) if len(fields) > 1 else fields[0]


def _reckoning(document: PolicyDocument, context: AnswerContext) -> str:
    """Return the days that the text gives as spans: reckoned from the day of signing, or merely counted."""
    start, end = document.validity.start, document.validity.end
    if "effective_on" not in document.reckoned or start is None:
        is_counted = end is not None and "expires_on" in dict(document.counted) and not document.extended
        return context.replies.say("note_counted", end=chinese_date(end)) if is_counted and end else ""
    issued = re.search("印发|发布|公布|颁布|下发", dict(document.evidence)["effective_on"].quote)
    what = issued.group() if issued else "施行"
    if end is None or "expires_on" not in document.reckoned:
        return context.replies.say("note_reckoned", what=what, start=chinese_date(start))
    return context.replies.say(
        "note_reckoned_ends", what=what, start=chinese_date(start), end=chinese_date(end)
    )


def proposed_line(document: PolicyDocument, context: AnswerContext) -> Line | None:
    """Return the line on the dates a draft proposes for itself; None for anything else."""
    if document.nature is not SourceNature.DRAFT or not document.validity.is_stated:
        return None
    spans = _quotable(document, _DATES, context)
    words = "；".join(quoted(span) for span in spans)
    return Line(context.replies.say("note_proposed", words=words), spans)


def _quotable(document: PolicyDocument, names: Iterable[str], context: AnswerContext) -> tuple[Span, ...]:
    """Return the evidence of the named fields, in whole sentences where these are short."""
    evidence = dict(document.evidence)
    spans = [evidence[name] for name in names if name in evidence]
    wide = [sentence_of(span, context.corpus) for span in spans]
    fitting = (one if len(one.quote) <= _SHORT else span for one, span in zip(wide, spans, strict=True))
    return tuple(dict.fromkeys(fitting))


def ends_soon(document: PolicyDocument, as_of: date) -> bool:
    """Tell whether the document ends within 90 days of the day, that day included."""
    end = document.validity.end
    return end is not None and as_of <= end <= as_of + SOON


def document_warnings(document: PolicyDocument, as_of: date, context: AnswerContext) -> tuple[str, ...]:
    """Return the warnings a reader of any answer from this document needs."""
    is_reckoned = "effective_on" in document.reckoned and document.nature.is_law
    reckoned = (context.replies.say("warn_reckoned", title=document.title),) if is_reckoned else ()
    return (*_standing_warnings(document, as_of, context), *reckoned)


def _standing_warnings(document: PolicyDocument, as_of: date, context: AnswerContext) -> tuple[str, ...]:
    status = document.status_on(as_of)
    end = document.validity.end
    if status is DocumentStatus.DRAFT:
        return (context.replies.say("warn_draft", title=document.title),)
    if status is DocumentStatus.REPORT:
        return (context.replies.say("warn_report", title=document.title),)
    if status is DocumentStatus.EXPIRED and end:
        return (context.replies.say("warn_expired", title=document.title, day=chinese_date(end)),)
    if status is DocumentStatus.NOT_YET_IN_FORCE:
        return (context.replies.say("warn_not_yet", title=document.title),)
    if ends_soon(document, as_of) and end:
        return (context.replies.say("warn_ends_soon", title=document.title, day=chinese_date(end)),)
    if status is DocumentStatus.REPEALED and document.repealed is not None:
        by = called(context.corpus.document(document.repealed.by))
        return (context.replies.say("warn_repealed", title=document.title, by=by),)
    if status is None and document.validity.is_stated:
        return (context.replies.say("warn_open", title=document.title),)
    fields = unstated_fields(document)
    return (
        (context.replies.say("warn_silent", title=document.title, fields=fields),) if status is None else ()
    )
