"""Clauses on the same matter in other places of the corpus: the person's own words decide which they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.steps.retrieve import is_under, slug_of
from assistant.steps.state import State
from assistant.steps.understand import content_of
from corpus.model.document import Clause

_PHRASE = re.compile(r"[一-鿿]{3,}|[A-Za-z][A-Za-z0-9.]{2,}")
_MOST = 2
_CLOSE = 0.9
_ALIKE = 0.98
_NEARLY = 0.6  # of what another clause covers of the question, for the measure to stay meant


def phrases_said(state: State) -> tuple[str, ...]:
    """Return the phrases of a question that carry its matter, as they were said; names of documents aside."""
    text = state.reading.text
    for name in state.context.glossary.documents:
        for saying in sorted(name.says, key=len, reverse=True):
            text = text.replace(saying, "，")
    return tuple(_PHRASE.findall(content_of(text, state.reading.quantities, (), state.context)))


def told_verbatim(state: State, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return the clauses that hold every phrase of the question as it was said; none where it has none."""
    phrases = [phrase.lower() for phrase in phrases_said(state)]
    if not phrases:
        return ()
    return tuple(one for one in clauses if all(phrase in one.text.lower() for phrase in phrases))


def with_similar(state: State, own: Sequence[Clause]) -> list[Clause]:
    """Return the clauses of the measures meant, with others that name who is responsible for the same.

    Where another clause has the words and those of the measures have not, it is meant instead of them.
    """
    pool = [one for one in state.context.corpus.clauses if one.responsible_bodies and one not in own]
    allowed = state.reading.documents or state.question.documents
    pool = [one for one in pool if not allowed or one.document in allowed]
    verbatim = told_verbatim(state, pool)
    named = [one for one in pool if _is_named(one, state)]
    share = {one.clause.id: one.coverage for one in state.evidence}
    covered = max((share.get(one.id, 0.0) for one in own), default=0.0)
    most = max((share.get(one.id, 0.0) for one in pool), default=0.0)
    nearer = [one for one in pool if most * _NEARLY > covered and share.get(one.id, 0.0) >= most * _CLOSE]
    is_owned = any(_is_named(one, state) for one in own) or bool(told_verbatim(state, own))
    if nearer or (verbatim and not is_owned):
        return list(dict.fromkeys((*nearer, *named, *verbatim)))[: _MOST + 1]
    return [*own, *dict.fromkeys((*named, *verbatim[:_MOST]))]


def clauses_meant(state: State) -> list[Clause]:
    """Return the clauses of the measures meant, and of those that fit the words just as well elsewhere."""
    ids = [measure.clause_id for measure in state.measures]
    best = max((one.own for one in state.subjects), default=0.0)
    known = {slug_of(name) for name in ids}
    if not state.reading.terms and not state.reading.is_follow_up:
        alike = (one for one in state.subjects if one.measure and one.own >= best * _ALIKE)
        ids += [one.clause_id for one in alike if slug_of(one.clause_id) not in known]
    return [state.context.corpus.clause(name) for name in dict.fromkeys(ids)]


def _is_named(clause: Clause, state: State) -> bool:
    """Tell whether a term of the question stands for this clause, in words it has."""
    return any(
        is_under(clause.id, term.at) and all(word in clause.text for word in term.means)
        for term in state.reading.terms
        if all("/" in place for place in term.at)
    )
