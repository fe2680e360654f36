"""What an answer takes over from earlier turns, said in so many words: no earlier sum is used in silence."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.steps.state import Line, State
from corpus.dates import chinese_date
from corpus.model.values import Unit

_SAID = {"是": "recalled_true", "否": "recalled_false"}


def recalled_lines(state: State) -> tuple[Line, ...]:
    """Return the line on facts of earlier turns the sums rest on, and the one on the day they keep."""
    return tuple(_lines(state)) if state.estimates else ()


def _lines(state: State) -> Iterator[Line]:
    say = state.desk.replies.say
    told = list(dict.fromkeys(_told(state)))
    if told:
        words = "；".join(told)
        yield Line(say("recalled", facts=words), (), (words,))
    if state.reading.kept_date is not None:
        yield Line(say("kept_date", day=chinese_date(state.reading.kept_date)))


def _told(state: State) -> Iterator[str]:
    used = {name for one in state.measures for name in one.fact_names}
    for name, words in state.facts.recalled:
        fact = state.desk.corpus.facts[name]
        if name in used:
            reply = _SAID.get(words, "recalled_value") if fact.unit is Unit.YES_NO else "recalled_value"
            yield state.desk.replies.say(reply, label=fact.label, words=words)
