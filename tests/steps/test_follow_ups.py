"""A turn that answers our question, gives another sum or corrects one keeps the measure talked of."""

from decimal import Decimal

import pytest

from assistant.conversation import Answer
from tests.steps.conftest import Ask


def sums(answer: Answer) -> dict[str, Decimal | None]:
    return {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates}


@pytest.mark.parametrize(
    ("turns", "measure", "amount"),
    [
        (["首版次能补贴多少", "合同额90万"], "first-edition-software", 270000),
        (["一测多证给多少", "合同价50万", "说错了，应该是70万"], "one-test-many-certificates", 210000),
        (["硬核攻关资助多少", "自己掏了500万"], "hard-technology", 1500000),
        (["可信供应链平台给多少", "投资总额900万", "换成1200万呢"], "trusted-supply-chain", 3600000),
        (["DCMM贯标补多少", "评估费36万，三级"], "dcmm-certification", 180000),
        (["合同能源管理奖多少", "节约1000吨标煤"], "energy-contract", 1500000),
        (["检测国际标准给多少", "是主导制定的"], "leading-international-standard", 1000000),
    ],
)
def test_the_measure_stays(ask: Ask, turns: list[str], measure: str, amount: int) -> None:
    for turn in turns:
        answer = ask(turn, conversation="一")
    assert sums(answer) == {measure: amount}


@pytest.mark.parametrize("turn", ["这件事归谁管", "哪天到期", "这个要什么条件"])
def test_a_turn_that_points_back_stays_with_the_clause(ask: Ask, turn: str) -> None:
    ask("能管中心奖多少", conversation="一")
    ask("投了1500万", conversation="一")
    answer = ask(turn, conversation="一")
    assert {one.document for one in answer.citations} == {"sh-industrial-services"}


def test_a_turn_that_adds_keeps_what_came_before(ask: Ask) -> None:
    ask("国外认可资质奖多少", conversation="一")
    answer = ask("外加一测多证合同60万呢", conversation="一")
    assert answer.total.in_force == 500000 + 180000


def test_a_turn_that_names_another_measure_changes_to_it(ask: Ask) -> None:
    ask("一测多证给多少", conversation="一")
    assert sums(ask("DCMM三级认证费20万补多少", conversation="一")) == {"dcmm-certification": 100000}


def test_a_longer_name_hides_the_shorter_one_inside_it(ask: Ask) -> None:
    assert sums(ask("服务型制造称号奖多少")) == {"service-manufacturing-title": 500000}
