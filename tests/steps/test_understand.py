"""What is asked, of what, by whose words."""

from datetime import date

import pytest

from assistant.conversation import Outcome, Question
from assistant.steps.cues import Intent
from assistant.steps.state import AnswerContext, Reading, State
from assistant.steps.understand import understand
from tests.steps.conftest import Ask

TODAY = date(2026, 11, 22)


def read(context: AnswerContext, text: str) -> Reading:
    return understand(State(context, Question(text, TODAY), TODAY)).reading


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("一测多证能拿多少钱", Intent.AMOUNT),
        ("互联网医疗由哪个部门负责", Intent.RESPONSIBLE_BODY),
        ("在线新经济的政策有效期到什么时候", Intent.VALIDITY),
        ("工业服务业若干措施的文号是什么", Intent.ABOUT),
        ("申请应用场景扶持要满足什么条件", Intent.CONDITIONS),
        ("长宁有哪些补贴", Intent.LIST),
        ("专项扶持和应用场景能不能叠加", Intent.CUMULATION),
    ],
)
def test_the_intent_is_told_by_cue_words(context: AnswerContext, text: str, intent: Intent) -> None:
    assert intent in read(context, text).intents


def test_a_standard_to_be_set_is_no_question_for_the_rate(context: AnswerContext) -> None:
    assert Intent.STANDARD not in read(context, "主导制定国家标准能拿多少").intents


def test_traditional_characters_and_full_width_signs_are_read(context: AnswerContext) -> None:
    reading = read(context, "長寧區ＤＣＭＭ貫標能補多少？")
    assert "changning-ai-draft/8.4" in reading.named
    assert reading.documents == ("changning-ai-draft",)


def test_a_company_word_is_read_as_the_text_writes_it(context: AnswerContext) -> None:
    assert "能源管理中心" in read(context, "能管中心补多少").content


def test_a_number_after_a_word_of_award_is_a_belief(context: AnswerContext) -> None:
    assert [claim.text for claim in read(context, "硬核技术攻关最高800万元对吧").claims] == ["800万元"]
    assert read(context, "硬核技术攻关自筹800万元可以吗").claims == ()


def test_another_district_is_noticed_and_a_city_on_the_way_is_not(context: AnswerContext) -> None:
    assert read(context, "上海徐汇区的企业上云补多少").elsewhere == ("上海徐汇区",)
    assert read(context, "无人机在上海和苏州之间送货能拿多少").elsewhere == ()


def test_the_day_asked_about_becomes_the_day_of_the_answer(context: AnswerContext) -> None:
    question = Question("2029年在线新经济的政策还能申请吗", TODAY)
    assert understand(State(context, question, TODAY)).as_of == date(2029, 1, 1)


def test_a_matter_told_in_passing_does_not_make_a_long_text_foreign(ask: Ask) -> None:
    answer = ask(
        "各位同事：明天天气预报有雨，年会门票已经发到部门，请自带雨伞。食堂周五加餐。"
        "另外财务问一句，首版次合同220万能补多少？"
    )
    assert [one.amount for one in answer.estimates] == [660000]


def test_a_word_that_leads_up_to_a_sum_is_no_matter(ask: Ask) -> None:
    answer = ask("总预算2500万做产业互联网平台，能拿多少")
    assert {one.measure.rsplit("/", 1)[1] for one in answer.estimates} == {"industrial-internet-platform"}


@pytest.mark.parametrize("question", ["AI4S是什么意思", "Web3.0说的是啥"])
def test_digits_inside_a_latin_word_belong_to_it(ask: Ask, question: str) -> None:
    assert ask(question).outcome is Outcome.ANSWERED


def test_an_exact_phrase_outweighs_its_halves(ask: Ask) -> None:
    answer = ask("智能工厂网络给补贴吗")
    assert "sh-online-economy/12" in {one.span.clause_id for one in answer.citations}
    assert not answer.estimates
