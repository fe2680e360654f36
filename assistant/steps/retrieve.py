"""Third step: evidence. Clauses named exactly first, then those the glossary knows, then the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from assistant.ports import SearchFilter
from assistant.retrieval.coverage import covered
from assistant.retrieval.tokens import tokens
from assistant.steps.reading.scope import out_of_scope
from assistant.steps.routing.low_confidence_match import with_low_confidence_match
from assistant.steps.state import Evidence, Reading, State
from assistant.steps.subjects import Subject
from corpus.model.document import Clause, ClauseKind

_LIMIT = 12
_NAMED_BONUS = 0.3
_DOCUMENT_BONUS = 0.2
_REFERENCE_BONUS = 1.0
_POINTED_BONUS = 0.4
_RANK_BONUS = 0.15
_ASKED_BONUS = 0.15  # of the clauses found by the question as it stands, filler included
_RETELLING = frozenset({ClauseKind.PREAMBLE, ClauseKind.BACKGROUND, ClauseKind.QUESTION, ClauseKind.HEADING})
_RETELLING_FACTOR = 0.85


def retrieve(state: State) -> State:
    """Gather the clauses and the subjects (measures, grants) that bear on the question."""
    documents = _allowed(state)
    ranked = sorted(_evidence(state, documents), key=lambda one: -one.score)
    subjects = [
        _favoured(subject, state.reading)
        for subject in _subjects(state)
        if not documents or slug_of(subject.clause_id) in documents
    ]
    subjects.sort(key=lambda one: -one.score)
    heard = state.context.situations.heard(state.reading.text, documents, (one.clause for one in ranked))
    found = replace(state, evidence=tuple(ranked), subjects=tuple(subjects[:_LIMIT]), heard=heard)
    return with_low_confidence_match(found)


def _allowed(state: State) -> tuple[str, ...]:
    """Return the documents to search (empty: all): those chosen that may hold where it is asked."""
    chosen, within = state.question.documents, state.reading.within
    if chosen and within:
        return tuple(slug for slug in chosen if slug in within) or chosen
    return chosen or within


def _subjects(state: State) -> tuple[Subject, ...]:
    """Return the subjects that share words with the question, and those its quantities point at."""
    outside = out_of_scope(state.reading.documents, state.context)
    listed = state.context.subjects.rank(state.reading.query_terms)
    ranked = tuple(one for one in listed if slug_of(one.clause_id) not in outside)
    found = {subject.id for subject in ranked}
    rest = (name for name in state.reading.pointed if name not in found)
    return (*ranked, *map(state.context.subjects.of, rest))


def slug_of(some_id: str) -> str:
    """Return the document's slug of a clause or measure id."""
    return some_id.split("/", 1)[0]


def _favoured(subject: Subject, reading: Reading) -> Subject:
    bonus = _NAMED_BONUS if is_under(subject.clause_id, reading.named) else 0.0
    bonus += _REFERENCE_BONUS if is_under(subject.clause_id, reading.references) else 0.0
    bonus += _DOCUMENT_BONUS if slug_of(subject.clause_id) in reading.documents else 0.0
    bonus += _POINTED_BONUS if subject.id in reading.pointed else 0.0
    return replace(subject, score=subject.score + bonus)


def is_under(clause_id: str, places: Iterable[str]) -> bool:
    """Tell whether a clause is one of the places (clauses or documents) or lies below one."""
    return any(clause_id == place or clause_id.startswith((f"{place}/", f"{place}.")) for place in places)


def _evidence(state: State, documents: tuple[str, ...]) -> Iterator[Evidence]:
    reading, context = state.reading, state.context
    only = SearchFilter(documents, state.as_of)
    hits = context.index.search(reading.content or reading.text, _LIMIT, only)
    as_asked = context.index.search(reading.text, _LIMIT, only) if reading.content else hits
    ranks = {hit.clause_id: rank for rank, hit in enumerate(hits)}
    asked = {hit.clause_id: rank for rank, hit in enumerate(as_asked)}
    dense = {hit.clause_id: dict(hit.parts).get("dense") for hit in hits}
    for clause_id in dict.fromkeys((*reading.references, *_clauses_named(state), *ranks, *asked)):
        clause = context.corpus.clause(clause_id)
        if not documents or clause.document in documents:
            found = _weighed(clause, ranks.get(clause_id, _LIMIT * 4), state)
            bonus = _ASKED_BONUS / (1 + asked.get(clause_id, _LIMIT * 4))
            score = found.score + bonus
            yield replace(found, score=score, dense=dense.get(clause_id), asked_rank=asked.get(clause_id))


def _weighed(clause: Clause, rank: int, state: State) -> Evidence:
    reading = state.reading
    share = coverage(clause, state)
    score = share * (_RETELLING_FACTOR if clause.kind in _RETELLING else 1) + _RANK_BONUS / (1 + rank)
    score += (
        _NAMED_BONUS * (1 if reading.is_follow_up else share) if is_under(clause.id, reading.named) else 0.0
    )
    score += _DOCUMENT_BONUS if clause.document in reading.documents else 0.0
    score += _REFERENCE_BONUS if clause.id in reading.references else 0.0
    return Evidence(clause, share, score)


def _clauses_named(state: State) -> Iterator[str]:
    places = [place for place in state.reading.named if "/" in place]
    return (clause.id for clause in state.context.corpus.clauses if is_under(clause.id, places))


def coverage(clause: Clause, state: State) -> float:
    """Return the share of the question's weight that the clause, its headings and title contain."""
    title = state.context.corpus.document(clause.document).title
    return covered(state.reading.query_terms, _held(clause, title))


@lru_cache(maxsize=1024)
def _held(clause: Clause, title: str) -> frozenset[str]:
    """Return the terms of a clause, its headings and title: the same for every question."""
    return frozenset(tokens("\n".join((clause.text, *clause.headings, title))))
