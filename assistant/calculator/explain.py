"""The sum in Chinese a finance officer would accept, each line with the words of the clause it rests on."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from assistant.calculator.arithmetic import ZERO, Limit, Worked, base_reaching, number_of, tier_reached
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate, EstimateStatus, Step
from corpus.model.document import Span
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
    Sourced,
    SumsByCase,
    Tier,
    Tiered,
)
from corpus.model.values import Money, Unit
from corpus.reading.numerals import format_money, format_number, format_rate

NO_CAP = "原文未设上限金额"


def yuan(amount: Decimal) -> str:
    """Write yuan as people do.

    >>> yuan(Decimal("2400000.00"))
    '240万元'
    """
    return format_money(Money(amount))


def steps(measure: Measure, worked: Worked, facts: FactSheet) -> tuple[Step, ...]:
    """Return the worked lines of a computed award."""
    first, *rest = worked.limits or (None,)
    opening = _formula_line(measure, worked, facts)
    spans = _formula_spans(measure)
    if first is None:
        lines = [Step(f"{opening}{_without_cap(measure)}", spans)]
    elif first.received:
        lines = [Step(opening, spans), _limit_step(first, _before(worked))]
    else:
        lines = [Step(f"{opening}，{_limited_words(first)}", (*spans, *_cap_spans(first.cap)))]
    sums = [limit.after for limit in worked.limits]
    lines += [_limit_step(limit, before) for limit, before in zip(rest, sums, strict=False) if limit]
    if measure.tops_up is not None and worked.paid_before:
        after_caps = sums[-1] if sums else _before(worked)
        paid = f"扣除较低档次已获 {yuan(worked.paid_before)}"
        text = f"{measure.tops_up.span.quote}：{yuan(after_caps)}，{paid}，补差 {yuan(worked.amount)}"
        lines.append(Step(text, (measure.tops_up.span,)))
    return tuple(lines)


def rule(measure: Measure, facts: FactSheet) -> Step:
    """Say the rule itself, for when no sum can be computed: the rate, the base, the cap."""
    caps = "、".join(_cap_words(cap) for cap in measure.caps)
    tail = f"，{caps}" if caps else _without_cap(measure)
    spans = (*_formula_spans(measure), *(span for cap in measure.caps for span in _cap_spans(cap)))
    return Step(f"{_rule_words(measure, facts)}{tail}", spans)


def conclusion(estimate: Estimate) -> str:
    """Say an estimate's result in one sentence; an upper bound stays one and a fixed sum stays fixed.

    >>> from decimal import Decimal
    >>> conclusion(Estimate("m", "奖励", EstimateStatus.PAYABLE, False, Decimal(500000)))
    '可获 50万元（预计，以主管部门核定为准）'
    """
    if estimate.amount is None:
        return estimate.explanation or ""
    verb = "最高可获" if estimate.is_upper_bound else "可获"
    if estimate.status is EstimateStatus.DRAFT:
        verb = f"按草案，拟{verb}"
    if estimate.is_upper_bound:
        return f"{verb} {yuan(estimate.amount)}，以主管部门核定为准"
    return f"{verb} {yuan(estimate.amount)}（预计，以主管部门核定为准）"


def reach_hint(measure: Measure, worked: Worked, facts: FactSheet) -> str | None:
    """Say what would reach the cap, where it is not reached yet (自筹投入达到 1000万元 即触及上限)."""
    rooms = [limit.room for limit in worked.limits]
    if not rooms or any(limit.binds for limit in worked.limits) or worked.amount >= min(rooms):
        return None
    reached = base_reaching(measure, min(rooms))
    if reached is None:
        return None
    name, least = reached
    return f"{facts.label(name)}达到 {_shown(facts, name, least)} 即触及上限 {yuan(min(rooms))}"


def assumption_hints(measure: Measure, facts: FactSheet) -> tuple[str, ...]:
    """Say what was taken as nothing because nobody spoke of it."""
    unsaid = [
        f"未说明「{facts.label(cap.received)}」，按没有计算；已获得的会占用{_cap_words(cap)}"
        for cap in measure.caps
        if cap.received is not None and facts.number(cap.received) is None
    ]
    if measure.tops_up is not None and facts.number(measure.tops_up.value) is None:
        unsaid.append(
            f"未说明「{facts.label(measure.tops_up.value)}」，按没有计算；已获得的须扣除（{measure.tops_up.span.quote}）"
        )
    return tuple(unsaid)


def remark_hints(measure: Measure) -> tuple[str, ...]:
    """Say which words of the clause matter without a number (择优、按等次), and our notes on it."""
    remarks = (f"「{remark.span.quote}」：{remark.value}" for remark in measure.remarks)
    notes = (note for note in measure.notes if note != NO_CAP)
    return (*remarks, *notes)


def _formula_line(measure: Measure, worked: Worked, facts: FactSheet) -> str:
    match measure.formula:
        case FixedSum(amount=amount):
            return _fixed_words(amount)
        case ShareOfBase(rate=rate, base=base):
            return f"{_amount_of(base.value, facts)} × {format_rate(rate.value)} = {yuan(worked.raw)}"
        case Matching(ratio=ratio, base=base):
            return f"{_amount_of(base.value, facts)} 按 {ratio.span.quote} 配套 = {yuan(worked.raw)}"
        case PerUnit(amount=amount, count=count):
            counted = _amount_of(count.value, facts)
            return f"{counted} × {_unit_price(measure.formula, facts)} = {yuan(worked.raw)}"
        case Product(factors=factors) as product:
            counted = " × ".join(_factor_words(factor, facts) for factor in factors)
            return f"{counted} × {_price_words(product)} = {yuan(worked.raw)}"
        case Tiered(fact=fact) as tiered:
            told, tier = _amount_of(fact.value, facts), _tier_of(tiered, facts)
            if tier is None:
                return f"{told}，未达到任何一档（{_tiers_words(tiered)}）"
            return f"{told}，属于「{tier.words}」一档，{_fixed_words(tier.amount)}"
        case ShareLessOther(rate=rate, base=base, other=other):
            joint, left = yuan(worked.raw + worked.other), yuan(max(worked.raw, ZERO))
            line = f"{_amount_of(base.value, facts)} × {format_rate(rate.value)} = {joint}"
            return f"{line}，减去{facts.label(other.value)} {yuan(worked.other)}，余 {left}"
        case SumsByCase(level=level) as sums:
            one = sums.of(str(facts.get(level)))
            return f"{one.case.value}：{_bound_word(sums) or '定额'} {yuan(one.amount.value.yuan)}"
    assert_never(measure.formula)


def _rule_words(measure: Measure, facts: FactSheet) -> str:
    match measure.formula:
        case FixedSum(amount=amount):
            return _fixed_words(amount)
        case ShareOfBase(rate=rate, base=base):
            bound = rate.bound.quote if rate.bound else ""
            return f"按{bound}{facts.label(base.value)}的 {format_rate(rate.value)} 计"
        case Matching(ratio=ratio, base=base):
            bound = ratio.bound.quote if ratio.bound else ""
            return f"按{facts.label(base.value)}{bound} {ratio.span.quote} 配套"
        case PerUnit(amount=amount, count=count):
            bound = amount.bound.quote if amount.bound else ""
            return f"按{facts.label(count.value)}计，{bound}{_unit_price(measure.formula, facts)}"
        case Product(factors=factors) as product:
            labels = "、".join(facts.label(factor.count.value) for factor in factors)
            bound = product.amount.bound.quote if product.amount.bound else ""
            return f"按{labels}计，{bound}{_price_words(product)}"
        case Tiered(fact=fact) as tiered:
            return f"按{facts.label(fact.value)}分档：{_tiers_words(tiered)}"
        case ShareLessOther(rate=rate, base=base, other=other):
            joint = f"{facts.label(base.value)}的 {format_rate(rate.value)}"
            bound = rate.bound.quote if rate.bound else "不高于"
            return f"与「{facts.label(other.value)}」之和{bound}{joint}"
        case SumsByCase() as sums:
            listed = (f"{one.case.value} {yuan(one.amount.value.yuan)}" for one in sums.cases)
            return f"按情形分档，{_bound_word(sums)}{'、'.join(listed)}"
    assert_never(measure.formula)


def _fixed_words(amount: Sourced[Money]) -> str:
    return f"{amount.bound.quote if amount.bound else '定额'} {yuan(amount.value.yuan)}"


def _factor_words(factor: Factor, facts: FactSheet) -> str:
    told = _amount_of(factor.count.value, facts)
    number = facts.number(factor.count.value) or ZERO
    if factor.most is None or number <= factor.most.value.value:
        return told
    most = _shown(facts, factor.count.value, factor.most.value.value)
    return f"{told}（{factor.most.bound.quote if factor.most.bound else '最多'}{most}，按 {most} 计）"


def _price_words(product: Product) -> str:
    """Write the price as the clause does: 每平方米每月 20元."""
    each = "".join(factor.per.span.quote for factor in product.factors if factor.per is not None)
    return f"{each} {yuan(product.amount.value.yuan)}".strip()


def _tier_of(tiered: Tiered, facts: FactSheet) -> Tier | None:
    number = number_of(facts, tiered.fact.value)
    return None if number is None else tier_reached(tiered, number, facts)


def _tiers_words(tiered: Tiered) -> str:
    return "、".join(f"{tier.words} {yuan(tier.amount.value.yuan)}" for tier in tiered.tiers)


def _bound_word(sums: SumsByCase) -> str:
    """Return the word that bounds all sums by case (最高), empty for exact ones."""
    bound = sums.cases[0].amount.bound
    return bound.quote if bound else ""


def _unit_price(formula: PerUnit, facts: FactSheet) -> str:
    if formula.per is None or formula.per.value.value == 1:
        unit = facts.known[formula.count.value].unit.label
    else:
        unit = f"{format_number(formula.per.value.value)}{formula.per.value.unit.label}"
    return f"{yuan(formula.amount.value.yuan)}/{unit}"


def _formula_spans(measure: Measure) -> tuple[Span, ...]:
    match measure.formula:
        case FixedSum(amount=amount):
            return (amount.span,)
        case ShareOfBase(rate=rate, base=base) | Matching(ratio=rate, base=base):
            return base.span, rate.span
        case PerUnit(amount=amount, count=count):
            return count.span, amount.span
        case ShareLessOther(rate=rate, base=base, other=other):
            return base.span, rate.span, other.span
        case Product(amount=amount, factors=factors):
            most = (factor.most.span for factor in factors if factor.most is not None)
            return (*(factor.count.span for factor in factors), amount.span, *most)
        case Tiered(fact=fact, tiers=tiers):
            sums = (span for tier in tiers for span in (tier.threshold.span, tier.amount.span))
            return (fact.span, *sums)
        case SumsByCase(cases=cases):
            return tuple(span for one in cases for span in (one.case.span, one.amount.span))
    assert_never(measure.formula)


def _without_cap(measure: Measure) -> str:
    """Say that a share has no cap; a fixed sum needs none, and a unit price has its own end."""
    match measure.formula:
        case ShareOfBase() | Matching() | PerUnit() | Product():
            return f"（{NO_CAP}）"
        case FixedSum() | ShareLessOther() | Tiered() | SumsByCase():
            return ""
    assert_never(measure.formula)


def _before(worked: Worked) -> Decimal:
    return max(worked.raw, ZERO)


def _limited_words(limit: Limit) -> str:
    cap = yuan(limit.cap.amount.value.yuan)
    scope = _scope(limit.cap)
    if limit.binds:
        return f"超过{scope}上限 {cap}，按 {cap} 计"
    return f"未超过{scope}上限 {cap}"


def _limit_step(limit: Limit, before: Decimal) -> Step:
    if not limit.received:
        return Step(f"{yuan(before)}，{_limited_words(limit)}", _cap_spans(limit.cap))
    cap = yuan(limit.cap.amount.value.yuan)
    room = f"{_scope(limit.cap)}上限 {cap}，已获 {yuan(limit.received)}，尚余 {yuan(limit.room)}"
    outcome = (
        f"{yuan(before)} 超过余额，按 {yuan(limit.after)} 计" if limit.binds else f"{yuan(before)} 未超过余额"
    )
    return Step(f"{room}；{outcome}", _cap_spans(limit.cap))


def _scope(cap: Cap) -> str:
    return cap.scope.quote if cap.scope is not None else ""


def _cap_words(cap: Cap) -> str:
    bound = cap.amount.bound.quote if cap.amount.bound else "上限"
    return f"{_scope(cap)}{bound} {yuan(cap.amount.value.yuan)}"


def _cap_spans(cap: Cap) -> tuple[Span, ...]:
    return (cap.scope, cap.amount.span) if cap.scope is not None else (cap.amount.span,)


def _amount_of(name: str, facts: FactSheet) -> str:
    value = facts.get(name)
    if isinstance(value, str):
        return f"{facts.label(name)} {value}"
    number = facts.number(name)
    assert number is not None
    return f"{facts.label(name)} {_shown(facts, name, number)}"


def _shown(facts: FactSheet, name: str, number: Decimal) -> str:
    unit = facts.known[name].unit
    return yuan(number) if unit == Unit.YUAN else f"{format_number(number)}{unit.label}"
