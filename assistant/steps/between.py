"""Sums of numbers of which only the ends are told: computed at both ends, said as a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate, EstimateStatus
from assistant.steps.state import Bound, Facts, State
from corpus.model.measure import Measure
from corpus.model.values import Money, Unit
from corpus.reading.numerals import find_quantities, format_money

_GAP = re.compile("目前为 ?[^，；）]{1,80}，(须[^，；）]{1,200})，还差 ?[^；）]+")


def within_bounds(measure: Measure, sheet: FactSheet, state: State) -> Estimate:
    """Return a measure's estimate; where ends of a number are told, what they make of it.

    Both ends reaching the same sum (above a cap) settle it. Of a number with a lower end alone the range
    starts there and stays open to a question.
    """
    plain = estimate(measure, sheet, state.as_of, state.context.corpus)
    for bound in state.facts.bounds:
        if bound.fact in measure.fact_names and plain.status is EstimateStatus.NEEDS_INPUT:
            plain = _between(plain, measure, bound, sheet, state)
    return plain


def _between(plain: Estimate, measure: Measure, bound: Bound, sheet: FactSheet, state: State) -> Estimate:
    def at(words: str) -> Estimate:
        return estimate(measure, sheet.with_values({bound.fact: words}), state.as_of, state.context.corpus)

    if bound.is_under:
        under = at(_just_under(bound.low))
        most = at(bound.low).amount
        plain = replace(plain, range=(Decimal(0), most)) if most is not None else plain
        return _below(plain, under, bound.low)
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


def _just_under(words: str) -> str:
    """Return the largest number below one, in words: whatever is less than that fails, too.

    >>> _just_under("25当量吨"), _just_under("1万架次")
    ('24.99当量吨', '9999架次')
    """
    found = find_quantities(words)[0]
    step = Decimal(1) if found.unit is not None and found.unit.is_whole else Decimal("0.01")
    value = (found.value or step) - step
    return (
        format_money(Money(value)) if found.unit == Unit.YUAN else f"{value.normalize():f}{found.unit_word}"
    )


def _below(plain: Estimate, under: Estimate, words: str) -> Estimate:
    """Return that a threshold is missed where a number just below the one told misses it, else what was."""
    if under.status is not EstimateStatus.NOT_ELIGIBLE:
        return plain
    conditions = tuple(replace(one, gap=_said(one.gap, words)) for one in under.conditions)
    return replace(under, conditions=conditions, explanation=_said(under.explanation, words))


def _said(gap: str | None, words: str) -> str | None:
    """Return why a threshold is missed, with what was said in place of a number worked with."""
    return _GAP.sub(rf"所说的不到{words}，\1", gap) if gap else gap


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
