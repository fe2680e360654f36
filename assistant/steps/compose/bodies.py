"""Who is responsible (责任单位): the bodies a clause names, or that the text names none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.retrieval.coverage import covered
from assistant.retrieval.tokens import tokens
from assistant.steps.compose.passages import best_sentences, focus
from assistant.steps.compose.quoting import bodies_span, place, quoted, sentences
from assistant.steps.compose.similar import clauses_meant, told_verbatim, with_similar
from assistant.steps.cues import Intent
from assistant.steps.intents import duties_asked
from assistant.steps.state import Evidence, Line, State
from corpus.model.document import Clause, ClauseKind, PolicyDocument, Span

_DOERS = ("负责", "委", "局", "部门", "政府")
_MOST = 3
_DUTY_WORDS = ("职责", "负责解释", "组织认定")


def body_lines(state: State) -> tuple[Line, ...]:
    """Return who is responsible for what was asked about."""
    clauses = _asked_about(state)
    if state.reading.documents and (told := _asked_duty(state, clauses)):
        return told
    lines = tuple(line for clause in clauses for line in _clause_lines(state, clause))
    if lines:
        return (*_silent_lines(state, clauses), *lines)
    if told := _asked_duty(state, clauses):
        return told
    if duties := duties_asked(state):
        return _unstated_duty(state, clauses, duties)
    slugs = dict.fromkeys((*(clause.document for clause in clauses), *state.reading.documents))
    documents = [state.context.corpus.document(slug) for slug in slugs]
    return tuple(line for document in documents for line in _document_lines(state, document, clauses))


def _silent_lines(state: State, clauses: Sequence[Clause]) -> Iterator[Line]:
    """Yield that a clause on the matter names nobody, where it stands beside others that do."""
    silent = [one for one in clauses if state.meant and not one.responsible_bodies]
    for slug in dict.fromkeys(one.document for one in silent):
        yield from _document_lines(state, state.context.corpus.document(slug), silent)


def _unstated_duty(state: State, clauses: Sequence[Clause], duties: Sequence[str]) -> tuple[Line, ...]:
    """Return that nobody is named who does what is asked (谁拨付), and who issued the document."""
    slugs = dict.fromkeys((*state.reading.documents, *(clause.document for clause in clauses)))
    documents = [state.context.corpus.document(slug) for slug in slugs][:1]
    lines: list[Line] = []
    for document in documents:
        named = "、".join(duties)
        spans = tuple(span for name, span in document.evidence if name == "title")
        text = state.context.replies.say("receivers_unstated", title=document.title, duties=named)
        lines += [Line(text, spans), *_issued(state, document)]
    return tuple(lines)


def receiver_lines(state: State) -> tuple[Line, ...]:
    """Return whom the money goes to in the clause's words, where that is asked."""
    if not state.meant or not any(word in state.reading.text for word in state.context.cues.cues.receivers):
        return ()
    spans = tuple(dict.fromkeys(one.beneficiary or one.passage for one in state.meant[0]))
    words = "；".join(map(quoted, spans))
    return (Line(state.context.replies.say("receivers", words=words), spans),)


def _issued(state: State, document: PolicyDocument) -> Iterator[Line]:
    """Yield who issued a document, where it says so."""
    if document.issuing_bodies:
        spans = tuple(span for name, span in document.evidence if name.startswith("issuing_bodies"))
        bodies = "、".join(document.issuing_bodies)
        yield Line(state.context.replies.say("issued_by", bodies=bodies), spans)


def _asked_duty(state: State, clauses: list[Clause]) -> tuple[Line, ...]:
    """Return the sentences that say who does what the question names, in the first document it may be of."""
    slugs = dict.fromkeys((*state.reading.documents, *(clause.document for clause in clauses)))
    return next((duty_lines(state, state.context.corpus.document(slug)) for slug in slugs), ())


def duty_lines(state: State, document: PolicyDocument) -> tuple[Line, ...]:
    """Return the sentences of a document that say who does what is asked (解释、拨付、审核), if any do."""
    asked = duties_asked(state)
    found = [
        span
        for clause in document.clauses
        for span in sentences(clause)
        if any(word in span.quote for word in asked) and any(word in span.quote for word in _DOERS)
    ]
    return tuple(_duty_line(state, document, span) for span in found[:2])


def _duty_line(state: State, document: PolicyDocument, span: Span) -> Line:
    where = place(state.context.corpus.clause(span.clause_id), document)
    return Line(state.context.replies.say("clause_says", place=where, words=quoted(span)), (span,))


def _asked_about(state: State) -> list[Clause]:
    if state.meant and not state.reading.references:
        own = clauses_meant(state)
        return own if _bodies_said(state) else with_similar(state, own)
    found = _without_believed(state, focus(state))
    first = [one.clause for one in found if one.score >= found[0].score * 0.92]
    first = list(told_verbatim(state, first)) or first
    return [part for clause in first for part in _with_parts(state, clause)]


def _without_believed(state: State, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the clauses ranked by the rest of the question, where it names a body it takes for responsible.

    The name stands in the clauses that body is responsible for; it must not choose which is asked about.
    """
    bodies = _bodies_said(state)
    if not bodies:
        return tuple(found)
    told = frozenset(token for body in bodies for token in tokens(body))
    query_terms = [
        query_term
        for query_term in state.reading.query_terms
        if not query_term.terms or told.isdisjoint(query_term.terms)
    ]
    if not query_terms:
        return tuple(found)
    shares = [
        replace(one, score=covered(query_terms, frozenset(tokens(one.clause.text)))) for one in state.evidence
    ]
    allowed = [one for one in shares if one.clause.kind is not ClauseKind.HEADING and one.score > 0]
    return tuple(sorted(allowed, key=lambda one: -one.score))[:_MOST] or tuple(found)


def _bodies_said(state: State) -> tuple[str, ...]:
    """Return the bodies the person takes for responsible."""
    if not state.reading.asks(Intent.PREMISE, Intent.YES_NO):
        return ()
    known = {body for other in state.context.corpus.clauses for body in other.responsible_bodies}
    return tuple(sorted(body for body in known if body in state.reading.text))


def _with_parts(state: State, clause: Clause) -> Iterator[Clause]:
    """Return a clause and, where it only heads paragraphs, those."""
    yield clause
    if bodies_span(clause) is None:
        for other in state.context.corpus.document(clause.document).clauses:
            if other.id != clause.id and other.path.is_under(clause.path):
                yield other


def _clause_lines(state: State, clause: Clause) -> Iterator[Line]:
    span = bodies_span(clause)
    if span is None or not clause.responsible_bodies:
        return
    document = state.context.corpus.document(clause.document)
    yield from _believed(state, clause, span)
    subject = best_sentences(state, clause)[:1]
    yield Line(
        state.context.replies.say(
            "bodies",
            place=place(clause, document),
            bodies="、".join(clause.responsible_bodies),
            words="".join(quoted(one) for one in subject),
        ),
        (span, *subject),
    )


def _believed(state: State, clause: Clause, span: Span) -> Iterator[Line]:
    """Return whether a body the person takes for responsible is one of those named."""
    for body in _bodies_said(state):
        is_named = body in clause.responsible_bodies
        yield Line(state.context.replies.say("body_right" if is_named else "body_wrong", body=body), (span,))


def _document_lines(state: State, document: PolicyDocument, clauses: list[Clause]) -> Iterator[Line]:
    own = [clause for clause in clauses if clause.document == document.slug][:2]
    asked = "、".join(place(clause, document) for clause in own) or f"《{document.title}》"
    spans = tuple(best_sentences(state, clause)[0] for clause in own)
    yield Line(state.context.replies.say("bodies_unstated", place=asked), spans)
    duties = [
        span
        for clause in document.clauses
        for span in sentences(clause)
        if any(word in clause.text[:20] or word in span.quote for word in _DUTY_WORDS)
        and "负责" in span.quote
    ]
    if duties:
        yield Line(
            state.context.replies.say("duties", words="；".join(map(quoted, duties[:3]))), tuple(duties[:3])
        )
    else:
        yield from _issued(state, document)
