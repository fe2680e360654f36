"""What is asked, of what, by whose words."""

from datetime import date

import pytest

from assistant.conversation import Question
from assistant.steps.cues import Intent
from assistant.steps.state import Desk, Reading, State
from assistant.steps.understand import understand

TODAY = date(2026, 11, 22)


def read(desk: Desk, text: str) -> Reading:
    return understand(State(desk, Question(text, TODAY), TODAY)).reading


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
def test_the_intent_is_told_by_cue_words(desk: Desk, text: str, intent: Intent) -> None:
    assert intent in read(desk, text).intents


def test_a_standard_to_be_set_is_no_question_for_the_rate(desk: Desk) -> None:
    assert Intent.STANDARD not in read(desk, "主导制定国家标准能拿多少").intents


def test_traditional_characters_and_full_width_signs_are_read(desk: Desk) -> None:
    reading = read(desk, "長寧區ＤＣＭＭ貫標能補多少？")
    assert "changning-ai-draft/8.4" in reading.named
    assert reading.documents == ("changning-ai-draft",)


def test_a_company_word_is_read_as_the_text_writes_it(desk: Desk) -> None:
    assert "能源管理中心" in read(desk, "能管中心补多少").content


def test_a_number_after_a_word_of_award_is_a_belief(desk: Desk) -> None:
    assert [claim.text for claim in read(desk, "硬核技术攻关最高800万元对吧").claims] == ["800万元"]
    assert read(desk, "硬核技术攻关自筹800万元可以吗").claims == ()


def test_another_district_is_noticed_and_a_city_on_the_way_is_not(desk: Desk) -> None:
    assert read(desk, "上海徐汇区的企业上云补多少").elsewhere == ("徐汇",)
    assert read(desk, "无人机在上海和苏州之间送货能拿多少").elsewhere == ()


def test_the_day_asked_about_becomes_the_day_of_the_answer(desk: Desk) -> None:
    question = Question("2029年在线新经济的政策还能申请吗", TODAY)
    assert understand(State(desk, question, TODAY)).as_of == date(2029, 1, 1)
