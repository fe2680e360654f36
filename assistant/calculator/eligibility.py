"""Conditions, three-valued: met (符合), unmet with the gap (未达，还差多少), unknown (待确认)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.calculator.comparisons import holds
from assistant.calculator.facts import FactSheet
from assistant.conversation import ConditionResult, ConditionState
from corpus.model.measure import AnyOf, Comparison, Condition, Fact, Measure
from corpus.model.values import Money, Quantity, Unit
from corpus.reading.numerals import format_money, format_number

_WORDS = {
    Comparison.AT_LEAST: "不低于",
    Comparison.AT_MOST: "不超过",
    Comparison.OVER: "超过",
    Comparison.UNDER: "低于",
}


@dataclass(frozen=True, slots=True)
class Eligibility:
    """How every condition of a measure stands, and the facts whose number is still needed to tell."""

    results: tuple[ConditionResult, ...]
    undecided: tuple[str, ...]

    @property
    def unmet(self) -> tuple[ConditionResult, ...]:
        """Return the conditions that fail."""
        return tuple(result for result in self.results if result.state is ConditionState.UNMET)


def assess(measure: Measure, facts: FactSheet) -> Eligibility:
    """Judge every condition of a measure by the facts told."""
    results = [judge(condition, facts) for condition in measure.conditions]
    results += [judge_any(choice, facts) for choice in measure.alternatives]
    if measure.one_off is not None:
        results.append(_judge_one_off(measure, facts))
    open_choices = [
        choice
        for choice in measure.alternatives
        if judge_any(choice, facts).state is ConditionState.UNKNOWN
        and all(condition.comparison is not None for condition in choice.conditions)
    ]
    asked = (*measure.conditions, *(one for choice in open_choices for one in choice.conditions))
    thresholds = (condition for condition in asked if condition.comparison is not None)
    undecided = (condition.fact for condition in thresholds if facts.get(condition.fact) is None)
    return Eligibility(tuple(results), tuple(dict.fromkeys(undecided)))


def judge(condition: Condition, facts: FactSheet) -> ConditionResult:
    """Judge one condition."""
    value = facts.get(condition.fact)
    if value is None:
        return ConditionResult(condition.text, ConditionState.UNKNOWN, condition.span)
    if condition.comparison is None or condition.threshold is None:
        state = ConditionState.MET if value is True else ConditionState.UNMET
        gap = None if value is True else f"所述情况为：{facts.label(condition.fact)}——否"
        return ConditionResult(condition.text, state, condition.span, gap)
    actual, wanted = _comparable(condition, value, facts.known)
    if holds(condition.comparison, actual, wanted):
        return ConditionResult(condition.text, ConditionState.MET, condition.span)
    gap = _gap(condition, actual, wanted, facts)
    return ConditionResult(condition.text, ConditionState.UNMET, condition.span, gap)


def judge_any(choice: AnyOf, facts: FactSheet) -> ConditionResult:
    """Judge conditions of which one is enough: one met is met, all unmet is unmet, else unknown."""
    results = [judge(condition, facts) for condition in choice.conditions]
    met = [result for result in results if result.state is ConditionState.MET]
    if met:
        return met[0]
    text = f"{'；或'.join(result.text for result in results)}（符合其一即可）"
    is_unmet = all(result.state is ConditionState.UNMET for result in results)
    state = ConditionState.UNMET if is_unmet else ConditionState.UNKNOWN
    gaps = "；".join(result.gap for result in results if result.gap)
    return ConditionResult(text, state, results[0].span, gaps if is_unmet else None)


def _judge_one_off(measure: Measure, facts: FactSheet) -> ConditionResult:
    assert measure.one_off is not None
    span = measure.one_off.span
    text = f"{span.quote}：此前未享受过本项"
    received = facts.told(measure.one_off.value)
    if received is None:
        return ConditionResult(text, ConditionState.UNKNOWN, span)
    if received:
        return ConditionResult(
            text, ConditionState.UNMET, span, f"{facts.label(measure.one_off.value)}，不再重复给予"
        )
    return ConditionResult(text, ConditionState.MET, span)


def _comparable(condition: Condition, value: object, known: Mapping[str, Fact]) -> tuple[Decimal, Decimal]:
    assert condition.threshold is not None
    threshold = condition.threshold.value
    match threshold:
        case Quantity(value=wanted) | Money(yuan=wanted):
            return _number(value), wanted
        case _:
            choices = known[condition.fact].choices
            return Decimal(choices.index(str(value))), Decimal(choices.index(str(threshold)))


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    raise TypeError(f"a threshold compares numbers, not {value!r}")


def _gap(condition: Condition, actual: Decimal, wanted: Decimal, facts: FactSheet) -> str:
    assert condition.comparison is not None
    fact = facts.known[condition.fact]
    if fact.unit == Unit.LEVEL:
        return f"目前为{fact.choices[int(actual)]}，须{_level_words(condition, fact.choices[int(wanted)])}"
    have, want, short = (_shown(fact, number) for number in (actual, wanted, abs(wanted - actual)))
    must = f"须{_WORDS[condition.comparison]} {want}"
    match condition.comparison:
        case Comparison.AT_LEAST:
            return f"目前为 {have}，{must}，还差 {short}"
        case Comparison.OVER:
            return f"目前为 {have}，{must}" + (
                "，恰好等于不算" if actual == wanted else f"，还差 {short}以上"
            )
        case Comparison.AT_MOST:
            return f"目前为 {have}，{must}，超出 {short}"
        case Comparison.UNDER:
            return f"目前为 {have}，{must}" + ("，恰好等于不算" if actual == wanted else f"，超出 {short}")


def _level_words(condition: Condition, level: str) -> str:
    match condition.comparison:
        case Comparison.AT_LEAST:
            return f"达到{level}及以上"
        case Comparison.AT_MOST:
            return f"在{level}及以下"
        case Comparison.OVER:
            return f"高于{level}"
        case _:
            return f"低于{level}"


def _shown(fact: Fact, number: Decimal) -> str:
    if fact.unit == Unit.YUAN:
        return format_money(Money(number))
    return f"{format_number(number)}{fact.unit.label}"
