"""A number believed, a number done, a number counted: each is told apart, and none changes its place."""

from decimal import Decimal

import pytest

from assistant.conversation import Answer, EstimateStatus, Outcome
from assistant.retrieval.references import find_references
from tests.steps.conftest import Ask


def amounts(answer: Answer) -> dict[str, Decimal | None]:
    return {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates}


def test_a_threshold_missed_by_a_little_is_not_hidden_by_the_right_award(ask: Ask):
    answer = ask("清洁生产审核综合效益只有24.5当量吨，可以拿5万元奖励吗")
    assert [one.status for one in answer.estimates] == [EstimateStatus.NOT_ELIGIBLE]
    assert "还差 0.5当量吨" in answer.text
    assert not answer.text.startswith("是的")


def test_a_limit_asked_beside_a_sum_of_ones_own_is_not_called_right(ask: Ask):
    answer = ask("首版次产品合同900万元，补助会超过200万吗")
    assert amounts(answer) == {"first-edition-software": Decimal("2000000.00")}
    assert not answer.text.startswith("是的")


def test_a_belief_alone_is_still_checked(ask: Ask):
    assert ask("硬核技术攻关最高给800万元，对吧？").text.startswith("不是800万元")


def test_what_the_city_already_paid_is_a_fact_and_no_belief(ask: Ask):
    answer = ask("孵化器一年运营投入600万元，市级已经拨付了320万元，区里还能补吗")
    assert "不是320万" not in answer.text
    assert answer.estimates[0].amount is None
    assert "320万元" in answer.estimates[0].steps[0].text


def test_one_sum_is_not_both_an_investment_and_an_interest(ask: Ask):
    answer = ask("工业设计项目的投资额还没核定，但信贷利息交了四十万，能贴多少")
    assert amounts(answer)["design-loan-interest"] == 200000
    assert not [one for one in answer.estimates if "投资 40万元" in "".join(s.text for s in one.steps)]


@pytest.mark.parametrize(
    "question",
    [
        "办了两个论坛，还引进一个展会到长宁，最多一共能拿多少",
        "引进了一个展会在长宁办，另外两场论坛，总共最多补多少",
    ],
)
def test_a_count_belongs_to_the_thing_that_follows_it(ask: Ask, question: str):
    found = amounts(ask(question))
    assert found["exhibitions-hosted"] == 500000
    assert found["themed-activities"] == 400000


def test_how_many_parts_a_document_has_is_read_where_it_says_so(ask: Ask):
    assert "共十条" in ask("长宁草案一共有几条？").text


def test_a_share_is_found_though_the_words_stand_apart(ask: Ask):
    answer = ask("上海科技服务业占GDP比重多少")
    assert "5.6%" in answer.text
    assert "没有载明" not in answer.text


def test_a_bare_digit_in_brackets_names_no_clause(ask: Ask, corpus):
    assert find_references("alert(1)一测多证", corpus) == ()
    assert find_references("长宁草案第八条(3)", corpus) == ("changning-ai-draft/8.3",)


def test_a_month_without_a_day_is_no_date_believed(ask: Ask):
    answer = ask("到2027年12月底前还没验收，工业服务业的奖励还能拿吗")
    assert answer.outcome is not Outcome.ERROR
    assert "12月1日" not in answer.text


def test_thanks_are_answered(ask: Ask):
    assert ask("谢谢").outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("固定资产贷款贴息，项目核定投资120万元，能贴多少", "loan-interest"),
        ("设备融资租赁，项目总投入3000万元，能补多少", "equipment-leasing"),
        ("工业设计贴息，总投资800万元，补多少", "design-loan-interest"),
    ],
)
def test_an_investment_is_never_taken_for_interest_or_a_lease(ask: Ask, question: str, measure: str):
    found = {one.measure.rsplit("/", 1)[1]: one for one in ask(question).estimates}
    assert found[measure].status is EstimateStatus.NEEDS_INPUT
    assert found[measure].amount is None


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("每条低空航线每年都能拿50万对吧", "数额是50万，但原文写的是“一次性”，不是“每年”。"),
        ("在线新经济重点项目的5000万是自动给的吧", "数额是5000万，但不是“自动给”：须经市政府批准。"),
    ],
)
def test_a_right_number_does_not_carry_a_wrong_belief_beside_it(ask: Ask, question: str, first: str) -> None:
    assert ask(question).text.startswith(first)


@pytest.mark.parametrize("question", ["上云补贴每年最高50万对吧", "在线新经济重点项目最高5000万对吧"])
def test_a_right_number_with_nothing_wrong_beside_it_is_confirmed(ask: Ask, question: str) -> None:
    assert ask(question).text.startswith("是的")


def test_whether_both_may_be_had_is_answered_without_asking_for_sums(ask: Ask) -> None:
    answer = ask("同一个项目既报专项扶持又报应用场景，总投资总投入都是800万，能两边都拿吗？")
    assert answer.outcome is Outcome.ANSWERED
    assert "不得因同一事项重复享受" in answer.text


def test_between_two_documents_named_it_is_said_that_nothing_is_written(ask: Ask) -> None:
    assert "没有写明" in ask("长宁参展补了，市里工业服务业也有境外参展支持，两头可以都要吗").text


def test_the_last_day_of_validity_is_said_to_be_the_last(ask: Ask) -> None:
    text = ask("2027年12月31日当天工业服务业措施还有效吗").text
    assert "有效期的最后一天" in text
    assert "届满" not in text


def test_a_right_result_is_worked_out_and_not_said_to_be_written(ask: Ask) -> None:
    answer = ask("自筹800万做硬核技术攻关，能拿240万对吗")
    assert "测算是240万" in answer.text
    assert "写的就是240万" not in answer.text


@pytest.mark.parametrize(
    ("belief", "reply"),
    [
        ("是不是说最多1000万", "写的就是1000万"),
        ("最高不是800万吗", "不是800万"),
    ],
)
def test_a_belief_on_the_limit_is_settled_after_a_sum_of_ones_own(ask: Ask, belief: str, reply: str) -> None:
    ask("能管中心投了3000万能拿多少", conversation="limit")
    answer = ask(belief, conversation="limit")
    assert reply in answer.text
    assert amounts(answer) == {"energy-management-centre": Decimal("6000000.00")}


def test_what_reaches_the_limit_is_told_beside_a_sum_of_ones_own(ask: Ask) -> None:
    ask("能管中心投了3000万能拿多少", conversation="reach")
    answer = ask("那要投多少才到顶", conversation="reach")
    assert answer.text.startswith("项目投资额达到5000万元即到上限")  # 1000万 ÷ 20%
