"""Numbers of everyday Chinese go to the fact they are about, or are asked about; never assumed."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.conversation import Question
from assistant.pipeline import STEPS
from assistant.steps.gather import gather
from assistant.steps.state import AnswerContext, Facts, State

TODAY = date(2026, 11, 22)
Read = Callable[[str], Facts]


@pytest.fixture(scope="module")
def facts_of(context: AnswerContext) -> Read:
    def read(text: str) -> Facts:
        state = State(context, Question(text, TODAY), TODAY)
        for step in STEPS[: STEPS.index(gather) + 1]:
            state = step(state)
        return state.facts

    return read


@pytest.mark.parametrize(
    ("question", "fact", "words"),
    [
        ("硬核技术攻关自筹800万能拿多少", "self_funded_investment", "800万"),
        ("硬核技术攻关我们自己掏了七百万，总投资两千万，补多少", "self_funded_investment", "七百万"),
        ("硬核技术攻关总投资两千万、其中自筹七百万，补多少", "self_funded_investment", "七百万"),
        ("DCMM三级的评估认证一共花了四十五万，能报多少", "certification_fee", "四十五万"),
        ("履约贷贷了500万，保费交了6万，补多少", "guarantee_premium", "6万"),
        ("物流公司固定资产贷款3000万，今年利息付了三百万，贴息多少", "fixed_asset_loan_interest", "三百万"),
        ("合同能源管理一年节约4000吨标煤奖多少", "coal_saved", "4000吨标煤"),
        ("清洁生产审核做到30当量吨奖多少", "cleaner_production_benefit", "30当量吨"),
        ("给二十家规上企业做数字化诊断补多少", "enterprises_served", "二十家"),
        ("孵化器年度运营花了八百万，市里给了两百万，区里给多少", "city_operating_support", "两百万"),
        ("孵化器年度运营花了八百万，市里给了两百万，区里给多少", "incubator_operating_outlay", "八百万"),
        ("技术开发合同签了2000万，实际支付了1500万，补助多少", "contract_spending", "1500万"),
    ],
)
def test_a_number_is_bound_to_the_fact_its_words_name(
    facts_of: Read, question: str, fact: str, words: str
) -> None:
    assert facts_of(question).sheet[fact] == words


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("硬核技术攻关项目总投资2000万能补多少", "self_funded_investment"),
        ("科技履约贷贷款500万能补多少", "guarantee_premium"),
        ("技术转让合同签了2000万，补助多少", "contract_spending"),
    ],
)
def test_another_thing_than_the_base_is_asked_about_not_assumed(
    facts_of: Read, question: str, fact: str
) -> None:
    facts = facts_of(question)
    assert fact not in facts.sheet
    assert fact in [doubt.fact for doubt in facts.doubts]


@pytest.mark.parametrize(
    "question",
    [
        "合同能源管理一年省下六千多吨标煤，奖励多少",
        "合同能源管理大概省了6000吨标煤，奖励多少",
        "合同能源管理省下5000到6000吨标煤，奖励多少",
    ],
)
def test_a_rough_number_is_asked_about(facts_of: Read, question: str) -> None:
    facts = facts_of(question)
    assert "coal_saved" not in facts.sheet
    assert [doubt.fact for doubt in facts.doubts] == ["coal_saved"]


def test_a_bare_number_is_asked_for_its_unit(facts_of: Read) -> None:
    facts = facts_of("硬核技术攻关自筹800能拿多少")
    assert "单位" in facts.doubts[0].question


def test_two_matters_each_get_their_own_sum(facts_of: Read) -> None:
    facts = facts_of("DCMM认证花了40万，另外企业上云花了60万，一共能拿多少").sheet
    assert (facts["certification_fee"], facts["service_purchase_cost"]) == ("40万", "60万")


def test_a_level_is_read_in_both_writings(facts_of: Read) -> None:
    assert facts_of("DCMM过了三级，认证费40万，补多少").sheet["dcmm_level"] == "三级"
    assert facts_of("DCMM过了3级，认证费40万，补多少").sheet["dcmm_level"] == "三级"


def test_a_denied_condition_is_no(facts_of: Read) -> None:
    assert (
        facts_of("应用场景项目总投入600万，没有示范效应，能拿多少").sheet["has_good_demonstration_effect"]
        == "否"
    )


def test_a_threshold_more_than_reached_is_reached(facts_of: Read) -> None:
    assert facts_of("低空物流航线都飞了一万架次以上，奖多少").sheet["sorties_per_route"] == "一万架次"
