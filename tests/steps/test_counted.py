"""What a count counts: only the thing a measure pays by is a fact of it, whatever else is counted beside."""

import re
from decimal import Decimal

import pytest

from assistant.conversation import Answer, Outcome
from assistant.steps.reading.counted import counts_another_thing
from corpus.reading.numerals import find_quantities
from corpus.store import Corpus
from tests.steps.conftest import Ask


def sums(answer: Answer) -> list[Decimal | None]:
    return [one.amount for one in answer.estimates]


def test_it_is_known_of_every_fact_told_by_the_piece_what_it_counts(corpus: Corpus) -> None:
    asked = {name for measure in corpus.measures for name in measure.fact_names}
    by_the_piece = {name for name in asked if name in corpus.facts and corpus.facts[name].unit.is_piece}
    assert by_the_piece == {name for name, fact in corpus.facts.items() if fact.counts}


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("activities_held", "两个有行业影响力的论坛"),
        ("activities_held", "大赛我们办了三个"),
        ("activities_held", "三次以上能补多少"),
        ("exhibitions_hosted", "引进一场国际展会"),
        ("exhibitions_attended", "参加两次市级部门主办的展会"),
        ("enterprises_served", "诊断了7个制造企业"),
        ("routes_completed", "新开了两个航线"),
    ],
)
def test_the_thing_itself_is_counted(corpus: Corpus, fact: str, text: str) -> None:
    (found,) = (one for one in find_quantities(text) if one.unit and one.unit.is_whole)
    assert not counts_another_thing(found, corpus.facts[fact], text)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("activities_held", "论坛分三个议题"),
        ("activities_held", "活动有两个主办单位"),
        ("activities_held", "跑了两次窗口"),
        ("activities_held", "领过两次活动的钱"),
        ("exhibitions_hosted", "展会有60个展台"),
        ("exhibitions_attended", "参展这项"),
        ("exhibitions_attended", "参展带了四个样机"),
        ("enterprises_served", "咱们三家合伙做诊断"),
        ("enterprises_served", "两家银行"),
        ("routes_completed", "三条建议"),
    ],
)
def test_another_thing_is_counted(corpus: Corpus, fact: str, text: str) -> None:
    found = [one for one in find_quantities(text) if one.unit and one.unit.is_whole]
    assert all(counts_another_thing(one, corpus.facts[fact], text) for one in found)


@pytest.mark.parametrize(
    "question",
    [
        "想报两个项目，在长宁办创新创业大赛能补多少",
        "符合三项要求，引进展览给多少",
        "参展的两类支持我都想要，参展给多少",
        "打过三次热线96218，承办论坛给多少钱",
        "我们两家单位做数字化诊断，给多少",
        "有四个航线审批环节，低空物流给多少",
    ],
)
def test_no_sum_comes_of_a_count_of_something_else(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert set(sums(answer)) <= {None}
    assert answer.missing or "告诉我" in answer.text


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        # 单次 20 万
        ("在长宁办了三个论坛，有两个主办单位，补多少", 600000),
        # 每服务 1 家 2.5 万
        ("给9个规上制造企业做了数字化诊断，分三个批次，补多少", 225000),
        # 论坛一场、大赛一场：2 × 20 万
        ("论坛和大赛各办了一场，补多少", 400000),
    ],
)
def test_the_thing_is_counted_beside_other_counts(ask: Ask, question: str, amount: int) -> None:
    assert sums(ask(question)) == [amount]


def test_a_count_told_of_each_of_several_doers_is_asked_about(ask: Ask) -> None:
    answer = ask("三个事业部各办了两场论坛，补多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert sums(answer) == [None]


def test_a_bare_count_answers_our_question(ask: Ask) -> None:
    ask("引进展会到长宁能补多少", conversation="一")
    assert sums(ask("一个", conversation="一")) == [500000]


def test_where_nothing_was_told_no_sum_is_said_to_follow_from_it(ask: Ask) -> None:
    text = ask("工业互联网数字化诊断能拿多少钱").text
    assert "按您说的情况" not in text
    assert re.search("2.5万元/家", text)
