"""Strings made to make a reader slow: every entry answers, every document is read, in about the usual time.

The processor's time is held against that of a plain text of the same length, so that a slow machine is no
failure; a floor lets what is short be noisy.
"""

import re
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from assistant.bootstrap import load
from assistant.calculator.facts import FactError
from assistant.conversation import Outcome, Question
from assistant.settings import Settings
from corpus.model.values import Unit
from corpus.reading import read_text
from corpus.reading.numerals import (
    NumeralError,
    find_quantities,
    parse_decimal,
    parse_money,
    parse_quantity,
    parse_rate,
)
from tests.bots.backends import bot_settings, bots
from tests.bots.fake_wechat import FakeWeChat
from ui.api import create_app
from ui.cli import cli
from ui.page.asking.answering import exchange_steps
from ui.page.asking.conversation import Conversation
from ui.page.sums.tab import worked_view

DAY = date(2026, 12, 1)
MEASURE = "changning-ai-draft/7.1/hard-technology"
FACT = "self_funded_investment"
FREEZING = "长宁区硬核技术攻关自筹999999999999999999999999万元能拿多少？"
PLAIN = "我们是长宁区做大模型的企业，今年在工业软件上投了不少钱，想了解有没有合适的支持，需要哪些材料，"
TIMES, FLOOR_S = 6, 0.4

# what is repeated; some are whole in themselves, some only begin what then never ends
UNITS = (
    *"9零一十万亿点半几多个元%‰年第条",
    *" \n\t\u3000\u00a0",
    *"〔〕[](（)）{【“”\"'‘「《》<>",
    *"，。、；：！？,.;:!?-—~*_#|/\\=+^$&@`",
    *"好那您的是什么aZ",
    *(
        "3万",
        "9,",
        "1,000",
        "1.1",
        "1 万",
        "一万",
        "万一",
        "零一",
        "1、",
        "3、",
        "第一、",
        "一、",
        "(一)",
        "（1）",
    ),
    *(
        "不是",
        "多少",
        "最高",
        "如果",
        "还是",
        "既又",
        "市里区里",
        "硬核技术攻关",
        "2024年",
        "1月",
        "自2024年",
    ),
    *(
        "[a](",
        "![",
        "**a",
        "<script ",
        "〔c",
        "{{",
        "ignore ",
        "a@",
        "http://",
        "\\u0041",
        "a.",
        "-|",
        "人民币 ",
    ),
    *("1:1", "3成", "百分之", "十分之", "800万元，", "30%和", "\u200b", "\ufffd", "𠀀", "e\u0301"),
)


def adversarial(length: int) -> list[str]:
    """Return strings of a length, at least a hundred: runs alone, within a question, and mixed runs."""
    alone = [(unit * length)[:length] for unit in UNITS]
    begin, end = "长宁区硬核技术攻关自筹", "万元能拿多少？"
    within = [begin + run[: length - len(begin + end)] + end for run in alone[::2]]
    mixed = ["".join(UNITS[at::7]) * length for at in range(7)]
    return [*alone, *within, *(one[:length] for one in mixed)]


def plain(length: int) -> str:
    """Return plain words of a length."""
    return (PLAIN * (length // len(PLAIN) + 1))[:length]


def took(work: Callable[[], object]) -> float:
    """Return the processor time of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def slow_ones(work: Callable[[str], object], strings: list[str], usual: str) -> list[str]:
    """Return the strings that take more than some times as long as the usual one, and do so again.

    Other threads of the server count, too; a string that freezes is slow every time.
    """
    work(usual)  # warms caches
    most = FLOOR_S + TIMES * took(lambda: work(usual))
    slow = [one for one in strings if took(lambda one=one: work(one)) > most]
    found = [(one, took(lambda one=one: work(one))) for one in slow]
    return [
        f"{one[:30]!r}… {seconds:.2f} s, at most {most:.2f} s" for one, seconds in found if seconds > most
    ]


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    loaded = load(Settings(data_dir=tmp_path_factory.mktemp("data")))
    loaded.index.opened()
    return loaded


@cache
def api(application):
    return TestClient(create_app(application), raise_server_exceptions=False)


def test_there_are_a_hundred_and_more():
    assert len(set(adversarial(2000))) >= 100


def test_every_question_is_answered_in_about_the_time_of_a_plain_one(application):
    outcomes = {}

    def ask(text):
        outcomes[text] = application.hermetic.ask(Question(text, DAY))

    assert slow_ones(ask, [FREEZING, *adversarial(2000), *adversarial(60)], plain(2000)) == []
    failed = [text[:30] for text, answer in outcomes.items() if answer.outcome is Outcome.ERROR]
    assert failed == []
    assert all(answer.text.strip() for answer in outcomes.values())


@pytest.mark.parametrize(
    "text",
    [
        FREEZING,
        "一" * 40,
        "万" * 1900,
        "3万" * 400,
        "硬核技术攻关自筹一亿亿亿元能拿多少",
        "硬核技术攻关自筹" + "亿" * 30 + "元",
    ],
)
def test_a_number_nobody_means_is_asked_again_in_a_sentence(application, text):
    answer = application.hermetic.ask(Question(text, DAY))
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "太长或太大" in answer.text
    assert not answer.estimates


def test_a_long_number_that_counts_nothing_does_not_stand_in_the_way(application):
    text = "受理编号" + "20260101" * 4 + "，长宁区硬核技术攻关自筹800万元能拿多少？"
    answer = application.hermetic.ask(Question(text, DAY))
    assert [estimate.amount for estimate in answer.estimates] == [Decimal(2400000)]


def test_a_sum_beside_one_too_large_is_not_taken_in_its_place(application):
    text = "长宁区硬核技术攻关自筹99999999999999999999万元到900万元能拿多少？"
    answer = application.hermetic.ask(Question(text, DAY))
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert not answer.estimates


def test_one_value_is_read_or_refused_at_once():
    refused = set()

    def read(text):
        find_quantities(text)
        for parse in (parse_money, parse_rate, parse_decimal, lambda one: parse_quantity(one, Unit.COUNT)):
            try:
                parse(text)
            except NumeralError as error:
                refused.add(str(error))

    assert slow_ones(read, [*adversarial(2000), *adversarial(40)], plain(2000)) == []
    assert all(re.search("[一-鿿]", words) and len(words) < 500 for words in refused)


@pytest.mark.parametrize(
    "text", ["9" * 30 + "万元", "一" * 40 + "元", "1" + "0" * 21, "9" * 5000, "1." + "3" * 40, "3万" * 90]
)
def test_a_value_too_long_is_refused_in_a_short_sentence(text):
    with pytest.raises(NumeralError, match=r"太长|太大") as refused:
        parse_money(text)
    assert len(str(refused.value)) < 80


def test_the_longest_sums_anybody_writes_are_read():
    assert parse_money("九千九百九十九亿九千九百九十九万元").yuan == 999999990000
    assert parse_money("12,345,678,901,234.56元").yuan == Decimal("12345678901234.56")
    assert parse_money("壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元").yuan == 12345678


def test_the_interface_answers_and_computes(application):
    client = api(application)

    def ask(text):
        told = client.post("/api/v1/ask", json={"question": text, "as_of": "2026-12-01"})
        assert told.status_code in {200, 422}, told.text
        assert told.status_code == 422 or told.json()["outcome"] != "error"

    def estimate(text):
        body = {"measure": MEASURE, "facts": {FACT: text}, "as_of": "2026-12-01"}
        told = client.post("/api/v1/estimate", json=body)
        assert told.status_code in {200, 422}, told.text
        told = client.post("/api/v1/match", json={"facts": {FACT: text}})
        assert told.status_code in {200, 422}, told.text

    assert slow_ones(ask, [FREEZING, *adversarial(2000)[::4]], plain(1999)) == []
    values = [*adversarial(2000)[::2], *adversarial(40)[::2], "9" * 24 + "万元", "9" * 5000]
    assert slow_ones(estimate, values, plain(2000)) == []


@pytest.mark.parametrize(
    "written",
    [
        '"' + "9" * 30 + '万元"',
        "1" + "0" * 30,
        "9" * 5000,
        "1e300",
        "-1" + "0" * 40,
        "1e400",
        '"' + "9" * 5000 + '"',
    ],
    ids=["text", "long", "endless", "float", "negative", "infinite", "endless text"],
)
def test_the_interface_refuses_a_value_nobody_means(application, written):
    body = f'{{"measure": "{MEASURE}", "facts": {{"{FACT}": {written}}}}}'
    told = api(application).post(
        "/api/v1/estimate", content=body, headers={"Content-Type": "application/json"}
    )
    assert told.status_code in {400, 422}, told.text  # 400: no JSON number is that long
    assert re.search("[一-鿿]", told.json()["detail"])


def test_the_command_line_answers_and_computes(application):
    def ask(text):
        told = CliRunner().invoke(cli, ["ask", "--as-of", "2026-12-01", "--", text], obj=application)
        assert told.exit_code in {0, 1, 2}
        assert "Traceback" not in told.output
        assert told.exception is None or isinstance(told.exception, SystemExit)

    def estimate(text):
        told = CliRunner().invoke(cli, ["estimate", MEASURE, "--", f"{FACT}={text}"], obj=application)
        assert told.exception is None or isinstance(told.exception, SystemExit)

    strings = [FREEZING, "3万" * 400, *adversarial(1900)[::8]]
    assert slow_ones(ask, strings, plain(1900)) == []
    assert slow_ones(estimate, [*strings, "9" * 24 + "万元"], plain(1900)) == []


def test_the_page_answers_and_computes(application):
    def ask(text):
        shown = list(exchange_steps(application, text, "2026-12-01", Conversation()))
        assert shown or not text.strip()

    def work_out(text):
        worked_view(application.corpus, [MEASURE], {FACT: text}, "2026-12-01")

    strings = [FREEZING, *adversarial(2000)[::6]]
    assert slow_ones(ask, strings, plain(2000)) == []
    assert slow_ones(work_out, strings, plain(2000)) == []


def test_a_bot_answers(application, tmp_path):
    import asyncio

    settings = bot_settings(tmp_path, bot_hold_s=60, bot_most_a_minute=500)
    with bots(application, settings) as base, asyncio.Runner() as loop:
        wechat = FakeWeChat(base)

        def say(text):
            told = loop.run(wechat.say("u1", text))
            assert told.text

        strings = [FREEZING, "3万" * 300, *adversarial(600)[::10]]
        assert slow_ones(say, [one for one in strings if one.isprintable()], plain(600)) == []


DOCUMENT = "关于促进测试的若干措施\n第一条 对符合条件的企业，按实际投入的30%给予最高100万元奖励。\n"


@pytest.mark.parametrize("length", [8_000])
def test_a_document_of_such_strings_is_read_in_about_the_time_of_a_plain_one(length):
    def read(text):
        read_text(f"{DOCUMENT}{text}\n第二条 本措施自公布之日起施行。\n", "test")

    strings = adversarial(length)[::4]
    usual = (DOCUMENT * (length // len(DOCUMENT) + 1))[:length]
    assert slow_ones(read, strings, usual) == []


@pytest.mark.parametrize("unit", ["9", " ", "\n", "〔", "1、", "第一、"])
def test_a_very_long_document_is_read(unit):
    usual = (DOCUMENT * 4000)[:200_000]
    most = FLOOR_S + 2 * TIMES * took(lambda: read_text(usual[:50_000], "test")) * 4
    assert took(lambda: read_text(DOCUMENT + (unit * 200_000)[:200_000], "test")) < most


def test_facts_that_are_no_numbers_are_refused_and_nothing_else(application):
    from assistant.calculation import estimate_measure

    refused = []
    for text in adversarial(200):
        try:
            estimate_measure(application.corpus, MEASURE, {FACT: text}, DAY)
        except FactError as error:
            refused.append(str(error))
    assert len(refused) > 100
    assert all(re.search("[一-鿿]", words) for words in refused)
