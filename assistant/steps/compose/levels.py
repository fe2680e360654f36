"""What the city and the district each give: where an answer tells of one of them, the other half is added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from assistant.retrieval.coverage import covered
from assistant.retrieval.tokens import tokens
from assistant.steps.choosing.both_levels import asks_both_levels
from assistant.steps.compose.passages import clause_line
from assistant.steps.compose.quoting import place, quoted
from assistant.steps.compose.reviewing import unreviewed_mark
from assistant.steps.cues import Intent
from assistant.steps.retrieve import slug_of
from assistant.steps.state import Line, State
from assistant.steps.subjects import Subject
from corpus.model.document import Clause, ClauseKind, DocumentStatus, PolicyDocument
from corpus.model.measure import Measure

_LEAST = 0.55  # of the question's words, for a measure to be on the matter
_LEAST_OF_CLAUSE = 0.6
_CLOSE = 0.95
_MOST = 3
_MOST_PASSAGES = 2


def level_lines(state: State, told: Sequence[Line]) -> Iterator[Line]:
    """Yield what the level gives that an answer on both has not told of, or that its texts say nothing."""
    reading = state.reading
    if not told or not reading.query_terms or reading.asks(Intent.CUMULATION):
        return
    if not asks_both_levels(reading.text, reading.quantities, state.context):
        return
    corpus = state.context.corpus
    allowed = [
        one
        for one in corpus.documents
        if not state.question.documents or one.slug in state.question.documents
    ]
    slugs = {slug_of(span.clause_id) for line in told for span in line.spans}
    levels = {corpus.document(slug).level for slug in slugs}
    for level in dict.fromkeys(one.level for one in allowed if one.level):
        if level not in levels:
            yield from _of_level(state, level, [one for one in allowed if one.level == level])


def _of_level(state: State, level: str, documents: Sequence[PolicyDocument]) -> Iterator[Line]:
    say = state.context.replies.say
    name = say(f"level_{level}")
    slugs = {one.slug for one in documents}
    ranked = [
        one
        for one in state.context.subjects.rank(state.reading.query_terms)
        if slug_of(one.clause_id) in slugs
    ]
    lines = tuple(_granted(state, ranked)) or tuple(_passages(state, documents))
    if lines:
        yield Line(say("level_head", level=name))
        yield from lines
        return
    spans = tuple(span for one in documents for key, span in one.evidence if key == "title")
    titles = "、".join(f"《{one.title}》" for one in documents)
    yield Line(say("level_silent", level=name, titles=titles), spans)


def _granted(state: State, ranked: Sequence[Subject]) -> Iterator[Line]:
    """Yield the awards and grants of a level that are on the matter asked about."""
    best = ranked[0].own if ranked else 0.0
    if best < _LEAST:
        return
    for one in [one for one in ranked if one.own >= best * _CLOSE][:_MOST]:
        if one.measure is not None:
            yield _rule_line(state, one.measure)
        else:
            where = place(state.context.corpus.clause(one.clause_id), _document(state, one.clause_id))
            text = state.context.replies.say("clause_says", place=where, words=quoted(one.passage))
            yield Line(text, (one.passage,))


def _rule_line(state: State, measure: Measure) -> Line:
    """Return what an award gives as a rule, with the mark of a draft where it is only drafted."""
    corpus = state.context.corpus
    document = corpus.document(measure.document)
    rule = estimate(measure, FactSheet.parse({}, corpus.facts), state.as_of, corpus)
    words = "；".join(step.text for step in rule.steps)
    where = place(corpus.clause(measure.clause_id), document)
    text = state.context.replies.say("company_item", name=measure.name, place=where, rule=words)
    mark = state.context.replies.say("draft_mark") if _is_draft(state, document) else ""
    mark += unreviewed_mark(state, measure)
    return Line(f"- {mark}{text.removeprefix('- ')}", (measure.passage,), (words,))


def _passages(state: State, documents: Sequence[PolicyDocument]) -> Iterator[Line]:
    """Yield the clauses of a level that cover the matter best, if any speak of it."""
    clauses = [one for each in documents for one in each.clauses if one.kind is not ClauseKind.HEADING]
    shares = {one.id: _share(state, one) for one in clauses if _speaks_of_terms(state, one)}
    least = max((_LEAST_OF_CLAUSE, max(shares.values(), default=0.0) * _CLOSE))
    close = sorted(
        (one for one in clauses if shares.get(one.id, 0.0) >= least), key=lambda one: -shares[one.id]
    )
    yield from (clause_line(state, one) for one in close[:_MOST_PASSAGES])


def _speaks_of_terms(state: State, clause: Clause) -> bool:
    """Tell whether a clause has a name of what the question calls by one; any clause where it calls none."""
    words = [word for term in state.reading.terms for word in (*term.says, *term.means) if len(word) > 1]
    return not words or any(word.lower() in clause.text.lower() for word in words)


def _share(state: State, clause: Clause) -> float:
    return (
        covered(state.reading.query_terms, frozenset(tokens(clause.text)))
        if state.reading.query_terms
        else 0.0
    )


def _document(state: State, clause_id: str) -> PolicyDocument:
    return state.context.corpus.document(slug_of(clause_id))


def _is_draft(state: State, document: PolicyDocument) -> bool:
    return document.status_on(state.as_of) is DocumentStatus.DRAFT
