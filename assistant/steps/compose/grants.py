"""What a clause grants without a number: said so, in its own words."""

from __future__ import annotations

from assistant.steps.compose.passages import passage_lines
from assistant.steps.compose.quoting import place, quoted, sentence_of
from assistant.steps.state import Line, State

_CLOSE = 0.9


def unquantified_lines(state: State) -> tuple[Line, ...]:
    """Return what the text grants and that it states no sum; its best sentences where no grant is known."""
    if lines := grant_lines(state):
        return lines
    said = passage_lines(state)
    spans = said[0].spans if said else ()
    slug = spans[0].clause_id.split("/", 1)[0] if spans else ""
    is_added = slug in state.context.corpus.added and not any(
        measure.document == slug for measure in state.context.corpus.measures
    )
    granting = {measure.clause_id for measure in state.context.corpus.measures}
    is_paying = any(span.clause_id in granting for line in said for span in line.spans)
    reply = "no_measures_of_it" if is_added else "which_support" if is_paying else "no_amount_stated"
    return (Line(state.context.replies.say(reply), spans), *said)


def grant_lines(state: State) -> tuple[Line, ...]:
    """Return the grants without a number that were meant, each in the text's words."""
    corpus, replies = state.context.corpus, state.context.replies
    lines: list[Line] = []
    clauses = {measure.clause_id for measure in state.measures}
    for subject in (one for one in state.grants if one.clause_id not in clauses):
        span = sentence_of(subject.passage, corpus)
        clause = corpus.clause(subject.clause_id)
        where = place(clause, corpus.document(clause.document))
        lines.append(Line(replies.say("clause_says", place=where, words=quoted(span)), (span,)))
    doubted = any(one.grant is not None and one.grant.is_doubted for one in state.grants)
    return (Line(replies.say("needs_review" if doubted else "no_number")), *lines) if lines else ()
