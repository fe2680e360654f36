"""Slips of the pen are asked about, other titles and other years are not taken for what the texts have."""

import pytest

from assistant.conversation import Outcome
from assistant.steps.reading.spelling_correction import _names
from assistant.steps.state import AnswerContext
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("question", "name"),
    [("共享单东怎么停", "共享单车"), ("硬枝技术攻关奖多少", "硬核技术攻关")],
)
def test_one_wrong_character_is_asked_about_with_the_right_question(
    ask: Ask, question: str, name: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert f"您问的是不是“{name}”" in answer.text
    assert name in answer.suggestions[0]


@pytest.mark.parametrize("question", ["购房补贴给多少", "今天晚上吃什么好呢"])
def test_another_word_of_two_characters_is_no_slip(ask: Ask, question: str) -> None:
    assert "是不是" not in ask(question).text


@pytest.mark.parametrize("question", ["评上市级工业设计中心奖多少", "入选国家级新型物流基地给多少钱"])
def test_a_title_no_text_speaks_of_is_refused_by_name(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NOT_COVERED
    assert "没有关于“" in answer.text


@pytest.mark.parametrize("question", ["2022年科技服务业增加值多少", "全市服务业增加值是多少"])
def test_a_figure_of_another_year_or_trade_is_not_told_as_the_one_asked_for(ask: Ask, question: str) -> None:
    first = ask(question).text.splitlines()[0]
    assert "没有" in first
    assert "数字" in first


def test_the_figure_itself_is_told_at_once(ask: Ask) -> None:
    assert "3013.20亿元" in ask("2024年科技服务业增加值多少").text.splitlines()[0]


def test_several_contracts_leave_the_cap_open(ask: Ask) -> None:
    assert "按每份还是合计" in ask("首版次两份合同，一份400万一份500万，补多少").text


@pytest.mark.parametrize(
    "question",
    [
        "创业孵化示范基地有什么奖励",  # 示范 is a word of its own: no slip for 孵化器
        "老的办法怎么领取独生子女费",
        "办事大厅几点开门",
    ],
)
def test_half_of_another_word_is_no_misspelt_name(ask: Ask, question: str) -> None:
    assert "您问的是不是" not in ask(question).text


def test_every_name_asked_back_is_one_that_people_say(context: AnswerContext) -> None:
    for name in _names(context.glossary.terms):
        assert "的" not in name
        assert not name.startswith(("把", "对", "会"))
