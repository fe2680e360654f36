"""At most stays at most, fixed stays fixed; sums side by side in a clause carry their caveat."""

import pytest

from tests.steps.conftest import Ask


@pytest.mark.parametrize("question", ["国际权威认可奖励是定额100万吗", "主导检测国际标准的支持是固定数额吗"])
def test_an_upper_bound_is_not_confirmed_as_fixed(ask: Ask, question: str) -> None:
    assert ask(question).text.startswith("不是固定金额")


@pytest.mark.parametrize("question", ["服务型制造称号的奖励是固定50万吗", "清洁生产审核奖励5万是定额吗"])
def test_a_fixed_award_is_confirmed(ask: Ask, question: str) -> None:
    assert ask(question).text.startswith("是固定金额")


def test_the_total_of_bounds_is_a_bound(ask: Ask) -> None:
    text = ask("DCMM三级认证费40万，上云花了60万，合计能拿多少").text
    assert "合计最高50万元" in text.splitlines()[0]


def test_forms_of_support_side_by_side_are_added_with_the_caveat(ask: Ask) -> None:
    answer = ask("工业设计核定总投资400万，信贷利息30万，总共补多少")
    assert answer.total.in_force == 2000000 + 150000
    assert "能否同时享受，原文没有写明" in answer.text
    assert "没有说明是哪一种情形" not in answer.text


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("DCMM首次通过三级，认证费80万，此前二级时已获12万，还能补多少", 280000),
        ("去年首次通过DCMM三级，认证费56万，补多少", 280000),
        ("DCMM从二级升到四级，认证费80万，已经拿过12万，还能补多少", 280000),
    ],
)
def test_an_earlier_grade_is_topped_up(ask: Ask, question: str, amount: int) -> None:
    assert ask(question).total.draft == amount
