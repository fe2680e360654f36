"""Another edition of a policy is asked for: which one is held is said before anything else."""

from datetime import date

import pytest

from assistant.steps.reading.editions import edition_said
from tests.steps.conftest import Ask

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "question",
    [
        "2020年那版长宁人工智能办法里硬核攻关给多少",
        "工业服务业措施的老版本怎么规定合同能源管理",
        "在线新经济政策上一版关键项目支持多少",
        "2019版科技服务业意见怎么讲创新券",
    ],
)
def test_an_edition_that_is_not_held_is_named_so_first(ask: Ask, question: str) -> None:
    first = ask(question).text.split("\n")[0]
    assert "没有收录" in first
    assert "不能回答另一版的规定" in first


def test_of_a_newer_edition_nothing_is_known(ask: Ask) -> None:
    first = ask("最新版的工业服务业措施能管中心奖多少").text.split("\n")[0]
    assert "2024年7月25日成文" in first
    assert "此后有没有修订或新版" in first


@pytest.mark.parametrize(
    "question",
    [
        "2024年的527号文一测多证给多少",  # 2024-07-25 成文
        "去年的工业服务业政策能管中心奖多少",  # 2025 年在有效期内
        "首版次软件合同200万能补多少",
        "我们去年的项目总投资300万，专项扶持能补多少",
        "微短剧版权质押融资怎么支持",
    ],
)
def test_the_edition_held_is_told_without_a_word_on_editions(ask: Ask, question: str) -> None:
    assert "这一版" not in ask(question).text


@pytest.mark.parametrize("text", ["软件第一版能补多少", "首版次", "上一次办论坛", "新版块"])
def test_words_that_only_look_like_an_edition_are_left_alone(text: str) -> None:
    assert edition_said(text, TODAY) is None


def test_what_a_document_gives_is_listed_where_none_of_its_matters_is_named(ask: Ask) -> None:
    text = ask("27号文最高给多少").text
    assert "最高 5000万元" in text
    assert "没有载明可领取的金额" not in text
