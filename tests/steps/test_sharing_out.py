"""Sums told in a row go to the matters in their order; parts of one payment are added."""

from decimal import Decimal

import pytest

from assistant.conversation import Answer, Outcome
from tests.steps.conftest import Ask


def amounts(answer: Answer) -> dict[str, Decimal | None]:
    return {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates}


def test_each_matter_gets_the_sum_told_in_its_place(ask: Ask) -> None:
    # 30 % of 1000 万 and of 1500 万
    answer = ask("可信供应链平台、供应链管理系统分别投资1000万和1500万，一共多少")
    assert amounts(answer) == {"trusted-supply-chain": 3000000, "supply-chain-system": 4500000}
    assert answer.total.in_force == 7500000


def test_two_contracts_of_two_matters_are_not_exchanged(ask: Ask) -> None:
    answer = ask("首版次、一测多证的合同分别是200万、150万，各能补多少")
    assert amounts(answer) == {"first-edition-software": 600000, "one-test-many-certificates": 450000}


def test_a_sum_in_its_place_is_asked_about_where_no_word_says_it_is_the_base(ask: Ask) -> None:
    answer = ask("硬核技术攻关和应用场景分别投了500万和600万，能拿多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert amounts(answer) == {"hard-technology": None, "application-scenario": 3000000}


@pytest.mark.parametrize(
    ("question", "measure", "amount"),
    [
        # half of 20 + 30 万
        ("DCMM三级认证费分两次付，先付20万，后付30万，补多少", "dcmm-certification", 250000),
        # 30 % of 40 + 60 万
        ("首版次合同预付40万、尾款60万，补多少", "first-edition-software", 300000),
    ],
)
def test_parts_of_one_payment_are_added(ask: Ask, question: str, measure: str, amount: int) -> None:
    assert amounts(ask(question)) == {measure: amount}


def test_stages_of_a_project_are_not_parts_of_a_payment(ask: Ask) -> None:
    assert ask("能管中心一期投资200万、二期投资350万，奖多少").outcome is Outcome.NEEDS_INPUT


@pytest.mark.parametrize(
    "question", ["按现行政策，DCMM和两化融合现在能到手多少", "检测国际标准和认可资质各给多少"]
)
def test_matters_without_any_sum_are_told_as_ever(ask: Ask, question: str) -> None:
    assert ask(question).outcome is not Outcome.ERROR
