"""Seventh step: the sums. Alternatives are each estimated; different matters are combined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.calculator.amount import estimate
from assistant.calculator.cumulation import combine
from assistant.calculator.facts import FactError, FactSheet
from assistant.conversation import Estimate, EstimateStatus, MissingFact, Outcome, Step, Total
from assistant.steps.between import within_bounds, without_settled_doubts
from assistant.steps.cues import Intent
from assistant.steps.goal import goal_steps, has_goal, remaining_step
from assistant.steps.state import State
from corpus.model.measure import AnyOf, Condition, Measure

_NAME = re.compile(r"（[a-z][a-z0-9_]*）")
_SUMS = (Intent.AMOUNT, Intent.CUMULATION)


def calculate(state: State) -> State:
    """Estimate every measure meant where the question is about money or states facts."""
    if not state.meant or not wants_sums(state):
        return state
    corpus = state.context.corpus
    try:
        shared = FactSheet.parse(state.facts.shared, corpus.facts)
        sheets = {
            one.id: FactSheet.parse(state.facts.sheet_of(one.id), corpus.facts) for one in state.measures
        }
        variants = tuple(_variants(state))
    except FactError as error:
        return _asking_again(state, error)
    estimates = tuple(_estimated(measure, sheets[measure.id], state) for measure in state.measures)
    state, estimates = _without_excluded(state, estimates)
    state = replace(state, facts=without_settled_doubts(state.facts, estimates, state.measures))
    total = Total() if variants else _total(state, estimates, shared)
    return replace(state, estimates=estimates, variants=variants, total=total)


def _without_excluded(state: State, estimates: tuple[Estimate, ...]) -> tuple[State, tuple[Estimate, ...]]:
    """Leave out the alternatives of an added document that what was told excludes, where another one pays.

    Grades written as items of their own (实缴资本1亿元至5亿元, 5亿元以上) are alternatives of one another.
    """
    added = state.context.corpus.added
    state, estimates = _with_other_grade(state, estimates)
    by_id = {one.measure: one for one in estimates}
    meant: list[tuple[Measure, ...]] = []
    for group in state.meant:
        paying = tuple(one for one in group if by_id[one.id].amount is not None)
        excluded = {one.id for one in group if by_id[one.id].status is EstimateStatus.NOT_ELIGIBLE}
        is_graded = bool(paying) and len(group) > 1 and all(one.document in added for one in group)
        meant.append(tuple(one for one in group if one.id not in excluded) if is_graded else group)
    kept = {measure.id for group in meant for measure in group}
    return replace(state, meant=tuple(meant)), tuple(one for one in estimates if one.measure in kept)


def _with_other_grade(state: State, estimates: tuple[Estimate, ...]) -> tuple[State, tuple[Estimate, ...]]:
    """Put the grade that pays in the place of one of an added document that what was told excludes.

    A grade is an award of the same clause that compares or counts the same fact.
    """
    corpus, found = state.context.corpus, {one.measure: one for one in estimates}
    meant: list[tuple[Measure, ...]] = []
    for group in state.meant:
        excluded = all(found[one.id].status is EstimateStatus.NOT_ELIGIBLE for one in group)
        is_added = all(one.document in corpus.added for one in group)
        others = [one for one in corpus.measures if _is_grade_of(one, group)] if excluded and is_added else []
        paying = []
        for one in others:
            sheet = FactSheet.parse(state.facts.sheet_of(group[0].id), corpus.facts)
            if (worked := _estimated(one, sheet, state)).amount is not None:
                found[one.id] = worked
                paying.append(one)
        meant.append(tuple(paying) or group)
    kept = tuple(dict.fromkeys(one.id for group in meant for one in group))
    return replace(state, meant=tuple(meant)), tuple(found[name] for name in kept)


def _is_grade_of(one: Measure, group: tuple[Measure, ...]) -> bool:
    clauses, ids = {other.clause_id for other in group}, {other.id for other in group}
    compared = {each.fact for other in group for each in other.all_conditions if each.threshold is not None}
    return one.clause_id in clauses and one.id not in ids and not compared.isdisjoint(one.fact_names)


def _asking_again(state: State, error: FactError) -> State:
    """Return the state that says what is wrong with a value, without names of ours, and asks for it again."""
    problem = _NAME.sub("", str(error))
    fact = state.context.corpus.facts.get(error.fact)
    doubts = () if fact is None else (MissingFact(fact.name, fact.question, fact.unit.value),)
    others = tuple(one for one in state.facts.doubts if one.fact != error.fact)
    facts = replace(state.facts, doubts=(*doubts, *others))
    return replace(state, outcome=Outcome.NEEDS_INPUT, problem=problem, facts=facts)


def _estimated(measure: Measure, sheet: FactSheet, state: State) -> Estimate:
    """Return one measure's estimate, between the ends told, and with the additions that made its facts."""
    found = within_bounds(as_spoken_of(measure, sheet), sheet, state)
    added = [
        Step(f"{state.context.corpus.facts[name].label} {addition}", (measure.passage,))
        for name, addition in state.facts.sums
        if name in measure.amount_facts
    ]
    if found.amount is not None and (rest := remaining_step(measure, found, state)):
        found = replace(found, steps=(*found.steps, rest))
    if goal := goal_steps(measure, state):
        return replace(found, steps=(*found.steps, *goal))
    return replace(found, steps=(*added, *found.steps)) if added and found.amount is not None else found


def as_spoken_of(measure: Measure, sheet: FactSheet) -> Measure:
    """Return a measure whose alternatives are those the person spoke of, where all of these are denied.

    Who denies one of three ways to an award and names no other has not met its condition.
    """
    open_choices: list[AnyOf] = []
    denied: list[Condition] = []
    for choice in measure.alternatives:
        told = [one for one in choice.conditions if sheet.get(one.fact) is not None]
        if told and all(sheet.told(one.fact) is False for one in told):
            denied += told
        else:
            open_choices.append(choice)
    return replace(measure, conditions=(*measure.conditions, *denied), alternatives=tuple(open_choices))


def _variants(state: State) -> Iterator[tuple[str, str, Estimate]]:
    """Yield the estimates for further values of a fact: which fact, the words, the estimate."""
    corpus = state.context.corpus
    for name, words in state.facts.others:
        for measure in state.measures:
            if name in measure.fact_names:
                sheet = FactSheet.parse({**state.facts.sheet_of(measure.id), name: words}, corpus.facts)
                yield name, words, estimate(measure, sheet, state.as_of, corpus)


def wants_sums(state: State) -> bool:
    """Tell whether an amount is asked for, openly or by stating the facts one is computed from."""
    reading = state.reading
    others = reading.asks(
        Intent.RESPONSIBLE_BODY, Intent.VALIDITY, Intent.ABOUT, Intent.PROCEDURE, Intent.LOOKUP
    )
    if reading.asks(*_SUMS) or has_goal(state) or (reading.asks(Intent.YES_NO) and _denies_now(state)):
        return True
    told = state.facts.given or state.facts.doubts or state.facts.own
    is_counted = any(found.value != 1 or found.unit is None for found in reading.quantities)
    return bool(told) and is_counted and not others


def _denies_now(state: State) -> bool:
    """Tell whether this turn denies a condition of what is meant: that decides, whatever else is unknown."""
    return any(words == "否" for _, words in state.facts.given)


def _total(state: State, estimates: tuple[Estimate, ...], sheet: FactSheet) -> Total:
    """Combine one measure of each group; alternatives of one group are never added up."""
    sure = {group[0].id for group in state.meant if len(group) == 1}
    chosen = tuple(one for one in estimates if one.measure in sure)
    return combine(chosen, sheet, state.context.corpus, state.as_of) if chosen else Total()


def open_questions(state: State) -> tuple[MissingFact, ...]:
    """Return what is still to be asked: doubts first, then what the estimates miss, each once."""
    asked = {doubt.fact: doubt for doubt in state.facts.doubts}
    for one in state.estimates:
        for missing in one.missing:
            asked.setdefault(missing.fact, missing)
    return tuple(asked.values())
