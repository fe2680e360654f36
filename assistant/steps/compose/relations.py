"""What the corpus tells of a document it does not hold: repealed by which, from when; extended, amended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.steps.compose.notes import called
from assistant.steps.compose.quoting import quoted, sentence_of
from assistant.steps.reading.papers import told_of
from assistant.steps.state import Line, State
from corpus.dates import chinese_date
from corpus.model.document import PolicyDocument
from corpus.model.relation import Relation
from corpus.relations import ENDING, repeal_of

_MOST = 2


def relation_lines(state: State) -> tuple[Line, ...]:
    """Return what documents here say of the one asked about, where it is not here itself; else nothing."""
    told = told_of(state.reading.text, state.context.corpus)
    ending = [one for one in told if one[1].kind in ENDING]
    return tuple(_lines(state, ending or told))[:_MOST]


def _lines(state: State, told: Sequence[tuple[PolicyDocument, Relation]]) -> Iterator[Line]:
    say = state.context.replies.say
    for document, relation in told:
        span = sentence_of(relation.evidence, state.context.corpus)
        named = f"《{relation.title}》" if relation.title else relation.number
        if relation.title and relation.number:
            named = f"《{relation.title}》（{relation.number}）"
        dated = dict(document.evidence)
        spans = (span, *(dated[name] for name in ("effective_on", "document_number") if name in dated))
        words = quoted(span)
        if relation.kind in ENDING:
            on = repeal_of(document, relation).on
            since = say("repealed_since", day=chinese_date(on)) if on else ""
            is_later = on is not None and state.as_of < on
            reply = "note_repealed_later" if is_later else "note_repealed_alone"
            text = say(reply, named=named, since=since, by=called(document), words=words)
            yield Line(text, spans, (since,))
        else:
            kind = say(f"relation_{relation.kind.value}")
            text = say("note_replaced", named=named, kind=kind, by=called(document), words=words)
            yield Line(text, spans)
