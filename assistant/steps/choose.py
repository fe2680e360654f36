"""Fifth step: which measures are meant. Groups are different matters; inside a group, alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.conversation import Turn
from assistant.steps.choosing.both_levels import level_said
from assistant.steps.choosing.by_sum import meant_by_sum, only_with_sum
from assistant.steps.choosing.named import hears, is_named, named_apart, named_beside, worded_beside
from assistant.steps.choosing.near_topic import near_topic
from assistant.steps.choosing.opposites import turned_round, with_opposites
from assistant.steps.choosing.parted import told_beside
from assistant.steps.earlier.turns import last_topic
from assistant.steps.intents import asks_figure, asks_superlative
from assistant.steps.reading.charges import charged
from assistant.steps.reading.places import asks_of_none_computed
from assistant.steps.retrieve import is_under, slug_of
from assistant.steps.routing.company import is_about_company
from assistant.steps.routing.low_confidence_match import as_low_confidence_match
from assistant.steps.routing.within import is_silent, titled
from assistant.steps.state import State
from assistant.steps.subjects import Subject
from corpus.glossary import Term
from corpus.model.measure import Measure
from corpus.reading.numerals import Kind

_CLOSE = 0.9
_NEARLY_OF_LEVEL = 0.7
_LEAST = 0.22
_LEAST_REST = 0.3
_LEAST_NAMED_REST = 0.08
_LEAST_OF_CLAUSE = 0.6
_MOST_GROUPS = 4
_PHRASE = re.compile(r"[一-鿿]{4,}")
_MOST_ALTERNATIVES = 5


def adds(state: State) -> bool:
    """Tell whether the turn adds to what the last one was about."""
    return bool(state.question.history) and state.reading.text.startswith(state.context.cues.cues.adding)


def choose(state: State) -> State:
    """Choose the measures meant; none of a document that cannot hold where the company says it is."""
    chosen, within = _chosen(state), state.reading.within
    if not within:
        return chosen
    meant = (tuple(one for one in group if slug_of(one.id) in within) for group in chosen.meant)
    grants = tuple(one for one in chosen.grants if slug_of(one.clause_id) in within)
    return replace(chosen, meant=tuple(group for group in meant if group), grants=grants)


def _chosen(state: State) -> State:
    """Take the best subject, then whatever explains a good part of the question it leaves unexplained."""
    if (
        state.is_closest
        or asks_of_none_computed(state.reading.documents, state.context)
        or is_about_company(state)
        or charged(state)
        or asks_superlative(state)
        or (asks_figure(state) and not state.reading.is_follow_up)
    ):
        return state
    if state.reading.is_follow_up and (carried := _carried(state)):
        return replace(state, meant=carried)
    if state.reading.by_sum and not state.reading.terms:
        return replace(state, meant=(meant_by_sum(state),))
    if state.low_confidence_match is not None:
        return as_low_confidence_match(state, state.low_confidence_match)
    weights = [query_term.weight for query_term in state.reading.query_terms]
    rest, pool = frozenset(range(len(weights))), _pool(state)
    groups: list[tuple[Subject, ...]] = []
    while pool and rest and len(groups) < _MOST_GROUPS:
        best = _best(pool, rest, weights, state, groups) if groups else _first(pool)
        if best is None or (not groups and not _holds_its_own(best, state)):
            break
        group = _alternatives(best, pool, rest, weights, state.reading.terms)
        groups.append(group)
        rest -= frozenset().union(*(one.covered for one in group))
        pool = [one for one in pool if one not in group]
    if not groups and state.reading.pointed:
        return replace(state, meant=_pointed(state))
    if not groups and state.reading.references:
        return replace(state, meant=_under_references(state))
    groups = [near_topic(state, group) for group in with_opposites(state, groups)]
    groups = [part for group in groups for part in named_apart(group, state.reading.terms)]
    groups += named_beside(state, groups)
    groups += worded_beside(state, groups)
    groups += told_beside(state, groups)
    groups += _pointed_beside(state, groups)
    groups += _measured_beside(state, groups)
    groups = [_without_siblings_of_doubted(group) for group in groups]
    groups.sort(key=lambda group: _first_piece(group, groups))
    chosen = (tuple(one.measure for one in group if one.measure is not None) for group in groups)
    meant = only_with_sum(tuple(group for group in chosen if group), state.reading.by_sum)
    is_by_sum = bool(state.reading.by_sum and meant)
    grants = () if is_by_sum else tuple(one for group in groups for one in group if one.grant is not None)
    return replace(state, meant=(*_kept(state, meant), *meant), grants=grants)


def _without_siblings_of_doubted(group: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """Return the award meant alone where its reading is doubted: a sum of the one beside it is no answer."""
    first = group[0]
    return (first,) if first.grant is not None and first.grant.is_doubted else group


def _of_level_said(state: State, listed: list[Subject]) -> list[Subject]:
    """Return the subjects of the level a question asks of (市里的奖励), where one is nearly as near."""
    level = level_said(state.reading.text, state.context)
    of_level = [one for one in listed if state.context.corpus.document(slug_of(one.clause_id)).level == level]
    is_near = bool(of_level) and of_level[0].own >= listed[0].own * _NEARLY_OF_LEVEL
    return of_level if level and is_near else listed


def _kept(state: State, meant: tuple[tuple[Measure, ...], ...]) -> tuple[tuple[Measure, ...], ...]:
    """Return the measures of the last turn to which this one adds (再加上…), those it names anew aside."""
    if not meant or not adds(state):
        return ()
    named = {measure.id for group in meant for measure in group}
    return tuple(group for group in _carried(state) if named.isdisjoint(one.id for one in group))


def _pointed(state: State) -> tuple[tuple[Measure, ...], ...]:
    """Return the measures that the question's quantities alone point at, as alternatives."""
    return (tuple(state.context.corpus.measure(name) for name in state.reading.pointed),)


def _pointed_beside(state: State, groups: Sequence[tuple[Subject, ...]]) -> list[tuple[Subject, ...]]:
    """Return the measures that quantities point at and no group holds, one group a clause."""
    chosen = {one.clause_id for group in groups for one in group}
    found: dict[str, list[Subject]] = {}
    for name in state.reading.pointed:
        subject = state.context.subjects.of(name)
        if groups and subject.clause_id not in chosen:
            found.setdefault(subject.clause_id, []).append(subject)
    return list(map(tuple, found.values()))


def _measured_beside(state: State, groups: Sequence[tuple[Subject, ...]]) -> list[tuple[Subject, ...]]:
    """Return the measure named beside grants without a number, where a sum is stated: it can be computed."""
    has_sum = any(found.kind is Kind.MONEY for found in state.reading.quantities)
    if not groups or not has_sum or any(one.measure for group in groups for one in group):
        return []
    measured = state.context.subjects.measured
    telling = [term for term in state.reading.terms if sum(is_named(one, (term,)) for one in measured) == 1]
    named = [one for one in state.subjects if one.measure and is_named(one, telling)]
    return [(named[0],)] if named else []


def _under_references(state: State) -> tuple[tuple[Measure, ...], ...]:
    """Return the measures of a clause called by its number alone, as alternatives."""
    places = state.reading.references
    group = tuple(one for one in state.context.corpus.measures if is_under(one.clause_id, places))
    return (group[:_MOST_ALTERNATIVES],) if group else ()


def _pool(state: State) -> list[Subject]:
    """Return the subjects to choose from: of clauses called by number, not of documents that are silent."""
    places = state.reading.references
    silent = {one.slug for one in titled(state)} if is_silent(state) else set()
    listed = [one for one in state.subjects if slug_of(one.clause_id) not in silent]
    return _of_level_said(state, [one for one in listed if not places or is_under(one.clause_id, places)])


def _first_piece(group: tuple[Subject, ...], groups: Sequence[tuple[Subject, ...]]) -> int:
    """Return where the question first speaks of a group and of no other."""
    own = frozenset().union(*(one.covered for one in group))
    others = frozenset().union(*(one.covered for other in groups if other is not group for one in other))
    return min(own - others, default=min(own, default=0))


def _carried(state: State) -> tuple[tuple[Measure, ...], ...]:
    """Return the measures of the turn leant on, alternatives as they were."""
    last = state.reading.base or last_topic(state.question.history)
    if last is None:
        return ()
    groups = last.groups or ((last.measures,) if last.measures else _sole_offer(last, state))
    own = {subject.id: subject.own for subject in state.context.subjects.rank(state.reading.query_terms)}
    kept = ([turned_round(state, name) for name in _spoken_for(group, own)] for group in groups)
    return tuple(tuple(state.context.corpus.measure(name) for name in dict.fromkeys(group)) for group in kept)


def _sole_offer(last: Turn, state: State) -> tuple[tuple[str, ...], ...]:
    """Return the one award that the last answer told of in a list of one (最高的是哪一项)."""
    known = {measure.id for measure in state.context.corpus.measures}
    is_one = len(last.offered) == 1 and last.offered[0] in known
    return (last.offered,) if is_one else ()


def _spoken_for(group: Sequence[str], own: Mapping[str, float]) -> list[str]:
    """Return the alternatives that the words fit best, all where they fit none better."""
    best = max((own.get(name, 0.0) for name in group), default=0.0)
    return [name for name in group if own.get(name, 0.0) >= best * _CLOSE]


def _holds_its_own(best: Subject, state: State) -> bool:
    """Tell whether no clause without a measure covers the question much better than the best measure does."""
    is_pointed = best.id in state.reading.pointed
    if not state.evidence or is_pointed or is_named(best, state.reading.terms):
        return True
    top = max(state.evidence, key=lambda one: one.score)
    if not state.reading.terms and _has_phrase_of_its_own(top.clause.text, best, state):
        return False
    if is_under(best.clause_id, (top.clause.id,)):
        return True
    return min(best.own / max(top.coverage, best.own), best.score / top.score) >= _LEAST_OF_CLAUSE


def _has_phrase_of_its_own(text: str, best: Subject, state: State) -> bool:
    """Tell whether a clause has a whole phrase of the question that the measure's words only have bits of."""
    phrases = _PHRASE.findall(state.reading.content)
    return any(phrase in text and phrase not in best.words for phrase in phrases)


def _weight(query_terms: Iterable[int], weights: Sequence[float]) -> float:
    return sum(weights[query_term] for query_term in query_terms)


def _first(pool: Sequence[Subject]) -> Subject | None:
    return pool[0] if pool[0].score >= _LEAST else None


def _best(
    pool: Sequence[Subject],
    rest: frozenset[int],
    weights: Sequence[float],
    state: State,
    groups: Sequence[tuple[Subject, ...]],
) -> Subject | None:
    """Return the subject that explains most of the rest; one the question names needs to explain less."""
    reading = state.reading
    chosen = [one for group in groups for one in group]
    unheard = [term for term in reading.terms if not any(hears(one, term, state) for one in chosen)]
    listed = [one for one in pool if not reading.documents or slug_of(one.clause_id) in reading.documents]
    explained = {one.id: _weight(one.covered & rest, weights) / sum(weights) for one in listed}
    fitting = [
        one
        for one in listed
        if explained[one.id] >= (_LEAST_NAMED_REST if is_named(one, unheard) else _LEAST_REST)
    ]
    return max(fitting, key=lambda one: (explained[one.id], one.score), default=None)


def _is_close(one: Subject, best: Subject) -> bool:
    return min(one.score / best.score, one.own / max(best.own, one.own)) >= _CLOSE


def _explains_alike(one: Subject, best: Subject, rest: frozenset[int], terms: Sequence[Term]) -> bool:
    """Tell whether two subjects of one clause explain the same of what earlier groups left over."""
    is_same = one.clause_id == best.clause_id and one.covered & rest == best.covered & rest
    return is_same and is_named(one, terms) == is_named(best, terms)


def _alternatives(
    best: Subject,
    pool: Sequence[Subject],
    rest: frozenset[int],
    weights: Sequence[float],
    terms: Sequence[Term],
) -> tuple[Subject, ...]:
    """Return `best` and the subjects nearly as fitting that the question does not tell apart from it."""
    explained = _weight(best.covered & rest, weights)
    is_later = len(rest) < len(weights)
    close = [
        one
        for one in pool
        if one is not best
        and (
            (_is_close(one, best) and _weight(one.covered & rest, weights) >= explained * _CLOSE)
            or (is_later and _explains_alike(one, best, rest, terms))
        )
        and _weight((one.covered & rest) - best.covered, weights) < explained / 3
    ]
    return (best, *close[: _MOST_ALTERNATIVES - 1])
