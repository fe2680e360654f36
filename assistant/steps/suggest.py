"""Questions to suggest: next ones after an answer, real ones instead of none; all from the corpus."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.steps.cues import Intent
from assistant.steps.state import State
from corpus.model.document import PolicyDocument, SourceNature
from corpus.model.measure import Measure

_NEAR = 0.6  # share of a question's words that an award owns; below, most such awards are another matter
_LIKE = 12.0  # how much a question sounds like a situation; nine in ten such are the right one
_LEAST_LEAD = 0.0


def suggestions(state: State, most: int = 3) -> tuple[str, ...]:
    """Return real questions the corpus answers: near ones where there are any, else what documents cover."""
    near = tuple(dict.fromkeys((*_on_likeness(state), *_on_subjects(state))))
    return (near or tuple(_by_document(state)))[:most]


def _on_likeness(state: State) -> Iterator[str]:
    """Yield a question on what the words sound like: an award, or else the clause itself."""
    heard = state.heard
    if heard.best.score < _LIKE or heard.lead < _LEAST_LEAD:
        return
    measures = {one.id: one for one in state.context.corpus.measures}
    if heard.best.about in measures:
        yield _ask(state, "suggest_amount", measures[heard.best.about])
        return
    clause = state.context.corpus.clause(heard.best.clause_id)
    title = _title(state.context.corpus.document(clause.document))
    yield state.context.replies.say("suggest_clause", title=title, label=clause.label)


def _on_subjects(state: State) -> Iterator[str]:
    for subject in state.subjects:
        if subject.measure and subject.own >= _NEAR:
            yield _ask(state, "suggest_amount", subject.measure)


def next_questions(state: State, most: int = 3) -> tuple[str, ...]:
    """Return what to ask next about what was just answered: what was not asked yet of the same matter."""
    found = dict.fromkeys((*_on_measures(state), *_on_documents(state)))
    return tuple(found)[:most]


def _on_measures(state: State) -> Iterator[str]:
    reading = state.reading
    told = {span.clause_id for line in state.lines for span in line.spans}
    for measure in [one for one in state.measures if one.clause_id in told][:2]:
        if not state.estimates and not reading.asks(Intent.AMOUNT):
            yield _ask(state, "suggest_amount", measure)
        if not state.estimates and not reading.asks(Intent.CONDITIONS):
            yield _ask(state, "suggest_conditions", measure)
        if not reading.asks(Intent.RESPONSIBLE_BODY):
            yield _ask(state, "suggest_body", measure)


def _on_documents(state: State) -> Iterator[str]:
    """Yield questions on the documents the answer rests on."""
    spans = [span for line in state.lines for span in line.spans]
    for slug in dict.fromkeys(span.clause_id.split("/", 1)[0] for span in spans):
        document = state.context.corpus.document(slug)
        if _grants(state, document) and not state.reading.asks(Intent.LIST):
            yield state.context.replies.say("suggest_list", title=_title(document))
        if not state.reading.asks(Intent.VALIDITY) and document.nature is not SourceNature.REPORT:
            yield state.context.replies.say("suggest_validity", title=_title(document))


def _grants(state: State, document: PolicyDocument) -> bool:
    return any(one.document == document.slug for one in state.context.corpus.measures)


def _by_document(state: State) -> Iterator[str]:
    """Yield what each document supports; of one that grants nothing, what it says."""
    allowed = state.question.documents
    for document in state.context.corpus.documents:
        if not allowed or document.slug in allowed:
            reply = "suggest_list" if _grants(state, document) else "suggest_document"
            yield state.context.replies.say(reply, title=_title(document))


def _ask(state: State, reply: str, measure: Measure) -> str:
    """Return a question on a measure that names its document: two documents may grant much the same."""
    title = _title(state.context.corpus.document(measure.document))
    return state.context.replies.say(reply, name=measure.name, title=title)


def _title(document: PolicyDocument) -> str:
    return document.short_title or document.title
