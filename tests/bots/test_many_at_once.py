"""Three hundred messages at once on each database: as many statements as for one, and nothing mixed up."""

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from assistant.adapters.database import open_database
from tests.contract.stores import server_database
from ui.bots.commands import Kind
from ui.bots.intake import Post
from ui.bots.jobs import Jobs
from ui.bots.records import Limits, NewMessage, Taken, Way
from ui.bots.replies import Ask, Replies
from ui.bots.store import Store
from ui.bots.tables import messages


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "sqlite":
        yield Store(open_database(None, tmp_path))
        return
    with server_database() as url:
        yield Store(open_database(url, tmp_path))


@pytest.fixture
def jobs(store):
    return Jobs(store)


@pytest.fixture
def replies(store):
    return Replies(store, posts_over_s=15, crowd=10)


def post(key, person="p", kind=Kind.QUESTION, ready=None):
    return Post(
        NewMessage(key, "wechat", person, f"openid of {person}", kind, f"问{key}", Way.PASSIVE), ready
    )


@contextmanager
def counted(store):
    """Count the transactions and statements; an `executemany` is one, whatever it holds."""
    found = {"transactions": 0, "statements": 0}

    def begun(_):
        found["transactions"] += 1

    def executed(*_):
        found["statements"] += 1

    event.listen(store.engine, "begin", begun)
    event.listen(store.engine, "before_cursor_execute", executed)
    try:
        yield found
    finally:
        event.remove(store.engine, "begin", begun)
        event.remove(store.engine, "before_cursor_execute", executed)


def done(jobs, *keys):
    for job in jobs.claim("w", 999, 60):
        if not keys or job.key in keys:
            assert jobs.finish(job, "w", (f"答{job.key}",))


def test_three_hundred_messages_are_one_transaction_of_as_many_statements_as_one(store, jobs):
    with counted(store) as one:
        jobs.accept_all([post("0", "p0")])
    with counted(store) as many:
        accepted = jobs.accept_all([post(f"m{n}", f"p{n}") for n in range(1, 301)])
    assert {each.taken for each in accepted} == {Taken.NEW}
    assert many["transactions"] == one["transactions"] == 1
    assert many["statements"] == one["statements"]


def test_three_hundred_replies_are_one_transaction_of_as_many_statements_as_one(store, jobs, replies):
    jobs.accept_all([post(f"m{n}", f"p{n}") for n in range(301)])
    done(jobs)
    with counted(store) as one:
        replies.reply_all([Ask("m0")])
    with counted(store) as many:
        told = replies.reply_all([Ask(f"m{n}") for n in range(1, 301)])
    assert all(f"答m{n}" in text for n, text in enumerate(told, 1))
    assert many["transactions"] == one["transactions"] == 1
    assert many["statements"] == one["statements"]


def test_a_message_that_is_in_a_batch_twice_is_one_message_posted_twice(store, jobs):
    first, other, second = jobs.accept_all([post("a"), post("b", "q"), post("a")])
    assert (first.taken, other.taken) == (Taken.NEW, Taken.NEW)
    assert (second.taken, second.posts) == (Taken.AGAIN, 2)
    with store.reading() as connection:
        assert dict(connection.execute(select(messages.c.key, messages.c.posts)).all()) == {"a": 2, "b": 1}


def test_in_one_batch_each_person_keeps_an_order_and_limits_of_their_own(store):
    jobs = Jobs(store, Limits(of_one_person=2))
    batch = [post("1"), post("x", "q"), post("2"), post("3"), post("new", kind=Kind.FRESH, ready=("好",))]
    taken = [each.taken for each in jobs.accept_all(batch)]
    assert taken == [Taken.NEW, Taken.NEW, Taken.NEW, Taken.TOO_MANY, Taken.NEW]
    done(jobs)
    jobs.accept_all([post("4")])
    found = {key: jobs.answered(key) for key in ("1", "2", "x", "4")}
    assert [(one.conversation, one.turn) for one in found.values()] == [
        ("wechat-p-0", 1),
        ("wechat-p-0", 2),
        ("wechat-q-0", 1),
        ("wechat-p-1", 1),
    ]


def test_the_room_left_for_everybody_is_counted_down_within_a_batch(store):
    jobs = Jobs(store, Limits(waiting=2))
    taken = [each.taken for each in jobs.accept_all([post(f"m{n}", f"p{n}") for n in range(3)])]
    assert taken == [Taken.NEW, Taken.NEW, Taken.FULL]


def test_one_persons_answer_leaves_with_one_of_the_replies_of_a_batch(jobs, replies):
    jobs.accept_all([post("slow")])
    assert "已记下" in replies.reply("slow")
    done(jobs)
    jobs.accept_all([post("more1", kind=Kind.MORE, ready=()), post("more2", kind=Kind.MORE, ready=())])
    told = replies.reply_all([Ask("more1"), Ask("more2")])
    assert sum("答slow" in text for text in told) == 1


def test_while_few_wait_a_notice_may_be_put_off_and_in_a_crowd_it_comes_on_the_first_post(jobs, replies):
    jobs.accept_all([post("m")])
    assert replies.reply_all([Ask("m", may_wait=True)]) == [None]
    jobs.accept_all([post(f"m{n}", f"p{n}") for n in range(9)])
    (told,) = replies.reply_all([Ask("m", may_wait=True)])
    assert "“问m”已记下" in told
    assert replies.reply_all([Ask("m", may_wait=True)]) == [told]


def test_workers_that_are_posted_the_same_messages_at_once_put_each_on_record_once(store):
    batch = [post(f"m{n}", f"p{n % 7}") for n in range(30)]
    taken, threads = [], []
    for turn in range(6):
        some = Jobs(Store(store.engine), Limits(of_one_person=99, a_minute=99))
        mine = batch[turn:] + batch[:turn]
        threads.append(
            threading.Thread(target=lambda some=some, mine=mine: taken.extend(some.accept_all(mine)))
        )
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.taken is Taken.NEW for each in taken) == 30
    assert sum(each.taken is Taken.AGAIN for each in taken) == 150
