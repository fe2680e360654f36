"""The sum itself: a formula, its caps and what was already received, in exact decimals.

What a sum is made of is kept in named tuples, not frozen dataclasses: they are built for every sum and cost a
third as much (`make bench`).
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple, assert_never

from assistant.calculator.comparisons import holds
from assistant.calculator.facts import FactSheet
from corpus.model.measure import (
    Cap,
    Factor,
    FixedSum,
    Matching,
    Measure,
    PerUnit,
    Product,
    ShareLessOther,
    ShareOfBase,
    SumsByCase,
    Tier,
    Tiered,
)
from corpus.model.values import FEN, Money, Quantity, UnitKind

ZERO = Decimal(0)


class Limit(NamedTuple):
    """A cap as applied: what was already received within its scope, what room is left, the sum after it."""

    cap: Cap
    received: Decimal
    room: Decimal
    after: Decimal
    binds: bool


class Worked(NamedTuple):
    """A computed award, step by step: the formula's sum, each cap, a top-up's deduction, the amount."""

    base: Decimal | None
    units: Decimal | None
    other: Decimal
    raw: Decimal
    limits: tuple[Limit, ...]
    paid_before: Decimal
    amount: Decimal


def missing_amount_facts(measure: Measure, facts: FactSheet) -> tuple[str, ...]:
    """Return the facts without which no sum can be computed, the most telling first."""
    if isinstance(measure.formula, SumsByCase):
        return needed_facts(measure) if facts.get(measure.formula.level) is None else ()
    return tuple(name for name in needed_facts(measure) if number_of(facts, name) is None)


def needed_facts(measure: Measure) -> tuple[str, ...]:
    """Return the facts a sum is computed from; what was received before is taken as nothing if unsaid."""
    match measure.formula:
        case FixedSum():
            return ()
        case SumsByCase(level=level):
            return (level,)
        case PerUnit(count=fact) | ShareOfBase(base=fact) | Matching(base=fact):
            return (fact.value,)
        case ShareLessOther(base=base, other=other):
            return (base.value, other.value)
        case Product(factors=factors):
            return tuple(factor.count.value for factor in factors)
        case Tiered(fact=fact):
            return (fact.value,)
    assert_never(measure.formula)


def counted_facts(measure: Measure) -> tuple[str, ...]:
    """Return the needed facts that are numbers: all but the one that says which case holds."""
    return () if isinstance(measure.formula, SumsByCase) else needed_facts(measure)


def compute(measure: Measure, facts: FactSheet) -> Worked:
    """Compute a measure whose needed facts are all known.

    Raises:
        KeyError: a needed fact is missing.
    """
    numbers = {name: _known(facts, name) for name in counted_facts(measure)}
    return work(measure, numbers, facts)


def work(measure: Measure, numbers: dict[str, Decimal], facts: FactSheet) -> Worked:
    """Compute a measure from these numbers; what was already received comes from the facts.

    The formula's sum is rounded to the fen before it meets a cap, as it would be written down.
    """
    base, units, other, exact = _formula(measure, numbers, facts)
    raw = to_fen(exact)
    limits, amount = _limited(measure, max(raw, ZERO), facts)
    before = facts.number(measure.tops_up.value) if measure.tops_up else None
    paid_before = before or ZERO
    amount = max(amount - paid_before, ZERO)
    return Worked(base, units, other, raw, limits, paid_before, amount)


def to_fen(yuan: Decimal) -> Decimal:
    """Round half up to the fen.

    >>> to_fen(Decimal("0.005"))
    Decimal('0.01')
    """
    return yuan.quantize(FEN, rounding=ROUND_HALF_UP)


def base_reaching(measure: Measure, ceiling: Decimal) -> tuple[str, Decimal] | None:
    """Return the fact whose growth reaches `ceiling`, and the least value that does; None if none does."""
    match measure.formula:
        case ShareOfBase(rate=rate, base=base) | Matching(ratio=rate, base=base):
            least = (ceiling / rate.value.ratio).quantize(FEN, rounding=ROUND_CEILING)
            return base.value, least
        case PerUnit(amount=amount, count=count, per=per) as formula:
            size = per.value.value if per else Decimal(1)
            steps = ceiling / amount.value.yuan
            whole = steps if is_weighed(formula) else steps.to_integral_value(rounding=ROUND_CEILING)
            return count.value, (whole * size).quantize(FEN, rounding=ROUND_CEILING)
        case FixedSum() | ShareLessOther() | Product() | Tiered() | SumsByCase():
            return None
    assert_never(measure.formula)


def _known(facts: FactSheet, name: str) -> Decimal:
    number = number_of(facts, name)
    if number is None:
        raise KeyError(name)
    return number


def number_of(facts: FactSheet, name: str) -> Decimal | None:
    """Return a fact as a number; a level is its place among the fact's choices, weakest first, from 0."""
    value = facts.get(name)
    if isinstance(value, str):
        return Decimal(facts.known[name].choices.index(value))
    return value if isinstance(value, Decimal) else None


def units_of(factor: Factor, count: Decimal) -> Decimal:
    """Return how many units a factor pays for: no more than its most, and whole ones of things."""
    counted = min(count, factor.most.value.value) if factor.most else count
    per = factor.per.value if factor.per else None
    size = per.value if per else Decimal(1)
    is_divisible = per is not None and per.unit.kind in (UnitKind.MEASURE, UnitKind.TIME)
    return _units(counted, size, is_divisible)


def tier_reached(tiered: Tiered, number: Decimal, facts: FactSheet) -> Tier | None:
    """Return the highest-paying grade that a number reaches, None where it reaches none."""
    choices = facts.known[tiered.fact.value].choices
    reached = [tier for tier in tiered.tiers if _reaches(tier, number, choices)]
    return max(reached, key=lambda tier: tier.amount.value, default=None)


def _reaches(tier: Tier, number: Decimal, choices: tuple[str, ...]) -> bool:
    match tier.threshold.value:
        case Quantity(value=wanted) | Money(yuan=wanted):
            pass
        case level:
            wanted = Decimal(choices.index(level))
    return number == wanted if tier.comparison is None else holds(tier.comparison, number, wanted)


def _formula(
    measure: Measure, numbers: dict[str, Decimal], facts: FactSheet
) -> tuple[Decimal | None, Decimal | None, Decimal, Decimal]:
    match measure.formula:
        case FixedSum(amount=amount):
            return None, None, ZERO, amount.value.yuan
        case ShareOfBase(rate=rate, base=base) | Matching(ratio=rate, base=base):
            value = numbers[base.value]
            return value, None, ZERO, rate.value.ratio * value
        case PerUnit(amount=amount, count=count, per=per) as formula:
            size = per.value.value if per else Decimal(1)
            units = _units(numbers[count.value], size, is_weighed(formula))
            return numbers[count.value], units, ZERO, units * amount.value.yuan
        case Product(amount=amount, factors=factors):
            units = Decimal(1)
            for factor in factors:
                units *= units_of(factor, numbers[factor.count.value])
            return None, units, ZERO, units * amount.value.yuan
        case Tiered(fact=fact) as tiered:
            reached = tier_reached(tiered, numbers[fact.value], facts)
            return numbers[fact.value], None, ZERO, reached.amount.value.yuan if reached else ZERO
        case ShareLessOther(rate=rate, base=base, other=other):
            value, paid = numbers[base.value], numbers[other.value]
            return value, None, paid, rate.value.ratio * value - paid
        case SumsByCase(level=level) as sums:
            return None, None, ZERO, sums.of(str(facts.get(level))).amount.value.yuan
    assert_never(measure.formula)


def _units(count: Decimal, size: Decimal, weighed: bool) -> Decimal:
    """Count whole units of what is counted (家、条、场); what is weighed pays for every part of it."""
    units = count / size
    return units if weighed else units.to_integral_value(rounding=ROUND_FLOOR)


def is_weighed(formula: PerUnit) -> bool:
    """Tell whether the units are weighed (吨), so that a part of one pays its part."""
    return formula.per is not None and formula.per.value.unit.kind is UnitKind.MEASURE


def _limited(measure: Measure, amount: Decimal, facts: FactSheet) -> tuple[tuple[Limit, ...], Decimal]:
    limits = []
    for cap in measure.caps:
        received = (facts.number(cap.received) if cap.received else None) or ZERO
        room = max(cap.amount.value.yuan - received, ZERO)
        after = min(amount, room)
        limits.append(Limit(cap, received, room, after, binds=amount > room))
        amount = after
    return tuple(limits), amount
