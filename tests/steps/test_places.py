"""Where a company sits is a fact about it; another place's own policy is not in the corpus."""

import pytest

from assistant.conversation import EstimateStatus, Outcome
from assistant.steps.reading.places import placed
from assistant.steps.state import AnswerContext
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "我司在普陀，一测多证合同额60万补多少",
        "闵行区的检测机构做一测多证，合同60万，给多少",
        "公司注册在青浦，一测多证合同60万能拿多少",
    ],
)
def test_a_city_measure_is_open_to_a_company_of_any_district(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.total.in_force == 180000


@pytest.mark.parametrize("seat", ["注册在静安", "公司位于苏州", "我们在浦东新区"])
def test_a_district_measure_is_closed_to_a_company_from_elsewhere(ask: Ask, seat: str) -> None:
    answer = ask(f"{seat}，可以领长宁区的DCMM补贴吗，三级，认证费40万")
    assert answer.estimates[0].status is EstimateStatus.NOT_ELIGIBLE
    assert answer.total.draft is None
    assert "changning-ai-draft" in answer.citations[0].document


@pytest.mark.parametrize(
    "question", ["我们是浦东的，能享受哪些支持", "我司注册在闵行，能拿哪些补贴？", "我们在奉贤能申请什么"]
)
def test_a_company_of_another_district_is_told_what_the_city_offers(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert "不列入" in answer.text
    assert {one.document for one in answer.citations} >= {"sh-industrial-services"}
    assert "融资租赁费用补助" in answer.text
    assert "硬核技术攻关资助" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "我们在虹口，DCMM三级，认证费40万，补多少",
        "公司在金山，做了一测多证，区里配多少",
        "宝山的企业买公有云服务给多少",
    ],
)
def test_what_only_a_district_gives_is_not_given_by_another(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NOT_COVERED
    assert "全市适用的《工业服务业若干措施》" in answer.text


@pytest.mark.parametrize(
    ("question", "place"),
    [("浦东新区有没有攻关的补贴", "浦东新区"), ("张江那边算力给多少钱", "张江"), ("杨浦有哪些奖励", "杨浦")],
)
def test_a_place_that_a_clause_only_mentions_pays_nothing_by_it(ask: Ask, question: str, place: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NOT_COVERED
    assert f"没有{place}自己的政策" in answer.text
    assert "《工业服务业若干措施》" in answer.text


def test_what_a_clause_says_of_a_place_is_still_told(ask: Ask) -> None:
    answer = ask("临港的国际数据港有什么安排")
    assert answer.outcome is Outcome.ANSWERED
    assert "临港新片区国际数据港先导区" in answer.text


@pytest.mark.parametrize(
    "question", ["普陀区有哪些补贴", "在嘉定能拿什么人工智能补贴", "杭州的一测多证补多少"]
)
def test_the_policy_of_another_place_is_not_covered(ask: Ask, question: str) -> None:
    assert ask(question).outcome is Outcome.NOT_COVERED


@pytest.mark.parametrize(
    "question", ["长宁区硬核技术攻关自筹800万能资助多少？", "长宁两化融合贯标的奖励是多少？"]
)
def test_a_district_whose_document_is_left_out_has_no_policy_here(ask: Ask, question: str) -> None:
    answer = ask(question, documents=("sh-tech-services",))
    assert answer.outcome is Outcome.NOT_COVERED
    assert "没有长宁" in answer.text
    assert ask(question).outcome is Outcome.ANSWERED


def test_a_district_company_is_answered_from_the_city_documents_chosen(ask: Ask) -> None:
    answer = ask("我们公司在长宁，一测多证合同60万能拿多少", documents=("sh-industrial-services",))
    assert answer.total.in_force == 180000


def test_the_places_without_a_policy_are_those_no_document_at_hand_holds_in(context: AnswerContext) -> None:
    city = ("sh-industrial-services",)
    assert placed("长宁的补贴有多少", context, city).elsewhere == ("长宁",)
    assert placed("长宁的补贴有多少", context, ()).elsewhere == ()
    assert placed("深圳的公司能拿多少", context, ()).elsewhere == ("深圳",)


def test_a_list_for_a_company_of_another_district_holds_nothing_of_this_one(ask: Ask) -> None:
    answer = ask("徐汇区人工智能企业有什么补贴")
    assert "不能享受" in answer.text.split("\n")[0]
    assert "硬核技术攻关资助" not in answer.text
    told = ask("静安对设计企业有啥补贴").text
    assert told.startswith("您说公司在静安")
    assert "工业设计服务项目资金支持" in told
    assert "第七条(一)" not in told


def test_where_an_event_is_held_is_not_where_the_company_sits(context: AnswerContext) -> None:
    for text in ("在徐汇办论坛补多少", "在徐汇区举办大赛补多少"):
        assert placed(text, context, ()).seats == ()
    assert placed("我们在徐汇办公，能拿什么补贴", context, ()).seats == ("徐汇",)
