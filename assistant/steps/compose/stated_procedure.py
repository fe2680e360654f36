"""How to apply as documents state it themselves: papers, window, place, contact, time."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.steps.compose.quoting import place, quoted
from assistant.steps.reading.procedure_asked import asked_fields, documents_asked
from assistant.steps.state import Line, State
from corpus.model.document import PolicyDocument, Span
from corpus.model.procedure import ProcedureField

_MOST = 12


def stated_lines(state: State) -> tuple[tuple[ProcedureField, ...], tuple[Line, ...]]:
    """Return which fields asked for a document states, and its words for each."""
    fields = asked_fields(state.reading.text)
    for document in documents_asked(state):
        said = [(field, spans) for field, spans in document.procedure if field in fields]
        if said:
            told = tuple(field for field, _ in said)
            return told, tuple(
                line for field, spans in said for line in _lines(state, document, field, spans)
            )
    return (), ()


def _lines(
    state: State, document: PolicyDocument, field: ProcedureField, spans: tuple[Span, ...]
) -> Iterator[Line]:
    shown = spans[:_MOST]
    where = place(state.context.corpus.clause(shown[0].clause_id), document)
    words = "；".join(quoted(span) for span in shown)
    text = state.context.replies.say("procedure_says", label=field.label, place=where, words=words)
    yield Line(text, shown)
