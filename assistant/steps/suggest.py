"""Questions to suggest: next ones after an answer, real ones instead of none; all from the corpus."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.steps.cues import Intent
from assistant.steps.state import State
from corpus.model.document import PolicyDocument, SourceNature
from corpus.model.measure import Measure

_NEAR = 0.2


def suggestions(state: State, most: int = 3) -> tuple[str, ...]:
    """Return real questions the corpus answers, those nearest to what was asked first."""
    near = [subject.measure for subject in state.subjects[:most] if subject.measure and subject.score > _NEAR]
    asked = [_ask(state, "suggest_amount", measure) for measure in near]
    return tuple(dict.fromkeys((*asked, *_by_document(state))))[:most]


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
        document = state.desk.corpus.document(slug)
        if _grants(state, document) and not state.reading.asks(Intent.LIST):
            yield state.desk.replies.say("suggest_list", title=_title(document))
        if not state.reading.asks(Intent.VALIDITY) and document.nature is not SourceNature.REPORT:
            yield state.desk.replies.say("suggest_validity", title=_title(document))


def _grants(state: State, document: PolicyDocument) -> bool:
    return _first_measure(state, document) is not None


def _first_measure(state: State, document: PolicyDocument) -> Measure | None:
    return next((one for one in state.desk.corpus.measures if one.document == document.slug), None)


def _by_document(state: State) -> Iterator[str]:
    allowed = state.question.documents
    for document in state.desk.corpus.documents:
        if not allowed or document.slug in allowed:
            yield _question_on(state, document)


def _question_on(state: State, document: PolicyDocument) -> str:
    measure = _first_measure(state, document)
    if measure is not None:
        return _ask(state, "suggest_amount", measure)
    return state.desk.replies.say("suggest_document", title=_title(document))


def _ask(state: State, reply: str, measure: Measure) -> str:
    """Return a question on a measure that names its document: two documents may grant much the same."""
    title = _title(state.desk.corpus.document(measure.document))
    return state.desk.replies.say(reply, name=measure.name, title=title)


def _title(document: PolicyDocument) -> str:
    return document.short_title or document.title
