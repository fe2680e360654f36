"""Answers about a document itself: validity, number, bodies, dates; and lists of what it grants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.steps.compose.figures import whole_count_lines
from assistant.steps.compose.listing import granted_lines, topic_lines
from assistant.steps.compose.notes import proposed_line, status_line
from assistant.steps.compose.premises import main_document
from assistant.steps.cues import Intent
from assistant.steps.state import Line, State
from assistant.steps.subjects import Subject
from corpus.dates import chinese_date
from corpus.model.document import ClauseKind, DocumentStatus, PolicyDocument, SourceNature, Span
from corpus.model.measure import Measure, Unquantified

_Granted = tuple[Sequence[Measure], Sequence[Unquantified]]
_CALLED = re.compile(r"第[一二三四五六七八九十百\d]+[条项]")
_OFFICIAL = re.compile("正式|定稿|终稿|落地|出台|什么时候(发布|公布|出)|何时(发布|公布|出)")
_LEFT = re.compile(
    "(还有?|剩下?|余下?|离|距)[^，。；]{0,8}(几天|多少天|几个?月|多久|多长时间)|(几|多少)天(后|就)?(到期|过期|截止|失效)"
)
_TOPIC_CLOSE = 0.55
_LEAST_ON_GRANTS = 0.7
_MOST_ON_TOPIC = 12


def validity_lines(state: State) -> tuple[Line, ...]:
    """Return how the documents asked about stand on the day asked about."""
    slugs = state.reading.documents or tuple(_slug_of_main(state))
    documents = [state.context.corpus.document(slug) for slug in slugs]
    lines: list[Line] = []
    for document in documents:
        line = status_line(document, state.as_of, state.context, state.reading.asked_date is not None)
        if document.nature is SourceNature.REPORT:
            line = replace(line, text=state.context.replies.say("report_alone", title=document.title))
        lines.append(_verdict(state, document, line) if can_apply(state) else line)
        lines += _days_left(state, document, line)
        proposed = proposed_line(document, state.context)
        lines += [proposed] if proposed else []
        if proposed and _OFFICIAL.search(state.reading.text):
            lines.append(Line(state.context.replies.say("official_unstated"), line.spans))
    return tuple(lines)


def _days_left(state: State, document: PolicyDocument, line: Line) -> Iterator[Line]:
    """Yield how many days a document in force has left, where that is asked."""
    end = document.validity.end
    is_open = document.status_on(state.as_of) is DocumentStatus.IN_FORCE
    if end is not None and is_open and _LEFT.search(state.reading.text):
        days = (end - state.as_of).days
        text = state.context.replies.say(
            "days_left", day=chinese_date(end), now=chinese_date(state.as_of), days=days
        )
        yield Line(text, line.spans, (text,))


def can_apply(state: State) -> bool:
    """Tell whether the question is if money can be applied for at all: yes or no comes first."""
    asks = any(word in state.reading.text for word in state.context.cues.cues.applying)
    return asks and state.reading.asks(Intent.YES_NO)


def _verdict(state: State, document: PolicyDocument, line: Line) -> Line:
    status = document.status_on(state.as_of)
    closed = "can_no_then" if state.reading.asked_date is not None else "can_no"
    names = {DocumentStatus.IN_FORCE: "can_yes", DocumentStatus.REPORT: "can_unknown", None: "can_unknown"}
    if status is None and document.validity.is_stated:
        return replace(line, text=state.context.replies.say("can_open", note=line.text))
    text = state.context.replies.say(names.get(status, closed), note=line.text)
    return replace(line, text=text)


def _slug_of_main(state: State) -> Iterator[str]:
    document = main_document(state)
    if document is not None:
        yield document.slug


def about_lines(state: State) -> tuple[Line, ...]:
    """Return bodies, number and dates as the text states them, those asked for, and what it leaves out."""
    document = main_document(state)
    return about_document(state, document) if document is not None else ()


def about_document(state: State, document: PolicyDocument) -> tuple[Line, ...]:
    """Return what one document states of itself, as far as it is asked for."""
    wanted = state.context.cues.about_fields(state.reading.text)
    evidence = dict(document.evidence)
    said = {
        "number": document.document_number,
        "signed": document.signed_on and chinese_date(document.signed_on),
        "published": document.published_on and chinese_date(document.published_on),
    }
    lines = [_bodies_line(state, document)] if "bodies" in wanted else []
    for name, value in said.items():
        if value and name in wanted:
            text = state.context.replies.say(f"about_{name}", title=document.title, value=value)
            lines.append(Line(text, _spans(evidence, name)))
    silent = [
        state.context.replies.say(f"about_{name}_name") for name in said if name in wanted and not said[name]
    ]
    if silent:
        text = state.context.replies.say("about_silent", title=document.title, fields="、".join(silent))
        lines.append(Line(text, _spans(evidence, "title")))
    return tuple(lines)


def missing_clause_lines(state: State) -> tuple[Line, ...]:
    """Return that a document named has no such clause here, where the number asked for is only another's."""
    named = state.reading.documents
    clauses = [state.context.corpus.clause(name).document for name in state.reading.references]
    is_called = bool(clauses) or bool(_CALLED.search(state.reading.text))
    if not named or not is_called or any(slug in named for slug in clauses):
        return ()
    document = state.context.corpus.document(named[0])
    text = state.context.replies.say("no_such_clause", title=document.title)
    return (Line(text, _spans(dict(document.evidence), "title")),)


_FIELDS = {"number": "document_number", "signed": "signed_on", "published": "published_on"}


def _spans(evidence: Mapping[str, Span], name: str) -> tuple[Span, ...]:
    field = _FIELDS.get(name, name)
    return (evidence[field],) if field in evidence else ()


def _bodies_line(state: State, document: PolicyDocument) -> Line:
    spans = tuple(
        span for name, span in document.evidence if name.startswith("issuing_bod") or name == "title"
    )
    if not document.issuing_bodies:
        return Line(state.context.replies.say("about_no_bodies", title=document.title), spans)
    bodies = "、".join(document.issuing_bodies)
    return Line(state.context.replies.say("about_bodies", title=document.title, bodies=bodies), spans)


def list_lines(state: State) -> tuple[Line, ...]:
    """Return everything of the registry that was asked for, each with its standard in the text's words."""
    if topic := _better_topic(state):
        return topic
    is_on_topic = bool(state.reading.query_terms and (state.meant or state.grants))
    measures, grants = _on_topic(state) if is_on_topic else ((), ())
    if state.reading.query_terms and not measures and not grants:
        return ()
    if not measures and not grants:
        measures, grants = _of_documents(state)
    if not measures and not grants:
        return _headings(state)
    return (*_reported_count(state), *granted_lines(state, measures, grants))


def _reported_count(state: State) -> tuple[Line, ...]:
    """Return how many measures a policy has of which only a report is held: it tells of some."""
    document = main_document(state)
    is_report = document is not None and document.nature is SourceNature.REPORT
    return whole_count_lines(state, document) if document is not None and is_report else ()


def _better_topic(state: State) -> tuple[Line, ...]:
    """Return the sentences on the topic where no grant is spoken of nearly as fully as they are."""
    own = max((one.own for one in state.subjects[:1]), default=0.0)
    if not state.reading.query_terms or own >= _LEAST_ON_GRANTS:
        return ()
    lines = topic_lines(state)
    return (Line(state.context.replies.say("topic_head")), *lines) if len(lines) > 1 else ()


def _on_topic(state: State) -> _Granted:
    if not state.subjects:
        return (), ()
    best = state.subjects[0]
    close = [
        one
        for one in state.subjects[:_MOST_ON_TOPIC]
        if one.score >= best.score * _TOPIC_CLOSE
        and _allowed(state, one.clause_id)
        and _shared(state, one, best) >= _TOPIC_CLOSE
    ]
    return [one.measure for one in close if one.measure], [one.grant for one in close if one.grant]


def _shared(state: State, one: Subject, best: Subject) -> float:
    """Return how much of what the best subject has of the question another one has, too (0..1)."""
    weights = [query_term.weight for query_term in state.reading.query_terms]
    whole = sum(weights[at] for at in best.covered)
    return sum(weights[at] for at in best.covered & one.covered) / whole if whole else 1.0


def _of_documents(state: State) -> _Granted:
    slugs = state.reading.documents or state.question.documents
    if not slugs and state.reading.is_follow_up:
        slugs = tuple(_slug_of_main(state))
    corpus = state.context.corpus
    measures = [one for one in corpus.measures if one.document in slugs]
    return measures, [one for one in corpus.unquantified if one.clause_id.split("/", 1)[0] in slugs]


def _allowed(state: State, clause_id: str) -> bool:
    named = state.reading.documents
    return not named or clause_id.split("/", 1)[0] in named


def _headings(state: State) -> tuple[Line, ...]:
    """Return the headings of a document that grants nothing in numbers."""
    document = main_document(state)
    if document is None:
        return ()
    spans = [
        Span(clause.id, 0, end, clause.text[:end])
        for clause in document.clauses
        if clause.kind is ClauseKind.ITEM and len(clause.path.parts) == 1
        for end in (_heading_end(clause.text),)
    ]
    lead = Line(state.context.replies.say("list_headings", title=document.title))
    return (lead, *(Line(f"- {span.quote.strip()}", (span,)) for span in spans))


def _heading_end(text: str) -> int:
    ends = [at for at in (text.find("。"), text.find("\n")) if at > 0]
    return min(ends, default=min(len(text), 60))
