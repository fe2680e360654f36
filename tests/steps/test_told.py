"""The sentence that answers comes first; what the text leaves out is said to be left out."""

from datetime import date

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


def test_the_number_of_measures_is_quoted_where_stated(ask: Ask) -> None:
    assert "31项" in ask("服务业创新发展措施一共有几项").text.splitlines()[0]


def test_the_number_of_measures_is_counted_by_their_numbering_elsewhere(ask: Ask) -> None:
    first = ask("在线新经济那个文件总共有多少条").text.splitlines()[0]
    assert "共20条" in first
    assert "没有写明总数" in first


def test_a_figure_of_another_trade_is_no_answer(ask: Ask) -> None:
    text = ask("软件和信息服务业去年营业收入是多少").text
    assert "没有载明" in text.splitlines()[0]
    assert "3.34" not in text


def test_a_figure_is_taken_from_the_sentence_that_names_the_thing(ask: Ask) -> None:
    answer = ask("科技履约贷累计授信多少亿")
    assert "39.64亿元" in answer.text
    assert answer.estimates == ()


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("首版次补贴要准备什么材料", "申请材料"),
        ("融资租赁补助怎么申请", "申请的程序"),
        ("DCMM补贴多久到账", "到账"),
    ],
)
def test_a_procedure_the_text_does_not_state_is_said_first(ask: Ask, question: str, word: str) -> None:
    answer = ask(question)
    first, *rest = answer.text.splitlines()
    assert "没有载明" in first
    assert word in first
    assert any("12345" in line for line in rest)


def test_who_interprets_a_document_is_answered_at_once(ask: Ask) -> None:
    first = ask("长宁这个办法归谁解释").text.splitlines()[0]
    assert "区科委负责解释" in first
    assert "第十条(四)" in first


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("长宁的扶持现在可以申领吗，能申请不能", "现在不能"),
        ("在线新经济政策2023年11月能申请吗", "不能"),
        ("工业服务业的政策眼下还可以申请吗", "文件在有效期内"),
    ],
)
def test_whether_money_can_be_had_is_told_first(ask: Ask, question: str, start: str) -> None:
    assert ask(question, as_of=date(2026, 11, 22)).text.startswith(start)


def test_two_documents_on_one_matter_are_both_told(ask: Ask) -> None:
    answer = ask("履约贷保费付了10万元，补贴多少")
    assert answer.total.draft == 50000
    assert "未载明具体金额" in answer.text
    assert {one.document for one in answer.citations} >= {"changning-ai-draft", "sh-tech-services"}


@pytest.mark.parametrize("question", ["办公房租补助有多少", "租房补贴给多少钱"])
def test_a_grant_without_a_sum_is_said_to_have_none(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert "未载明具体金额" in answer.text
