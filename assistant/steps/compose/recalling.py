"""What an answer takes over from earlier turns, said in so many words: no earlier sum is used in silence."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.steps.earlier.known import worded
from assistant.steps.state import Line, State
from corpus.dates import chinese_date
from corpus.model.measure import FactScope


def recalled_lines(state: State) -> tuple[Line, ...]:
    """Return the line on facts of earlier turns the sums rest on, and the one on the day they keep."""
    return tuple(_lines(state)) if state.estimates else ()


def _lines(state: State) -> Iterator[Line]:
    say = state.context.replies.say
    told = list(dict.fromkeys(_told(state)))
    if told:
        words = "；".join(told)
        yield Line(say("recalled", facts=words), (), (words,))
    if state.reading.kept_date is not None:
        yield Line(say("kept_date", day=chinese_date(state.reading.kept_date)))


def _told(state: State) -> Iterator[str]:
    used = {name for one in state.measures for name in one.fact_names}
    for whose, name, words in state.facts.recalled:
        fact = state.context.corpus.facts[name]
        # what is fulfilled stands among the conditions already, as the person's own word
        is_told = words == "是" and (fact.scope is FactScope.MATTER or state.reading.is_follow_up)
        if name in used and not is_told:
            told = worded(name, words, state)
            measure = state.context.corpus.measure(whose).name if whose else None
            yield state.context.replies.say("recalled_of", measure=measure, told=told) if measure else told
