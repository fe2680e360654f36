"""Which sums are computed from: said in words of the base, of the matter meant, never of another thing."""

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "我们是做无人车的公司，在职40人，去年研发投入600万，有哪些补贴可以申请",
        "上海一家工业设计公司，今年利润500万，能享受什么政策",
    ],
)
def test_figures_of_the_company_are_no_base_when_the_list_is_asked_for(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.estimates == ()
    assert "可能适用的支持" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "智能物流设备，研发投入600万，能给多少",
        "能管中心，厂房投资2000万，能奖多少",
        "首版次软件投入300万能补多少",
    ],
)
def test_money_spent_on_something_else_is_asked_about(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "不能直接代入测算" in answer.text
    assert all(one.amount is None for one in answer.estimates)


def test_money_spent_on_what_the_measure_itself_names_is_its_base(ask: Ask) -> None:
    answer = ask("工业互联网新技术研发总投资1000万，能补多少")
    assert [one.amount for one in answer.estimates] == [3000000]


def test_a_sum_of_another_kind_keeps_the_matter_and_asks_for_its_base(ask: Ask) -> None:
    ask("我们要建可信供应链平台", conversation="一")
    answer = ask("合同800万", conversation="一")
    assert [one.measure for one in answer.estimates] == ["sh-industrial-services/6/trusted-supply-chain"]
    assert "不是核定项目总投资" in answer.text


def test_two_sums_of_two_forms_of_support_are_both_computed(ask: Ask) -> None:
    answer = ask("无人叉车投入2000万，贷款利息100万，一共能拿多少")
    assert sorted(one.amount or 0 for one in answer.estimates) == [500000, 2000000]


def test_one_count_is_not_added_up_for_two_alternatives(ask: Ask) -> None:
    answer = ask("会展办一次能补多少")
    assert sorted(one.amount or 0 for one in answer.estimates) == [250000, 500000]
    assert answer.total.draft is None


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("参与检测方面的国际标准有多少钱", ["joining-international-standard"]),
        ("牵头检验检测国际标准能拿多少", ["leading-international-standard"]),
        ("检验检测国际标准奖多少", ["leading-international-standard", "joining-international-standard"]),
    ],
)
def test_the_role_asked_for_decides_and_without_one_both_are_told(
    ask: Ask, question: str, measures: list[str]
) -> None:
    assert {one.measure.rsplit("/", 1)[1] for one in ask(question).estimates} == set(measures)


def test_a_follow_up_on_a_sibling_award_leaves_the_first_one(ask: Ask) -> None:
    ask("孵化器建设总投入3000万能补多少", conversation="一")
    answer = ask("那运营呢，一年600万", conversation="一")
    assert "incubator-construction" not in {one.measure.rsplit("/", 1)[1] for one in answer.estimates}


def test_money_already_paid_is_no_base(ask: Ask) -> None:
    ask("孵化器建设总投入3000万能补多少", conversation="一")
    answer = ask("市里给了90万", conversation="一")
    assert all(one.amount != 450000 for one in answer.estimates)


def test_a_day_asked_about_without_other_words_is_heeded(ask: Ask) -> None:
    assert "已届满" in ask("要是2029年申请一测多证呢").text


@pytest.mark.parametrize(
    "question",
    [
        "参展3次、引进展会2次，总共多少",
        "参加展会3次和引进展览2次，一共能拿多少",
        "参展3次，另外引进展会2次，合计",
    ],
)
def test_the_words_behind_and_are_of_the_next_number(ask: Ask, question: str) -> None:
    # 参展 3 × 25 万；引进 2 × 50 万
    sums = {one.measure.rsplit("/", 1)[1]: one.amount for one in ask(question).estimates}
    assert sums == {"exhibitions-attended": 750000, "exhibitions-hosted": 1000000}


def test_two_grants_from_above_are_asked_about_not_half_of_them_computed(ask: Ask) -> None:
    answer = ask("国家级项目拿到250万，市里又给150万，区里配多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert all(one.amount is None for one in answer.estimates)


@pytest.mark.parametrize(
    "question",
    ["开放应用场景总投入400万，已经在政府信息化预算里列了，还能拿吗", "我们去年失信了，上云花了30万能补吗"],
)
def test_what_is_told_the_other_way_round_denies_a_condition_too(ask: Ask, question: str) -> None:
    assert [one.amount for one in ask(question).estimates] == [None]
    assert "未达条件" in ask(question).text
