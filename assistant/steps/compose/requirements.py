"""What a measure asks for (条件): each condition in the clause's words, then the grant itself."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.steps.compose.amounts import standard
from assistant.steps.compose.quoting import place
from assistant.steps.state import Line, State
from corpus.model.measure import Measure


def requirement_lines(state: State) -> tuple[Line, ...]:
    """Return the conditions of the measures meant; nothing where no measure is."""
    return tuple(line for measure in state.measures for line in _lines(state, measure))


def _lines(state: State, measure: Measure) -> Iterator[Line]:
    corpus, say = state.context.corpus, state.context.replies.say
    where = place(corpus.clause(measure.clause_id), corpus.document(measure.document))
    words = "；".join(dict.fromkeys(condition.text for condition in measure.conditions))
    spans = tuple(dict.fromkeys(condition.span for condition in measure.conditions))
    if words:
        yield Line(say("requirements", place=where, name=measure.name, words=words), spans)
    for choice in measure.alternatives:
        either = "；".join(condition.text for condition in choice.conditions)
        yield Line(say("requirements_any", words=either), tuple(one.span for one in choice.conditions))
    yield standard(state, measure)
