"""A turn that answers our question, gives another sum or corrects one keeps the measure talked of."""

from decimal import Decimal

import pytest

from assistant.conversation import Answer, ConditionState
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


def last_of(ask: Ask, *turns: str) -> Answer:
    answers = [ask(turn, conversation="一") for turn in turns]
    return answers[-1]


@pytest.mark.parametrize(
    ("turns", "measure"),
    [
        # words for kinds of money name no award of their own
        (("硬核攻关自筹600万，补多少", "难道不按总投资算吗"), "hard-technology"),
        # 「是…的」 without a subject says what was talked of is such
        (("今年参加了3次展会，补多少", "是市商务委主办的"), "exhibitions-attended"),
        # single characters are no subject
        (("数字化诊断了20家，补多少", "看错了，其中5家没做"), "digital-diagnosis"),
        (("能管中心投了2600万，奖多少", "算了，还是按2000万"), "energy-management-centre"),
        # a role turned round
        (("参与制定检测国际标准给多少", "哦我们是牵头的"), "leading-international-standard"),
        (("国外认可资质奖多少", "那国际权威的呢"), "international-accreditation"),
        # among alternatives those of the clause talked of
        (("工业设计项目总投资300万，给多少", "贷款利息50万也能补吗"), "design-loan-interest"),
        (("物流设备改造总投入2000万，给多少", "贷款利息50万也能补吗"), "loan-interest"),
        # what is said now tells alternatives apart, not what was known of another
        (("履约贷保费交了6万，补多少", "创业保险的保费也交了2万"), "startup-insurance"),
    ],
)
def test_a_remark_stays_with_what_was_talked_of(ask: Ask, turns: tuple[str, ...], measure: str) -> None:
    assert list(sums(last_of(ask, *turns))) == [measure]


def test_a_mere_place_tells_the_seat(ask: Ask) -> None:
    answer = last_of(ask, "一年买云服务花了80万，补多少", "就在长宁")
    assert sums(answer) == {"cloud-services": 400000}
    met = {one.text for one in answer.estimates[0].conditions if one.state is ConditionState.MET}
    assert any("长宁" in text for text in met)


def test_the_source_asked_for_is_the_clause_of_the_sum(ask: Ask) -> None:
    answer = last_of(ask, "一测多证合同80万，补多少", "依据呢")
    assert {one.span.clause_id for one in answer.citations} >= {"sh-industrial-services/10"}
    assert last_of(ask, "是哪一条规定的").citations[0].span.clause_id == "sh-industrial-services/10"


def test_another_item_is_one_of_the_same_article(ask: Ask) -> None:
    answer = last_of(ask, "第八条第四项讲什么", "那第六项呢")
    assert answer.citations[0].span.clause_id == "changning-ai-draft/8.6"


def test_all_matters_of_the_talk_are_summed_even_after_one_was_corrected(ask: Ask) -> None:
    turns = ("可信供应链平台投资600万，给多少", "能管中心投了1000万", "两项加起来", "能管中心那个改成1500万")
    answer = last_of(ask, *turns, "现在总共多少")
    assert answer.total.in_force == 1800000 + 3000000
    answer = last_of(ask, "再加上一测多证，合同100万", "一共多少")
    assert answer.total.in_force == 1800000 + 3000000 + 300000


def test_whether_both_may_be_had_is_asked_of_what_was_talked_of(ask: Ask) -> None:
    answer = last_of(ask, "服务型制造称号奖多少", "服务型制造项目总投入1000万呢", "都能拿吗")
    assert sums(answer) == {"service-manufacturing-title": 500000, "service-manufacturing": 2000000}


def test_each_company_has_its_own_matter_and_its_own_facts(ask: Ask) -> None:
    last_of(ask, "我们子公司的工业设计项目总投资200万，给多少", "我们公司自己的一测多证，合同90万")
    assert sums(last_of(ask, "子公司能拿多少")) == {"design-project": 1000000}
    assert sums(last_of(ask, "我们公司的呢")) == {"one-test-many-certificates": 270000}


def test_another_company_is_always_one_nothing_is_known_of(ask: Ask) -> None:
    last_of(ask, "另一家公司做一测多证，合同60万，给多少")
    answer = last_of(ask, "那另一家公司做一测多证给多少")
    assert sums(answer) == {"one-test-many-certificates": None}


def test_what_was_paid_this_year_is_none_of_the_next(ask: Ask) -> None:
    turns = ("技术转让合同付了1200万，补多少", "今年已经拿了150万")
    assert sums(last_of(ask, *turns)) == {"technology-contracts": 500000}
    after = last_of(ask, "明年申请呢")
    assert all("150万" not in step.text for one in after.estimates for step in one.steps)


@pytest.mark.parametrize("text", ["听人讲上云可以补一百万", "一测多证能拿到90万"])
def test_what_may_be_had_is_no_fact_of_the_company(ask: Ask, text: str) -> None:
    assert not any(one.amount for one in ask(text).estimates if one.steps)


@pytest.mark.parametrize("text", ["我想咨询个事", "请教一下", "就是上次那个补贴", "随便问问"])
def test_who_only_opens_the_talk_is_asked_what_about(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert not answer.citations
    assert "哪一项支持" in answer.text
