"""What a question is after, where one cue word alone does not tell."""

from __future__ import annotations

from assistant.retrieval.tokens import tokens
from assistant.steps.cues import Intent
from assistant.steps.state import State

_UNHEARD_WORD = 2  # characters no clause has: a word of another matter (餐饮)


def asks_figure(state: State) -> bool:
    """Tell whether a figure of the trade is asked for (营收、授信、家数), neither a date nor an award."""
    text, cues = state.reading.text, state.desk.cues.cues
    is_award = any(word in text for word in cues.granting)
    return not is_award and not state.reading.quantities and any(word in text for word in cues.figures)


def duties_asked(state: State) -> tuple[str, ...]:
    """Return the duties (解释、拨付…) whose holder is asked for."""
    if not state.reading.asks(Intent.RESPONSIBLE_BODY):
        return ()
    return tuple(word for word in state.desk.cues.cues.duties if word in state.reading.text)


def asks_every_document(state: State) -> bool:
    """Tell whether something each document states of itself is asked for, and no document or matter named."""
    reading = state.reading
    duties = frozenset(token for word in duties_asked(state) for token in tokens(word))
    has_subject = any(
        duties.isdisjoint(piece.terms) and max(map(len, piece.terms), default=0) > 1
        for piece in reading.pieces
    )
    strangers = sum(not piece.terms for piece in reading.pieces)
    has_subject = has_subject or strangers >= _UNHEARD_WORD
    is_bare = not (has_subject or reading.documents or reading.references or reading.is_follow_up)
    is_stated = reading.asks(Intent.VALIDITY, Intent.ABOUT, Intent.LIST) or bool(duties_asked(state))
    return is_bare and not state.meant and is_stated
