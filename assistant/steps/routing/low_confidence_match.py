"""A matter told in words no clause has: taken for the situation it sounds like, and said to be a guess.

Where the texts' own words are there, they decide; here is only what they leave open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.retrieval.coverage import covered
from assistant.retrieval.tokens import tokens
from assistant.steps.cues import Intent
from assistant.steps.routing.company import is_about_company
from assistant.steps.routing.situations import Likeness
from assistant.steps.state import Evidence, State

_FEW_SHARED = 0.5  # share of a question's weight that the best clause covers; from here its own words decide
_LEAST = 12.0  # about three rare words
_LEAST_IN_BITS = 24.0  # without a whole phrase
_LEAST_LEAD = 0.3
_CLEARLY = 1.25  # how much likelier than the next award of the same clause
_FIRST = 0.1
_OF_DOCUMENTS = frozenset(
    {
        Intent.VALIDITY,
        Intent.ABOUT,
        Intent.LIST,
        Intent.PREMISE,
        Intent.LOOKUP,
    }
)


def with_low_confidence_match(state: State) -> State:
    """Return the state with the situation told of, its clause first, where the texts' words leave it open."""
    match = low_confidence_match(state)
    if match is None:
        return state
    top = max((one.score for one in state.evidence), default=0.0)
    clause = state.context.corpus.clause(match.clause_id)
    held = frozenset(tokens("\n".join((clause.text, *clause.headings))))
    known = next((one for one in state.evidence if one.clause.id == clause.id), None)
    first = known or Evidence(clause, covered(state.reading.query_terms, held), 0.0)
    rest = (one for one in state.evidence if one is not known)
    return replace(state, low_confidence_match=match, evidence=(replace(first, score=top + _FIRST), *rest))


def low_confidence_match(state: State) -> Likeness | None:
    """Return the situation a question clearly sounds like, None where the texts' own words decide."""
    reading, best = state.reading, state.heard.best
    if reading.references or reading.is_follow_up or reading.pointed or state.question.history:
        return None
    if reading.asks(*_OF_DOCUMENTS) or is_about_company(state) or not reading.query_terms:
        return None
    if reading.documents and best.clause_id.split("/", 1)[0] not in reading.documents:
        return None
    if len(reading.terms) > 1 or any(best.clause_id not in term.at for term in reading.terms):
        return None
    least = _LEAST if best.phrases else _LEAST_IN_BITS
    if best.score < least or state.heard.lead < _LEAST_LEAD:
        return None
    if max((one.coverage for one in state.evidence), default=0.0) >= _FEW_SHARED:
        return None
    return best


def as_low_confidence_match(state: State, match: Likeness) -> State:
    """Return the state with the award or grant guessed; none where the clause has several as likely."""
    context = state.context
    about = next(_awards(state, match), "")
    measures = {one.id: one for one in context.corpus.measures}
    if about in measures:
        return replace(state, meant=((measures[about],),))
    grants = {one.id for one in context.corpus.unquantified}
    return replace(state, grants=(context.subjects.of(about),)) if about in grants else state


def _awards(state: State, match: Likeness) -> Iterator[str]:
    """Yield the award meant: the one it sounds like, or the only one that the clause has a sum for."""
    corpus = state.context.corpus
    measures = [one.id for one in corpus.measures if one.clause_id == match.clause_id]
    own = [*measures, *(one.id for one in corpus.unquantified if one.clause_id == match.clause_id)]
    if own == measures and len(measures) == 1:
        yield own[0]
        return
    told = (one for one in state.heard.told if one.clause_id == match.clause_id)
    second = next((one for one in told if one.about != match.about), None)
    if match.about in own and (second is None or match.score >= _CLEARLY * second.score):
        yield match.about
