"""Every measure of the registry that may apply to a company, sorted by amount and combined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.calculator.amount import estimate
from assistant.calculator.cumulation import combine
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate, EstimateStatus, Total
from corpus.model.measure import Measure
from corpus.store import Corpus

_ORDER = (
    EstimateStatus.PAYABLE,
    EstimateStatus.DRAFT,
    EstimateStatus.NEEDS_INPUT,
    EstimateStatus.NOT_ELIGIBLE,
    EstimateStatus.NOT_IN_FORCE,
    EstimateStatus.NOT_QUANTIFIED,
)


@dataclass(frozen=True, slots=True)
class Match:
    """Every measure's estimate, those that fit what was told counted in the total.

    `counted` names the measures the total considers: a condition of their own is met, or a sum that
    only they use was given. The others may apply too, once their conditions are known. `pointed` names
    every measure the facts single out, also one whose sum still misses something.
    """

    estimates: tuple[Estimate, ...]
    total: Total
    warnings: tuple[str, ...]
    counted: tuple[str, ...] = ()
    pointed: tuple[str, ...] = ()


def match(corpus: Corpus, facts: FactSheet, as_of: date) -> Match:
    """Estimate every measure of the corpus for one company."""
    rarity = _rarity(corpus.measures)
    estimates = sorted((estimate(one, facts, as_of, corpus) for one in corpus.measures), key=_rank)
    measures = {one.id: one for one in corpus.measures}
    counted = [one for one in estimates if _is_pointed_at(measures[one.measure], facts, rarity)]
    total = combine(counted, facts, corpus, as_of)
    hints = dict.fromkeys(
        hint for one in counted if one.amount is not None for hint in one.hints if hint.startswith("《")
    )
    return Match(
        tuple(estimates),
        total,
        (*total.warnings, *hints, *_unsettled(estimates, counted)),
        tuple(one.measure for one in counted if one.amount is not None),
        tuple(one.measure for one in counted),
    )


def _rank(one: Estimate) -> tuple[int, Decimal, str]:
    size = one.amount if one.amount is not None else (one.range[1] if one.range else None)
    return _ORDER.index(one.status), -(size or Decimal(0)), one.measure


def _rarity(measures: tuple[Measure, ...]) -> Counter[str]:
    return Counter(name for one in measures for name in one.fact_names)


def _is_pointed_at(measure: Measure, facts: FactSheet, rarity: Counter[str]) -> bool:
    """Tell whether the company told something that singles this measure out.

    The facts that fewest measures ask for say most: of the measure's own facts, one of the rarest must
    be told and, where it is a yes or no, be yes. 注册在长宁 singles out nothing; 首次通过DCMM does.
    """
    names = measure.fact_names
    if not names:
        return False
    rarest = min(rarity[name] for name in names)
    pointing = [name for name in names if rarity[name] == rarest and name not in _received(measure)]
    return any(facts.get(name) not in (None, False) for name in pointing)


def _received(measure: Measure) -> frozenset[str]:
    once = (measure.one_off.value,) if measure.one_off else ()
    return frozenset((*(cap.received for cap in measure.caps if cap.received), *once))


def _unsettled(estimates: list[Estimate], counted: list[Estimate]) -> tuple[str, ...]:
    names = {one.measure for one in counted}
    open_ones = [one for one in estimates if one.amount is not None and one.measure not in names]
    if not open_ones:
        return ()
    return (f"另有 {len(open_ones)} 项措施是否适用尚不清楚，列出供参考，未计入合计",)
