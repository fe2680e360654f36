"""Conversations in a database: between processes, over the days, and when the database fails."""

import multiprocessing
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from assistant.adapters.conversation_durable import DurableConversations
from assistant.adapters.conversation_memory import ConversationMemory
from assistant.adapters.conversation_sql import SqlConversations, conversations, turns
from assistant.adapters.database import create_tables, open_database, reading, writing
from assistant.adapters.errors import DatabaseUnavailableError
from assistant.conversation import Outcome, Turn
from assistant.ports import NotKeptError
from tests.contract.stores import Clock, server_database


def said(words):
    return Turn(words, "", Outcome.ANSWERED, facts=(("dcmm_level", "三级"),))


def words_of(store, conversation_id="一"):
    return [turn.question for turn in store.turns(conversation_id)]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'policy.db'}"
    else:
        with server_database() as address:
            yield address


def opened(url, clock=None):
    engine = open_database(url, Path())
    create_tables(engine)
    return SqlConversations(engine, days=30, **({"clock": clock} if clock else {}))


def speak(url, name):
    store = opened(url)
    for number in range(10):
        store.append("一", said(f"{name}{number}"))


def test_processes_that_start_and_speak_at_once_lose_nothing(url):
    context = multiprocessing.get_context("spawn")
    speakers = [context.Process(target=speak, args=(url, name)) for name in "甲乙丙"]
    for one in speakers:
        one.start()
    for one in speakers:
        one.join(60)
    found = words_of(opened(url))
    assert len(found) == 30
    for name in "甲乙丙":
        assert [words for words in found if words[0] == name] == [f"{name}{n}" for n in range(10)]


def test_a_conversation_goes_on_in_another_process_of_the_program(url):
    opened(url).append("一", said("先"))
    opened(url).append("一", said("后"))
    assert words_of(opened(url)) == ["先", "后"]


def test_thirty_days_after_its_last_turn_a_conversation_is_gone_and_its_id_free(url):
    clock = Clock()
    store = opened(url, clock)
    store.append("一", said("旧"))
    clock.pass_days(29)
    store.append("一", said("还在"))
    clock.pass_days(29)
    assert words_of(store) == ["旧", "还在"]
    clock.pass_days(2)
    assert words_of(store) == []
    assert store.conversations() == ()
    assert not store.forget("一")
    store.append("一", said("新"))
    assert words_of(store) == ["新"]


def test_a_new_conversation_sweeps_out_a_few_expired_ones(url):
    clock = Clock()
    store = opened(url, clock)
    for number in range(25):
        store.append(f"旧{number}", said("旧"))
    clock.pass_days(31)
    store.append("新", said("新"))
    engine = open_database(url, Path())
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(conversations)) == 6
        assert connection.scalar(select(func.count()).select_from(turns)) == 6


def test_only_the_latest_turns_of_a_very_long_conversation_are_read(url):
    engine = open_database(url, Path())
    create_tables(engine)
    store = SqlConversations(engine, most_turns=3)
    for number in range(5):
        store.append("一", said(str(number)))
    assert words_of(store) == ["2", "3", "4"]
    assert store.conversation("一").turns == 5


@pytest.mark.parametrize(
    "written", ["{}", '{"facts": [["a", "b"]], "later_release": 1}', "no json", '{"facts": 3}']
)
def test_a_reading_of_another_release_never_costs_the_words(url, written):
    store = opened(url)
    store.append("一", said("首版次"))
    with writing(open_database(url, Path())) as connection:
        connection.execute(update(turns).values(reading=written))
    assert words_of(store) == ["首版次"]


def failing():
    raise DatabaseUnavailableError("数据库不可用：测试。")


def test_while_the_database_fails_the_process_remembers_and_says_so(caplog):
    store = DurableConversations(failing)
    said_why = []
    for words in ("先", "后"):
        with pytest.raises(NotKeptError) as caught:
            store.append("一", said(words))
        said_why.append(str(caught.value))
    with pytest.raises(NotKeptError) as caught:
        store.turns("一")
    (reference,) = {re.search("编号 ([0-9a-f]{8})", words)[1] for words in said_why}
    (logged,) = [record.getMessage() for record in caplog.records]
    assert reference in logged
    assert "数据库不可用：测试" in logged
    assert not any("测试" in words for words in said_why)
    assert [turn.question for turn in caught.value.turns] == ["先", "后"]


class OnlyReads(ConversationMemory):
    """A store whose disk is full."""

    def append(self, conversation_id, turn, owner=None):
        failing()


def test_while_nothing_can_be_written_what_was_kept_is_still_read():
    full = OnlyReads()
    ConversationMemory.append(full, "一", said("先前"))
    store = DurableConversations(lambda: full)
    assert words_of(store) == ["先前"]
    with pytest.raises(NotKeptError):
        store.append("一", said("后来"))
    assert words_of(store) == ["先前", "后来"]


def test_a_database_that_failed_is_not_asked_again_at_once_and_gets_what_was_missed():
    clock, asked, memory = Clock(), [], ConversationMemory()

    def opening():
        asked.append(clock.now)
        return failing() if len(asked) == 1 else memory

    store = DurableConversations(opening, clock)
    for words in ("先", "后"):
        with pytest.raises(NotKeptError):
            store.append("一", said(words))
    assert len(asked) == 1
    clock.now += 31
    store.append("一", said("再后"))
    assert words_of(store) == ["先", "后", "再后"]
    assert [turn.question for turn in memory.turns("一")] == ["先", "后", "再后"]
