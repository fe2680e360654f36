"""Numbers as people say them: one unit for a list, a belief said twice, a limit asked for."""

from decimal import Decimal

import pytest

from assistant.conversation import Answer, EstimateStatus, Outcome
from tests.steps.conftest import Ask


def amounts(answer: Answer) -> dict[str, Decimal | None]:
    return {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates}


def test_a_list_shares_the_unit_of_its_last_number(ask: Ask) -> None:
    # 10 % of 200 + 350 + 450 万
    answer = ask("技术开发合同三份，实际支出200、350和450万，补多少")
    assert amounts(answer) == {"technology-contracts": 1000000}


def test_each_of_two_audits_is_held_against_the_threshold(ask: Ask) -> None:
    answer = ask("清洁生产审核做了两家，分别40和12当量吨，奖多少")
    assert [one.status for one in answer.estimates] == [EstimateStatus.PAYABLE, EstimateStatus.NOT_ELIGIBLE]


@pytest.mark.parametrize(
    ("question", "measure", "amount", "first"),
    [
        # 30 % of 300 万 is 90 万, the cap 50 万
        ("一测多证合同300万，90万能拿满吗", "one-test-many-certificates", 500000, "不是固定金额，是上限"),
        ("首版次合同800万，三成就是240万，能拿240万吧", "first-edition-software", 2000000, "不是240万"),
        ("能管中心花了7000万，奖励是不是1400万", "energy-management-centre", 10000000, "不是1400万"),
    ],
)
def test_what_one_believes_to_get_is_put_right_and_never_computed_from(
    ask: Ask, question: str, measure: str, amount: int, first: str
) -> None:
    answer = ask(question)
    assert amounts(answer) == {measure: amount}
    assert answer.text.startswith(first)


def test_what_was_paid_last_year_is_no_cost_and_not_taken_off_this_year(ask: Ask) -> None:
    answer = ask("去年上云补过20万，今年又花了64万，还能补多少")
    assert amounts(answer) == {"cloud-services": 320000}
    assert "不是20万" not in answer.text


def test_a_share_of_ones_own_profit_is_no_belief_about_the_policy(ask: Ask) -> None:
    assert "不是两成" not in ask("我们拿两成的利润去参展，能补吗").text


def test_a_rising_sum_is_computed_before_and_after(ask: Ask) -> None:
    answer = ask("可信供应链平台总投资从600万增加到900万，支持多少")
    assert [one.amount for one in answer.estimates] == [1800000, 2700000]


def test_a_limit_asked_for_is_no_bound_on_ones_own_sum(ask: Ask) -> None:
    assert amounts(ask("硬核技术攻关自筹两千万封顶给多少")) == {"hard-technology": 3000000}


def test_a_rough_size_is_asked_about(ask: Ask) -> None:
    answer = ask("服务型制造项目总投入是三千万级的，给多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "三千万级" in answer.missing[0].question


def test_a_count_inside_a_name_does_not_hide_it(ask: Ask) -> None:
    # 3 forums of 20 万, 2 exhibitions brought of 50 万, 1 attended of 25 万
    answer = ask("办了3场论坛、引进2个展会、参加1次展会，一共多少")
    assert amounts(answer) == {
        "themed-activities": 600000,
        "exhibitions-hosted": 1000000,
        "exhibitions-attended": 250000,
    }
    assert answer.total.draft == 1850000


def test_two_roles_said_are_two_matters(ask: Ask) -> None:
    answer = ask("检测国际标准我们牵头一项、又实质性参与一项，一共多少")
    assert answer.total.in_force == 1000000 + 200000


@pytest.mark.parametrize(
    "question", ["检测企业在海外设立分支机构花了300万，补多少", "去境外参展花了40万，补多少"]
)
def test_a_grant_without_a_number_is_not_answered_with_another_award(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.estimates == ()
    assert "原文未载明具体金额" in answer.text
