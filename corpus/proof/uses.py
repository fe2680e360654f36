"""Where a measure uses numbers and words: one list each, so that every proof looks at the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.measures.policy_words import Role
from corpus.model.document import Span
from corpus.model.measure import (
    Comparison,
    FixedSum,
    Matching,
    Measure,
    PerUnit,
    Product,
    ShareLessOther,
    ShareOfBase,
    SumsByCase,
    Tiered,
)
from corpus.model.values import Money, Quantity, Rate


@dataclass(frozen=True, slots=True)
class NumberUse:
    """A number of a measure: its value, where it stands, and the word that bounds or compares it.

    A level's value is its choice (二级).
    """

    field: str
    value: Money | Rate | Quantity | str
    span: Span
    bound: Span | None = None
    comparison: Comparison | None = None
    comparison_span: Span | None = None


@dataclass(frozen=True, slots=True)
class BaseUse:
    """A fact that a formula names, and the words that name it."""

    field: str
    fact: str
    span: Span


def numbers_of(measure: Measure) -> Iterator[NumberUse]:
    """Yield every number of a measure: formula, units, tiers, caps, thresholds."""
    yield from _of_formula(measure)
    for place, cap in enumerate(measure.caps):
        yield NumberUse(f"caps[{place}]", cap.amount.value, cap.amount.span, cap.amount.bound)
    for place, condition in enumerate(measure.all_conditions):
        if condition.threshold is not None:
            yield NumberUse(
                f"conditions[{place}]",
                condition.threshold.value,
                condition.threshold.span,
                comparison=condition.comparison,
                comparison_span=condition.comparison_span,
            )


def _of_formula(measure: Measure) -> Iterator[NumberUse]:
    if isinstance(measure.formula, SumsByCase):
        for place, one in enumerate(measure.formula.cases):
            amount = one.amount
            yield NumberUse(f"formula.cases[{place}]", amount.value, amount.span, amount.bound)
        return
    if isinstance(measure.formula, Tiered):
        for place, tier in enumerate(measure.formula.tiers):
            field, amount, reached = f"formula.tiers[{place}]", tier.amount, tier.threshold
            yield NumberUse(f"{field}.amount", amount.value, amount.span, amount.bound)
            yield NumberUse(
                f"{field}.threshold",
                reached.value,
                reached.span,
                comparison=tier.comparison,
                comparison_span=tier.comparison_span,
            )
        return
    main = measure.formula_number
    yield NumberUse("formula", main.value, main.span, main.bound)
    factors = measure.formula.factors if isinstance(measure.formula, Product) else ()
    pers = [factor.per for factor in factors]
    if isinstance(measure.formula, PerUnit):
        pers = [measure.formula.per]
    for per in pers:
        if per is not None:
            yield NumberUse("formula.per", per.value, per.span)
    for place, factor in enumerate(factors):
        if factor.most is not None:
            most = factor.most
            yield NumberUse(f"formula.factors[{place}].most", most.value, most.span, most.bound)


def bases_of(measure: Measure) -> Iterator[BaseUse]:
    """Yield the facts of the formula that the clause names in its own words."""
    match measure.formula:
        case ShareOfBase(base=base) | Matching(base=base) | ShareLessOther(base=base):
            yield BaseUse("formula.base", base.value, base.span)
        case FixedSum() | PerUnit() | Product() | Tiered() | SumsByCase():
            return


def asked_in_words(measure: Measure) -> tuple[Span, ...]:
    """Return the conditions and cases that are asked in the clause's own words, numbers and all.

    Nothing is computed with such a number, and none can change without its quote being lost.
    """
    cases = measure.formula.cases if isinstance(measure.formula, SumsByCase) else ()
    return (
        *(one.span for one in measure.all_conditions if one.threshold is None),
        *(one.case.span for one in cases),
    )


def words_of(measure: Measure) -> Iterator[tuple[Role, Span]]:
    """Yield the words a measure accounts for, each with what it does."""
    for number in numbers_of(measure):
        if number.bound is not None:
            yield Role.BOUND, number.bound
        if number.comparison_span is not None:
            yield Role.COMPARISON, number.comparison_span
        if number.field == "formula.per":
            yield Role.SCOPE, number.span
    for cap in measure.caps:
        if cap.scope is not None:
            yield Role.SCOPE, cap.scope
    if measure.one_off is not None:
        yield Role.ONE_OFF, measure.one_off.span
    if measure.tops_up is not None:
        yield Role.TOP_UP, measure.tops_up.span
