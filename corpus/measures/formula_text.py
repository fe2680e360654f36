"""A measure's formula as one line, for people and programs that list measures."""

from __future__ import annotations

from corpus.model.measure import (
    Cap,
    Factor,
    FixedSum,
    Formula,
    Matching,
    Measure,
    PerUnit,
    Product,
    ShareLessOther,
    ShareOfBase,
    SumsByCase,
    Tiered,
    percent,
)
from corpus.model.values import Money


def formula_text(measure: Measure) -> str:
    """Write what a measure pays: `min(30% × self_funded_investment, 3000000)`, amounts in yuan."""
    amount = _formula(measure.formula)
    if measure.caps:
        amount = f"min({', '.join((amount, *map(_cap, measure.caps)))})"
    if measure.tops_up is not None:
        amount = f"max({amount} - {measure.tops_up.value}, 0)"
    return amount


def _formula(formula: Formula) -> str:
    match formula:
        case FixedSum(amount=amount):
            return _yuan(amount.value)
        case PerUnit(amount=amount, count=count):
            return f"{_yuan(amount.value)} × {count.value}"
        case ShareOfBase(rate=rate, base=base) | Matching(ratio=rate, base=base):
            return f"{percent(rate.value)} × {base.value}"
        case Product(amount=amount, factors=factors):
            return " × ".join((_yuan(amount.value), *map(_factor, factors)))
        case Tiered(fact=fact, tiers=tiers):
            sums = (f"{one.words}: {_yuan(one.amount.value)}" for one in tiers)
            return f"tiers({fact.value}; {', '.join(sums)})"
        case ShareLessOther(rate=rate, base=base, other=other):
            return f"max({percent(rate.value)} × {base.value} - {other.value}, 0)"
        case SumsByCase(level=level, cases=cases):
            listed = ", ".join(f"{one.case.value}: {_yuan(one.amount.value)}" for one in cases)
            return f"{level} {{{listed}}}"


def _factor(factor: Factor) -> str:
    if factor.most is None:
        return factor.count.value
    return f"min({factor.count.value}, {factor.most.value.value.normalize():f})"


def _cap(cap: Cap) -> str:
    amount = _yuan(cap.amount.value)
    return f"max({amount} - {cap.received}, 0)" if cap.received else amount


def _yuan(money: Money) -> str:
    whole = money.yuan.to_integral_value()
    return str(whole) if whole == money.yuan else f"{money.yuan.normalize():f}"
