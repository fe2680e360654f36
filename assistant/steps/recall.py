"""Third step: a question that leans on an earlier turn takes over its subject, and intents if it has none."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation import Turn
from assistant.steps.cues import Intent
from assistant.steps.state import Reading, State

_OWN_SUBJECT = 0.5
_OF_A_SUBJECT = (Intent.YES_NO, Intent.PREMISE, Intent.FIGURE, Intent.DEFINITION)


def recall(state: State) -> State:
    """Carry over what the last turn was about where this one names nothing of its own."""
    if not state.question.history:
        return state
    last = state.question.history[-1]
    reading = _with_intents(state.reading, last)
    if has_own_subject(state) or not (last.measures or last.clauses):
        return replace(state, reading=reading)
    places = tuple(dict.fromkeys((*(name.rsplit("/", 1)[0] for name in last.measures), *last.clauses)))
    return replace(state, reading=replace(reading, is_follow_up=True, named=(*reading.named, *places)))


def has_own_subject(state: State) -> bool:
    """Tell whether the question says by itself what it is about."""
    reading = state.reading
    if reading.named or reading.references or reading.documents or reading.elsewhere:
        return True
    if not reading.pieces:
        return False
    best = next(iter(state.desk.subjects.rank(reading.pieces)), None)
    leans = reading.text.startswith(state.desk.cues.cues.follow_up)
    return not leans or (best is not None and best.own >= _OWN_SUBJECT)


def _with_intents(reading: Reading, last: Turn) -> Reading:
    """Return the reading with the last turn's intents where it has none of its own."""
    if reading.intents - set(_OF_A_SUBJECT):
        return reading
    if reading.quantities and last.measures:
        return replace(reading, intents=reading.intents | {Intent.AMOUNT})
    return replace(reading, intents=reading.intents | {Intent(name) for name in last.intents})
