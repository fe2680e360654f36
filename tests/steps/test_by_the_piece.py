"""Sums told of each piece are multiplied or asked about; of several pieces only those that reach it count."""

from decimal import Decimal

import pytest

from assistant.conversation import Answer, EstimateStatus, Outcome
from tests.steps.conftest import Ask


def amounts(answer: Answer) -> dict[str, Decimal | None]:
    return {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates}


@pytest.mark.parametrize(
    ("question", "measure", "amount", "worked"),
    [
        # half of 12 × 6 万
        ("上云每个月6万，一年下来能补多少", "cloud-services", 360000, "12个月 × 6万元 = 72万元"),
        # half of 5 × 4 万
        ("上云每月4万，用了5个月，补多少", "cloud-services", 100000, "5个月 × 4万元 = 20万元"),
        # half of 30 × 2000 元
        (
            "孵化器给30家企业买创业保险，每家保费2000元，补多少",
            "startup-insurance",
            30000,
            "30家 × 2000元 = 6万元",
        ),
    ],
)
def test_a_sum_of_each_piece_makes_the_total(
    ask: Ask, question: str, measure: str, amount: int, worked: str
) -> None:
    answer = ask(question)
    assert amounts(answer) == {measure: amount}
    assert worked in answer.text


def test_how_many_pieces_there_are_is_asked_where_it_is_not_said(ask: Ask) -> None:
    answer = ask("上云每月4万，能补多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "每月4万" in answer.missing[0].question
    assert amounts(answer) == {"cloud-services": None}


def test_only_the_routes_that_reach_the_flights_count(ask: Ask) -> None:
    answer = ask("新开三条物流航线分别飞了12000、9000和15000架次，给多少")
    assert amounts(answer) == {"low-altitude-route": 1000000}
    assert "3条 − 1条 = 2条" in answer.text


def test_no_route_that_reaches_them_is_none_to_pay(ask: Ask) -> None:
    answer = ask("新开两条物流航线分别飞了8000和9000架次，给多少")
    assert [one.status for one in answer.estimates] == [EstimateStatus.NOT_ELIGIBLE]


def test_what_this_year_brought_is_named_by_its_number_too(ask: Ask) -> None:
    answer = ask("技术转让合同2025年实际支出700万，2026年实际支出1100万，今年补多少")
    assert [one.amount for one in answer.estimates] == [1100000, 700000]


def test_firms_below_the_size_are_not_counted(ask: Ask) -> None:
    assert amounts(ask("数字化诊断做了规上企业16家、规下企业9家，拿多少")) == {"digital-diagnosis": 400000}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("办了一场大赛，能补20万吗", "20万是上限，不是一定能拿到的数"),
        ("技术开发合同实际付了150万，10%就是15万对吧", "是的，按"),
        ("听说DCMM给80万，真的假的", "不是80万"),
    ],
)
def test_each_belief_is_answered_in_its_own_words(ask: Ask, question: str, first: str) -> None:
    assert ask(question).text.startswith(first)


def test_yuan_may_stand_before_the_number_in_english(ask: Ask) -> None:
    answer = ask("We passed DCMM level 3, certification fee RMB 260,000. How much?")
    assert amounts(answer) == {"dcmm-certification": 130000}


def test_the_providers_award_is_the_citys(ask: Ask) -> None:
    assert amounts(ask("工业互联网专业服务商，经评估给多少")) == {"listed-provider": 500000}


def test_a_sum_of_each_of_several_years_is_asked_for_as_a_whole(ask: Ask) -> None:
    answer = ask("硬核技术攻关每年自筹150万，投了三年，补多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "每年自筹150万" in answer.missing[0].question


def test_a_sum_of_each_of_several_projects_is_said_to_be_one_projects(ask: Ask) -> None:
    answer = ask("工业设计两个项目各投资300万，能拿多少")
    assert amounts(answer) == {"design-project": 1500000}
    assert "以上只按单份计算" in answer.text
