"""A company that sits elsewhere asks about a district's own policy: whom that is for."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.steps.compose.quoting import quoted
from assistant.steps.reading.places import local_documents
from assistant.steps.state import Line, State


def home_lines(state: State) -> tuple[Line, ...]:
    """Return for each district's document named that it asks for a seat there."""
    return tuple(_lines(state)) if state.reading.seats else ()


def _lines(state: State) -> Iterator[Line]:
    corpus, homes = state.context.corpus, state.context.seat_facts
    local = local_documents(state.context)
    for slug in (name for name in state.reading.documents if name in local):
        measures = [one for one in corpus.measures if one.document == slug]
        conditions = [each for one in measures for each in one.conditions if each.fact in homes]
        if conditions:
            seat, title = "、".join(state.reading.seats), corpus.document(slug).title
            words = quoted(conditions[0].span)
            text = state.context.replies.say("not_at_home", seat=seat, title=title, words=words)
            yield Line(text, (conditions[0].span,))
