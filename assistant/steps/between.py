"""Sums of numbers of which only the ends are told: computed at both ends, said as a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate, EstimateStatus
from assistant.steps.state import Bound, Facts, State
from corpus.model.measure import Measure


def within_bounds(measure: Measure, sheet: FactSheet, state: State) -> Estimate:
    """Return a measure's estimate; where ends of a number are told, what they make of it.

    Both ends reaching the same sum (above a cap) settle it. Of a number with a lower end alone the range
    starts there and stays open to a question.
    """
    plain = estimate(measure, sheet, state.as_of, state.desk.corpus)
    for bound in state.facts.bounds:
        if bound.fact in measure.fact_names and plain.status is EstimateStatus.NEEDS_INPUT:
            plain = _between(plain, measure, bound, sheet, state)
    return plain


def _between(plain: Estimate, measure: Measure, bound: Bound, sheet: FactSheet, state: State) -> Estimate:
    def at(words: str) -> Estimate:
        return estimate(measure, sheet.with_values({bound.fact: words}), state.as_of, state.desk.corpus)

    low = at(bound.low)
    if low.amount is None:
        return plain
    if bound.high is None:
        most = plain.range[1] if plain.range else None
        return low if low.amount == most else replace(plain, range=(low.amount, most))
    high = at(bound.high)
    if high.amount is None or high.amount == low.amount:
        return low if high.amount is not None else plain
    return replace(high, amount=None, range=(low.amount, high.amount), steps=(*low.steps, *high.steps))


def without_settled_doubts(facts: Facts, estimates: Sequence[Estimate], measures: Sequence[Measure]) -> Facts:
    """Return the facts without questions that the ends told have answered already, or a condition not met."""
    over = {found.measure for found in estimates if found.status is EstimateStatus.NOT_ELIGIBLE}
    asking = {one.id: set(one.fact_names) for one in measures}
    open_facts = set().union(*(names for name, names in asking.items() if name not in over), set())
    refused = set().union(*(names for name, names in asking.items() if name in over), set()) - open_facts
    missing = {one.fact for found in estimates for one in found.missing}
    settled = {bound.fact for bound in facts.bounds} | refused
    kept = tuple(one for one in facts.doubts if one.fact not in settled or one.fact in missing)
    return replace(facts, doubts=kept)
