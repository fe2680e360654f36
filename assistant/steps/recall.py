"""Third step: a question that leans on an earlier turn takes over its subject, and intents if it has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.conversation import Turn
from assistant.retrieval.coverage import weigh
from assistant.steps.bids import fits
from assistant.steps.cues import Intent
from assistant.steps.state import Reading, State
from assistant.steps.words import without_filler
from corpus.model.measure import Fact

_OWN_SUBJECT = 0.5
_NEARLY = 0.75
_SHORT = 12
_ONE_WORD = 2
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
    if reading.terms or reading.references or reading.documents or reading.elsewhere:
        return True
    if not reading.pieces or answers_back(state):
        return False
    best = next(iter(state.desk.subjects.rank(reading.pieces)), None)
    cues = state.desk.cues.cues
    points_back = any(word in reading.text for word in cues.pointing) or len(reading.content) <= _ONE_WORD
    leans = points_back or reading.text.startswith(cues.follow_up)
    return not leans or (best is not None and best.own >= _OWN_SUBJECT)


def answers_back(state: State) -> bool:
    """Tell whether the words only speak of facts of the last turn's measures: 「合同金额100万」, 「是三级」.

    Such words may fit other measures just as well; while they fit those talked of, these stay meant.
    """
    last, reading = state.question.history[-1], state.reading
    if _is_bare_reply(state, last):
        return True
    ranked = state.desk.subjects.rank(reading.pieces)
    own = max((one.own for one in ranked if one.id in last.measures), default=0.0)
    best = max((one.own for one in ranked), default=0.0)
    if not last.measures or (best >= _OWN_SUBJECT and own < best * _NEARLY):
        return False
    if own >= _OWN_SUBJECT and (reading.quantities or len(reading.text) <= _SHORT):
        return True
    return any(fits(found, fact) for found in reading.quantities for fact in _spoken_of(state, last))


def _is_bare_reply(state: State, last: Turn) -> bool:
    """Tell whether the text only gives a number of the kind asked for, in words for such: 「投资总额9万」."""
    asked = state.desk.corpus.facts.get(last.asked or "")
    if asked is None or not any(fits(found, asked) for found in state.reading.quantities):
        return False
    facts = [fact for fact in state.desk.corpus.facts.values() if fact.unit is asked.unit]
    words = {word for fact in facts for word in state.desk.words_of(fact)}
    rest = without_filler(state.reading.content, sorted(words, key=len, reverse=True), state.desk.rarity)
    return not any(piece.terms for piece in weigh(rest, state.desk.rarity)) if rest else True


def _spoken_of(state: State, last: Turn) -> Iterator[Fact]:
    """Return the fact we asked for last, and the facts of the last measures that the text has words of."""
    known = state.desk.corpus.facts
    measures = map(state.desk.corpus.measure, last.measures)
    for name in dict.fromkeys(name for measure in measures for name in measure.fact_names):
        if (fact := known.get(name)) is not None:
            words = [word for word in state.desk.words_of(fact) if len(word) > 1]
            if name == last.asked or any(word in state.reading.text for word in words):
                yield fact


def _with_intents(reading: Reading, last: Turn) -> Reading:
    """Return the reading with the last turn's intents where it has none of its own."""
    if reading.intents - set(_OF_A_SUBJECT):
        return reading
    if reading.quantities and last.measures:
        return replace(reading, intents=reading.intents | {Intent.AMOUNT})
    return replace(reading, intents=reading.intents | {Intent(name) for name in last.intents})
