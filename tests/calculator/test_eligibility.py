"""Three-valued conditions: each comparison at its number, the gap in words, one of several enough."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.calculator.arithmetic import work
from assistant.calculator.eligibility import judge, judge_any
from assistant.calculator.facts import FactSheet
from assistant.conversation import ConditionState
from corpus.model.measure import AnyOf, Comparison, Condition, Fact, PerUnit, Sourced
from corpus.model.values import Money, Quantity, Unit
from tests.calculator.registry import measure, span

FACTS = {
    "output": Fact("output", "产值", Unit.YUAN, "产值多少？"),
    "patents": Fact("patents", "专利数", Unit.COUNT, "几个？"),
    "grade": Fact("grade", "等级", Unit.LEVEL, "几级？", choices=("一级", "二级", "三级")),
    "is_new": Fact("is_new", "新设立", Unit.YES_NO, "新设立吗？"),
    "is_listed": Fact("is_listed", "已上市", Unit.YES_NO, "上市了吗？"),
}
MET, UNMET, UNKNOWN = ConditionState.MET, ConditionState.UNMET, ConditionState.UNKNOWN


def told(**facts: object) -> FactSheet:
    return FactSheet.parse(facts, FACTS)


@pytest.mark.parametrize(
    ("comparison", "under", "at", "over"),
    [
        (Comparison.AT_LEAST, UNMET, MET, MET),
        (Comparison.OVER, UNMET, UNMET, MET),
        (Comparison.AT_MOST, MET, MET, UNMET),
        (Comparison.UNDER, MET, UNMET, UNMET),
    ],
)
def test_each_comparison_turns_at_its_number(
    comparison: Comparison, under: ConditionState, at: ConditionState, over: ConditionState
) -> None:
    threshold = Sourced(Money.of(1000000), span("100万元"))
    condition = Condition("output", "产值", span("产值"), comparison, threshold)
    sums = ("999999.99元", "100万元", "1000000.01元")
    assert [judge(condition, told(output=one)).state for one in sums] == [under, at, over]
    assert judge(condition, told()).state is UNKNOWN


@pytest.mark.parametrize(
    ("comparison", "value", "gap"),
    [
        (Comparison.AT_LEAST, "80万元", "目前为 80万元，须不低于 100万元，还差 20万元"),
        (Comparison.OVER, "100万元", "目前为 100万元，须超过 100万元，恰好等于不算"),
        (Comparison.AT_MOST, "120万元", "目前为 120万元，须不超过 100万元，超出 20万元"),
        (Comparison.UNDER, "100万元", "目前为 100万元，须低于 100万元，恰好等于不算"),
    ],
)
def test_the_gap_is_said_in_words(comparison: Comparison, value: str, gap: str) -> None:
    threshold = Sourced(Money.of(1000000), span("100万元"))
    condition = Condition("output", "产值", span("产值"), comparison, threshold)
    assert judge(condition, told(output=value)).gap == gap


@pytest.mark.parametrize(
    ("comparison", "states", "gap"),
    [
        (Comparison.AT_LEAST, [UNMET, MET, MET], "目前为一级，须达到二级及以上"),
        (Comparison.OVER, [UNMET, UNMET, MET], "目前为一级，须高于二级"),
    ],
)
def test_levels_are_ranked_weakest_first(
    comparison: Comparison, states: list[ConditionState], gap: str
) -> None:
    condition = Condition("grade", "等级", span("等级"), comparison, Sourced("二级", span("二级")))
    results = [judge(condition, told(grade=one)) for one in ("一级", "二级", "三级")]
    assert [one.state for one in results] == states
    assert results[0].gap == gap


def test_one_of_several_conditions_is_enough() -> None:
    choice = AnyOf(
        (Condition("is_new", "新设立", span("新设立")), Condition("is_listed", "已上市", span("已上市")))
    )
    assert judge_any(choice, told(is_new="否", is_listed="是")).state is MET
    assert judge_any(choice, told(is_new="否")).state is UNKNOWN
    both = judge_any(choice, told(is_new="否", is_listed="否"))
    assert both.state is UNMET
    assert both.text == "新设立；或已上市（符合其一即可）"


@pytest.mark.parametrize(("patents", "yuan"), [(9, 0), (10, 500), (19, 500), (20, 1000)])
def test_only_whole_units_of_what_is_counted_pay(patents: int, yuan: int) -> None:
    formula = PerUnit(
        Sourced(Money.of(500), span("500元")),
        Sourced("patents", span("专利")),
        Sourced(Quantity(Decimal(10), Unit.COUNT), span("10个")),
    )
    one = replace(measure(1), formula=formula)
    assert work(one, {"patents": Decimal(patents)}, told()).amount == yuan
