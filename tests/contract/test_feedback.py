"""What every store of verdicts does, whatever it is made of."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from assistant.adapters.database import create_tables, open_database
from assistant.adapters.feedback_memory import FeedbackMemory
from assistant.adapters.feedback_sql import SqlFeedback
from assistant.conversation import Feedback
from tests.contract.stores import server_database

GOOD = Feedback("a", 1, is_good=True, question="能拿多少？", answer_text="最高240万元〔1〕")
BAD = replace(GOOD, is_good=False, reason="金额不对\n“引号”")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "memory":
        yield FeedbackMemory()
    elif request.param == "sqlite":
        yield in_database(None, tmp_path)
    else:
        with server_database() as url:
            yield in_database(url, tmp_path)


def in_database(url, folder):
    engine = open_database(url, folder)
    create_tables(engine)
    return SqlFeedback(engine)


def test_a_verdict_comes_back_as_it_was_given(store):
    store.give(BAD)
    assert store.given("a") == (BAD,)


def test_the_last_verdict_on_an_answer_counts_and_there_is_one(store):
    for one in (GOOD, GOOD, BAD):
        store.give(one)
    assert store.given("a") == (BAD,)


def test_a_verdict_can_be_withdrawn_and_withdrawing_none_does_nothing(store):
    store.give(GOOD)
    store.withdraw("a", 1)
    store.withdraw("a", 1)
    assert store.given("a") == ()


def test_verdicts_stand_in_the_order_of_the_answers_and_apart_by_conversation(store):
    second = Feedback("a", 2, is_good=True)
    for one in (second, GOOD, Feedback("b", 1, is_good=False)):
        store.give(one)
    assert store.given("a") == (GOOD, second)


def test_the_same_click_many_times_at_once_is_one_verdict(store):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(store.give, [GOOD] * 16))
    assert store.given("a") == (GOOD,)
