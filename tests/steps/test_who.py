"""Who is responsible, asked in the ways people ask it."""

import pytest

from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("数据跨境一站式窗口是哪几家在抓", "临港新片区管委会"),
        ("海外仓这块谁说了算", "市商务委"),
        ("科技期刊归哪几个单位管", "市新闻出版局"),
        ("外籍人员永久居留该走哪个口子", "市出入境管理局"),
        ("临床试验服务是谁的职责", "市药品监管局"),
        ("自动驾驶是哪家在管", "市交通委"),
        ("科技展会报批流程简化是谁的责任", "市公安局"),
        ("灵活就业的事对口单位是谁", "市人力资源社会保障局"),
        ("科技智库绩效评估哪些部门来推进", "市委宣传部"),
    ],
)
def test_a_body_is_asked_for_in_everyday_words(ask: Ask, question: str, body: str) -> None:
    text = ask(question).text
    assert text.startswith("责任单位：")
    assert body in text


def test_who_approves_the_money_of_a_draft_is_told_from_its_duties(ask: Ask) -> None:
    assert "组织认定、评审等政策实施相关工作" in ask("长宁那份草案的补贴谁来批").text
