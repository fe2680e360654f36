"""What a question was taken for, where only everyday words lead there: said before anything else."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.steps.compose.quoting import place
from assistant.steps.state import Line, State


def low_confidence_lines(state: State, body: Iterable[Line]) -> tuple[Line, ...]:
    """Return the line that names what was understood; none where the texts' own words were used."""
    cited = {span.clause_id for line in body for span in line.spans}
    if state.low_confidence_match is None or state.low_confidence_match.clause_id not in cited:
        return ()
    names = [measure.name for measure in state.measures]
    names += [one.grant.name for one in state.grants if one.grant is not None]
    clause = state.context.corpus.clause(state.low_confidence_match.clause_id)
    where = place(clause, state.context.corpus.document(clause.document))
    reply = "guessed" if names else "guessed_clause"
    text = state.context.replies.say(reply, names="」「".join(names), place=where)
    return (Line(text),)
