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


def test_the_words_of_the_question_decide_between_documents(ask: Ask) -> None:
    # 「科技保险」 stands in 在线新经济(十七) and 科技服务业(九); the draft only has 保险 of another kind
    text = ask("科技保险试点归谁管").text
    assert "金融监管总局上海监管局" in text or "市财政局" in text
    assert "长宁" not in text.split("\n")[0]


def test_clauses_equally_near_are_all_told_with_their_bodies(ask: Ask) -> None:
    answer = ask("工业互联网专业服务商归哪个部门管")
    cited = {one.span.clause_id for one in answer.citations}
    assert {"changning-ai-draft/8.4", "sh-industrial-services/3"} <= cited


def test_a_clause_that_covers_the_question_far_better_is_meant(ask: Ask) -> None:
    text = ask("检验检测认证机构和境外机构结果互认谁负责").text
    assert text.startswith("责任单位：市科委、市药品监管局、市市场监管局")


def test_a_measure_without_a_body_says_so_beside_the_clause_that_names_one(ask: Ask) -> None:
    text = ask("数字供应链归谁管").text
    assert "第六条的原文未载明责任单位" in text
    assert "责任单位：市经济信息化委" in text
