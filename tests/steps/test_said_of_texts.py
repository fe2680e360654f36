"""What is said of a text is true of it: a clause with a sum is not called silent, seats are heard."""

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


def test_the_parts_are_listed_with_what_each_counts(ask: Ask) -> None:
    text = ask("长宁草案几个方面一共多少项政策，每个方面几项").text
    assert all(words in text for words in ("15项政策", "共3项", "共2项", "共6项", "共4项"))


def test_how_many_articles_is_answered_beside_the_last_day_for_comments(ask: Ask) -> None:
    text = ask("草案一共几条，意见征求到哪天").text
    assert "共十条" in text
    assert "2023年10月7日" in text


def test_a_document_is_known_by_the_short_form_of_its_number(ask: Ask) -> None:
    assert "2028年12月31日" in ask("27号文哪天到期").text
    assert "2024年7月25日" in ask("527号文是哪天印发的").text


@pytest.mark.parametrize(
    "question",
    ["主导制定了3项检测国际标准，给多少", "国家标准和行业标准我们主导各一项，人形机器人的，给多少"],
)
def test_of_several_pieces_it_is_said_that_the_text_leaves_it_open(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert any(one.amount is not None for one in answer.estimates)
    assert "每项各给一份还是合计给这么多，原文没有写明" in answer.text


def test_foreign_money_is_asked_for_in_yuan(ask: Ask) -> None:
    answer = ask("一测多证合同20万欧元，补多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "折合多少人民币" in answer.text


@pytest.mark.parametrize(
    "question", ["我们厂在嘉定，长宁的政策能不能享受", "公司注册在苏州，能申请长宁的补贴吗"]
)
def test_a_company_elsewhere_is_told_whom_the_districts_policy_is_for(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert "在长宁区依法设立" in answer.text
    assert answer.citations


def test_how_long_a_subsidy_runs_is_no_question_on_the_document(ask: Ask) -> None:
    text = ask("新引进的中小型人工智能单位，长宁租房补贴期限多久").text
    assert "补贴期限一年" in text


def test_a_draft_is_said_to_be_no_part_of_the_total(ask: Ask) -> None:
    answer = ask("长宁草案的上云补贴，算合计的时候计入吗，一共的话")
    assert answer.outcome is Outcome.ANSWERED
    assert "不计入现行政策的合计" in answer.text


def test_a_report_says_how_many_there_are_where_all_are_asked_for(ask: Ask) -> None:
    assert "31项政策举措" in ask("服务业创新若干措施的31项全部列出来").text


def test_all_that_a_clause_sets_side_by_side_is_named_where_having_several_is_left_open(ask: Ask) -> None:
    answer = ask("物流技改的资金支持和融资租赁补助可以一起拿吗")
    assert "没有写明" in answer.text
    assert "固定资产投资贷款贴息" in answer.text
