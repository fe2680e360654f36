"""What a body is responsible for: all clauses that list it, none that does not."""

import re

import pytest

from assistant.conversation import Outcome
from corpus.store import load_corpus
from tests.steps.conftest import Ask


def _listed(text: str) -> int:
    return sum(line.startswith("- ") for line in text.split("\n"))


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("商务委负责哪些条款", "市商务委"),
        ("哪几条归经信委牵头", "市经济信息化委"),
        ("责任单位有市国资委的是哪几条？", "市国资委"),
        ("人社局主管的内容有哪些", "市人力资源社会保障局"),
    ],
)
def test_every_clause_that_lists_a_body_is_told(ask: Ask, question: str, body: str) -> None:
    answer = ask(question)
    clauses = [one for one in load_corpus().clauses if body in one.responsible_bodies]
    assert answer.outcome is Outcome.ANSWERED
    assert f"把{body}列为责任单位的共{len(clauses)}处" in answer.text
    assert _listed(answer.text) == len(clauses)
    assert {one.id for one in clauses} <= {one.span.clause_id for one in answer.citations}
    assert answer.estimates == ()


def test_two_bodies_are_those_of_clauses_that_list_both(ask: Ask) -> None:
    answer = ask("科委和经信委一起负责的是哪几条")
    both = {"市科委", "市经济信息化委"}
    clauses = [one for one in load_corpus().clauses if both <= set(one.responsible_bodies)]
    assert _listed(answer.text) == len(clauses)


def test_a_list_of_bodies_does_not_tell_who_leads(ask: Ask) -> None:
    assert "没有写明由谁牵头" in ask("经信委牵头的有哪些").text


def test_a_document_named_limits_the_list_and_may_list_nobody(ask: Ask) -> None:
    answer = ask("工业服务业若干措施里经信委负责什么")
    assert re.match("本库收录的原文里，没有把市经济信息化委列为责任单位的条款", answer.text)


def test_a_district_body_is_not_the_citys(ask: Ask) -> None:
    assert "列为责任单位的共" not in ask("区科委负责什么").text
