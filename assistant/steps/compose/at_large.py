"""A question about documents that names none (由谁解释、什么时候到期): answered for each that states it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.steps.compose.bodies import duty_lines
from assistant.steps.compose.combining import rules_at_large
from assistant.steps.compose.contacts import contact_lines
from assistant.steps.compose.documents import about_document
from assistant.steps.compose.listing import granted_lines
from assistant.steps.compose.notes import proposed_line, status_line
from assistant.steps.compose.superlatives import superlative_lines
from assistant.steps.cues import Intent
from assistant.steps.intents import asks_contact, asks_superlative, duties_asked
from assistant.steps.reading.places import local_documents
from assistant.steps.state import Line, State
from corpus.model.document import PolicyDocument

_CITY = ("上海", "本市", "全市", "市里", "市级")


def at_large_lines(state: State) -> tuple[Line, ...]:
    """Return what each document of the corpus states of itself on what is asked, and which ones do not."""
    return tuple(_lines(state))


def _lines(state: State) -> Iterator[Line]:
    allowed = state.question.documents
    documents = [one for one in state.context.corpus.documents if not allowed or one.slug in allowed]
    if asks_superlative(state):
        yield from superlative_lines(state, _named(state, documents))
        return
    if state.reading.asks(Intent.CUMULATION):
        yield from rules_at_large(state, documents)
        return
    if asks_contact(state):
        yield from contact_lines(state, documents)
        return
    if state.reading.asks(Intent.LIST):
        yield from _granted(state, documents)
        return
    yield Line(state.context.replies.say("at_large"))
    if state.reading.asks(Intent.VALIDITY):
        is_asked = state.reading.asked_date is not None
        for one in documents:
            yield status_line(one, state.as_of, state.context, is_asked)
            yield from filter(None, (proposed_line(one, state.context),))
    if duties_asked(state):
        yield from _told(state, documents, lambda one: duty_lines(state, one))
    if state.reading.asks(Intent.ABOUT):
        for one in documents:
            yield from about_document(state, one)


def _named(state: State, documents: Sequence[PolicyDocument]) -> Sequence[PolicyDocument]:
    """Return the documents named, those of the city where only the city is spoken of, else all."""
    if state.reading.documents:
        return [one for one in documents if one.slug in state.reading.documents]
    is_city = any(word in state.reading.text for word in _CITY)
    return [one for one in documents if one.level == "city"] if is_city else documents


def _granted(state: State, documents: Sequence[PolicyDocument]) -> Iterator[Line]:
    """Yield all that is granted, by the city alone where only the city is spoken of."""
    documents = _named(state, documents)
    if state.reading.seats:
        local = local_documents(state.context)
        titles = "、".join(f"《{one.title}》" for one in documents if one.slug in local)
        documents = [one for one in documents if one.slug not in local]
        yield Line(
            state.context.replies.say("list_not_local", titles=titles, seat="、".join(state.reading.seats))
        )
    slugs = {one.slug for one in documents}
    corpus = state.context.corpus
    measures = [one for one in corpus.measures if one.document in slugs]
    grants = [one for one in corpus.unquantified if one.clause_id.split("/", 1)[0] in slugs]
    yield from granted_lines(state, measures, grants)


def _told(
    state: State, documents: Sequence[PolicyDocument], lines_of: Callable[[PolicyDocument], Sequence[Line]]
) -> Iterator[Line]:
    silent: list[PolicyDocument] = []
    for document in documents:
        lines = lines_of(document)
        yield from lines
        if not lines:
            silent.append(document)
    if silent:
        titles = "、".join(f"《{one.title}》" for one in silent)
        duties = "、".join(duties_asked(state))
        yield Line(state.context.replies.say("at_large_silent", titles=titles, duties=duties))
