"""What a clause grants without a number: said so, in its own words."""

from __future__ import annotations

from assistant.steps.compose.passages import passage_lines
from assistant.steps.compose.quoting import place, quoted, sentence_of
from assistant.steps.state import Line, State

_CLOSE = 0.9


def unquantified_lines(state: State) -> tuple[Line, ...]:
    """Return what the text grants and that it states no sum; its best sentences where no grant is known."""
    corpus, replies = state.desk.corpus, state.desk.replies
    lines: list[Line] = []
    for subject in state.grants:
        span = sentence_of(subject.passage, corpus)
        clause = corpus.clause(subject.clause_id)
        where = place(clause, corpus.document(clause.document))
        lines.append(Line(replies.say("no_number", place=where, words=quoted(span)), (span,)))
    if lines:
        return tuple(lines)
    said = passage_lines(state)
    return (Line(replies.say("no_amount_stated"), said[0].spans if said else ()), *said)
