"""Several numbers of one kind, ranges, rough numbers, and whose number each is; sums worked out by hand."""

from decimal import Decimal

import pytest

from assistant.conversation import Answer, EstimateStatus, Outcome
from tests.steps.conftest import Ask


def amounts(answer: Answer) -> dict[str, Decimal | None]:
    """Return what each measure pays, by its short name."""
    return {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates}


@pytest.mark.parametrize(
    ("question", "measure", "amount", "addition"),
    [
        # 10 % of 60 + 90 + 50 万
        (
            "签过三份技术转让合同，实际付了60万、90万和50万，补多少",
            "technology-contracts",
            200000,
            "60万元 + 90万元 + 50万元 = 200万元",
        ),
        # half of 3.2 + 1.8 万
        ("履约贷保费一笔3.2万一笔1.8万，退多少", "loan-insurance", 25000, "3.2万元 + 1.8万元 = 5万元"),
        # 1500 元 each of 900 + 1100 吨
        (
            "合同能源管理两个项目分别省了900吨标煤、1100吨标煤，奖多少",
            "energy-contract",
            3000000,
            "900吨标煤 + 1100吨标煤 = 2000吨标煤",
        ),
        # half of 30 + 12 万
        ("买云30万、买带宽12万，上云能补多少", "cloud-services", 210000, "30万元 + 12万元 = 42万元"),
    ],
)
def test_what_adds_up_by_nature_is_added_and_the_addition_shown(
    ask: Ask, question: str, measure: str, amount: int, addition: str
) -> None:
    answer = ask(question)
    assert amounts(answer) == {measure: amount}
    assert addition in answer.text


def test_two_contracts_of_a_measure_that_does_not_add_are_computed_each(ask: Ask) -> None:
    answer = ask("首版次签了两份合同，一份200万一份320万，补多少")
    assert sorted(one.amount or 0 for one in answer.estimates) == [600000, 960000]


def test_sums_of_two_years_are_computed_each_this_year_first(ask: Ask) -> None:
    answer = ask("上云费用去年44万、今年66万，能补多少")
    assert [one.amount for one in answer.estimates] == [330000, 220000]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("物流信息平台软件260万、服务器140万，补多少", "核定项目总投资"),
        ("能管中心一期300万、二期450万，奖多少", "项目投资额"),
    ],
)
def test_parts_without_a_total_are_asked_about(ask: Ask, question: str, label: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert f"{label}合起来一共是多少" in answer.missing[0].question


def test_each_base_of_one_clause_has_its_own_sum(ask: Ask) -> None:
    answer = ask(
        "可信供应链核定总投资1000万，数字供应链核定总投资5000万，供应链系统核定总投资600万，各给多少"
    )
    assert amounts(answer) == {
        "trusted-supply-chain": 3000000,
        "digital-supply-chain": 15000000,
        "supply-chain-system": 1800000,
    }


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "两化融合过了，DCMM二级认证费24万，合计多少",
            {"first-recognition": 200000, "dcmm-certification": 120000},
        ),
        (
            "有服务型制造称号，核定总投入1500万，一共给多少",
            {"service-manufacturing-title": 500000, "service-manufacturing": 3000000},
        ),
        (
            "无人车核定总投入900万、贷款利息60万，合计多少",
            {"smart-equipment": 900000, "loan-interest": 300000},
        ),
    ],
)
def test_a_second_award_named_is_never_dropped(ask: Ask, question: str, expected: dict[str, int]) -> None:
    assert amounts(ask(question)) == expected


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("关键技术攻关自筹200万到300万之间，补多少", 600000, 900000),
        ("DCMM三级认证费18万至26万，能报多少", 90000, 130000),
        ("首版次合同在100万和150万之间，补多少", 300000, 450000),
        ("论坛办一到两场，给多少", 200000, 400000),
    ],
)
def test_a_stated_range_is_computed_at_both_ends(ask: Ask, question: str, low: int, high: int) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert [(one.amount, one.range) for one in answer.estimates] == [(None, (low, high))]


@pytest.mark.parametrize(
    "question",
    ["能管中心投资7000万到9000万，奖多少", "能管中心投资五千多万，奖多少", "能管中心投资超过6000万，奖多少"],
)
def test_a_range_above_the_cap_is_the_cap(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert amounts(answer) == {"energy-management-centre": 10000000}


def test_a_rough_number_is_asked_about_and_the_least_is_told(ask: Ask) -> None:
    answer = ask("合同能源管理一年省下三千多吨标煤，奖多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert [one.range for one in answer.estimates] == [(4500000, 10000000)]
    assert "三千多吨标煤" in answer.missing[0].question


@pytest.mark.parametrize(
    "question",
    [
        "固定资产投资贷款8000万，利率3.9%，贴多少",
        "工业设计项目贷了600万，贴息多少",
        "融资租赁每年租金260万，补多少",
        "去年研发费用900万，硬核技术攻关补多少",
    ],
)
def test_a_sum_of_another_kind_is_never_taken_for_the_base(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert all(one.status is EstimateStatus.NEEDS_INPUT for one in answer.estimates)


def test_turnover_and_capital_are_told_to_be_unused(ask: Ask) -> None:
    answer = ask("我们营收2亿、注册资本3000万，自筹400万做硬核技术攻关，补多少")
    assert amounts(answer) == {"hard-technology": 1200000}
    assert "“2亿”“3000万”" in answer.text


def test_a_part_that_counts_is_the_number(ask: Ask) -> None:
    assert amounts(ask("融资租赁合同3000万，其中设备投资2400万，补多少")) == {"equipment-leasing": 1200000}
    assert amounts(ask("航线开了6条，飞满一万架次的2条，给多少")) == {"low-altitude-route": 1000000}


def test_a_part_denied_is_taken_off(ask: Ask) -> None:
    assert amounts(ask("诊断了30家企业，有12家不是规上的，补多少")) == {"digital-diagnosis": 18 * 25000}


def test_words_of_the_next_number_are_not_those_of_the_one_before(ask: Ask) -> None:
    answer = ask("孵化器建设花了1600万，运营花了500万，市里给了运营90万，区里给多少")
    assert amounts(answer) == {"incubator-construction": 8000000, "incubator-operation": 1600000}


def test_the_unit_may_be_said_in_two_pieces(ask: Ask) -> None:
    assert amounts(ask("合同能源管理，标煤少用了2000吨，奖多少")) == {"energy-contract": 3000000}


def test_a_foreign_currency_is_said_to_be_unused(ask: Ask) -> None:
    answer = ask("首版次合同80万美元，补多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "80万美元" in answer.text


def test_a_question_on_a_fixed_asset_loan_does_not_ask_for_a_fixed_sum(ask: Ask) -> None:
    assert "不是固定金额" not in ask("固定资产贷款利息90万，贴息多少").text


@pytest.mark.parametrize(
    ("question", "needed"),
    [
        ("硬核技术攻关自筹多少才能拿满？", "1000万元"),  # 300万 ÷ 30%
        ("硬核技术攻关自筹多少才能拿满300万？", "1000万元"),
        ("DCMM三级认证费多少才能封顶", "100万元"),  # 50万 ÷ 50%
        ("能管中心要投多少才到顶", "5000万元"),  # 1000万 ÷ 20%
        ("首版次合同多少才能拿到上限", "666.67万元"),  # 200万 ÷ 30%, rounded up to what people read
    ],
)
def test_what_it_takes_to_reach_the_limit_is_worked_back(ask: Ask, question: str, needed: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert needed in answer.text.split("\n")[0]
    assert [one.amount for one in answer.estimates] == [None]


def test_the_most_a_policy_gives_is_no_sum_of_ones_own(ask: Ask) -> None:
    asked = ask("什么样的项目能按50%、最高五千万来支持？要谁批准？")
    assert asked.outcome is Outcome.ANSWERED
    assert "经市政府批准" in asked.text
    own = ask("最高300万的硬核攻关，我们自筹800万能拿多少")
    assert [one.amount for one in own.estimates] == [2400000]
