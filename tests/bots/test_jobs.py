"""Jobs and outbox on each database: one computation a message, leases, what is pending, what is forgotten."""

import threading

import pytest
from sqlalchemy import func, select

from assistant.adapters.database import open_database
from tests.contract.stores import server_database
from ui.bots.commands import Kind
from ui.bots.jobs import MOST_RUNS, Jobs
from ui.bots.outbox import MOST_TRIES, Outbox
from ui.bots.records import Limits, NewMessage, Taken, Way
from ui.bots.rendering import Source
from ui.bots.replies import CLAIM_S, STREAM_OVER_S, Replies
from ui.bots.store import Store
from ui.bots.tables import messages, parts, people


class Clock:
    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path, clock):
    if request.param == "sqlite":
        yield Store(open_database(None, tmp_path), clock)
        return
    with server_database() as url:
        yield Store(open_database(url, tmp_path), clock)


@pytest.fixture
def jobs(store):
    return Jobs(store, Limits(waiting=8, of_one_person=3))


@pytest.fixture
def outbox(store):
    return Outbox(store)


@pytest.fixture
def replies(store):
    return Replies(store, posts_over_s=15)


def new(key, person="p", text="问", kind=Kind.QUESTION, way=Way.PASSIVE, url=None):
    return NewMessage(key, "wechat", person, f"openid of {person}", kind, text, way, url)


def answered(jobs, message, *texts, sources=()):
    jobs.accept(message)
    (job,) = jobs.claim("worker", 1, 8)
    assert jobs.finish(job, "worker", texts or (f"答{message.key}",), sources)


def test_a_message_is_on_record_once_and_its_posts_are_counted(jobs):
    assert jobs.accept(new("m")).taken is Taken.NEW
    again = jobs.accept(new("m"))
    assert (again.taken, again.posts) == (Taken.AGAIN, 2)
    assert len(jobs.claim("a", 9, 8)) == 1


def test_many_at_once_put_one_message_on_record_once_and_one_of_them_gets_the_job(jobs):
    taken, claimed = [], []

    def take(n):
        taken.append(jobs.accept(new("m")).taken)
        claimed.extend(jobs.claim(f"worker{n}", 4, 8))

    threads = [threading.Thread(target=take, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count(Taken.NEW) == 1
    assert len(claimed) == 1


def test_jobs_are_taken_oldest_first(jobs, clock):
    for key in ("a", "b", "c"):
        jobs.accept(new(key, person=f"person {key}"))
        clock.now += 1
    assert [job.key for job in jobs.claim("w", 2, 8)] == ["a", "b"]


def claimed(jobs, worker="w"):
    return [job.key for job in jobs.claim(worker, 9, 8)]


def test_a_question_waits_for_the_one_its_asker_sent_before_and_for_nobody_elses(jobs):
    jobs.accept(new("first"))
    jobs.accept(new("second"))
    jobs.accept(new("another's", person="q"))
    (first, _) = jobs.claim("w", 9, 8)
    assert first.key == "first"
    assert claimed(jobs) == []
    jobs.finish(first, "w", ("答案",))
    assert claimed(jobs) == ["second"]


def test_a_question_that_gets_stuck_holds_up_the_next_one_for_a_while_only(jobs, clock):
    jobs.accept(new("stuck"))
    assert claimed(jobs) == ["stuck"]
    jobs.accept(new("next"))
    clock.now += 4.4
    assert claimed(jobs) == []
    clock.now += 0.2
    assert claimed(jobs) == ["next"]


def test_after_a_wish_for_a_new_conversation_nothing_of_the_old_one_is_waited_for(jobs):
    jobs.accept(new("old"))
    jobs.accept(new("wish", kind=Kind.FRESH), ("好的",))
    jobs.accept(new("new"))
    assert sorted(claimed(jobs)) == ["new", "old"]


def test_a_killed_workers_questions_are_taken_over_in_their_turn(jobs, clock):
    jobs.accept(new("first"))
    assert claimed(jobs, "dead") == ["first"]
    clock.now += 7.5
    jobs.accept(new("second"))
    clock.now += 0.5
    assert claimed(jobs, "other") == ["first"]


def test_a_renewed_lease_holds_and_a_silent_workers_job_is_taken_over(jobs, clock):
    jobs.accept(new("m"))
    (job,) = jobs.claim("dead", 1, 8)
    clock.now += 7
    jobs.renew("dead", ["m"], 8)
    clock.now += 7
    assert jobs.claim("other", 1, 8) == []
    clock.now += 2
    (taken_over,) = jobs.claim("other", 1, 8)
    assert taken_over.runs == 2
    assert not jobs.finish(job, "dead", ("迟来的答案",))
    assert jobs.finish(taken_over, "other", ("答案",))


def test_what_a_worker_that_lost_its_lease_brings_is_never_shown(jobs, replies, clock):
    jobs.accept(new("m"))
    (job,) = jobs.claim("slow", 1, 8)
    clock.now += 9
    (again,) = jobs.claim("quick", 1, 8)
    jobs.finish(again, "quick", ("答案",))
    jobs.finish(job, "slow", ("迟来的答案",))
    assert replies.reply("m").startswith("答案")
    assert "迟来" not in replies.reply("m")


def test_a_failed_job_is_tried_again_after_a_moment(jobs, clock):
    jobs.accept(new("m"))
    (job,) = jobs.claim("w", 1, 8)
    jobs.give_back(job, "w")
    assert jobs.claim("w", 1, 8) == []
    clock.now += 3
    assert jobs.claim("w", 1, 8)[0].runs == 2
    assert MOST_RUNS >= 2


def test_too_much_waiting_is_refused_and_not_kept(jobs, store):
    for key in ("1", "2", "3"):
        jobs.accept(new(key))
    refused = jobs.accept(new("4"))
    assert (refused.taken, refused.waiting) == (Taken.TOO_MANY, 3)
    for n in range(5):
        jobs.accept(new(f"o{n}", person=f"q{n}"))
    assert jobs.accept(new("9", person="z")).taken is Taken.FULL
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(messages)) == 8
    assert jobs.accept(new("继", kind=Kind.MORE), ready=()).taken is Taken.NEW


def test_who_sends_too_fast_is_told_so_and_only_for_a_minute(store, clock):
    jobs = Jobs(store, Limits(a_minute=2))
    for key in ("1", "2"):
        answered(jobs, new(key))
    assert jobs.accept(new("3")).taken is Taken.TOO_FAST
    assert jobs.accept(new("1")).taken is Taken.AGAIN
    assert jobs.accept(new("4", person="q")).taken is Taken.NEW
    clock.now += 61
    assert jobs.accept(new("3")).taken is Taken.NEW


def test_the_same_reply_is_given_again_whatever_happens_meanwhile(jobs, replies):
    jobs.accept(new("m"))
    jobs.claim("w", 1, 8)
    notice = replies.reply("m")
    assert "已记下" in notice
    answered(jobs, new("n", person="q"))
    assert replies.reply("m") == notice


def test_an_undelivered_answer_goes_with_the_next_message_once(jobs, replies):
    jobs.accept(new("m", text="慢的"))
    (job,) = jobs.claim("w", 1, 8)
    replies.reply("m")
    jobs.finish(job, "w", ("慢的答案",))
    answered(jobs, new("n"))
    reply = replies.reply("n")
    assert "您问的“慢的”：\n慢的答案" in reply
    assert "答n" in reply
    replies.delivered("n")
    answered(jobs, new("o"))
    assert "慢的答案" not in replies.reply("o")


def test_parts_of_a_reply_never_seen_to_be_sent_are_free_again(jobs, replies, clock):
    answered(jobs, new("m"))
    replies.reply("m")
    jobs.accept(new("n", kind=Kind.MORE), ready=())
    assert "答m" not in replies.reply("n")
    clock.now += CLAIM_S + 1
    jobs.accept(new("o", kind=Kind.MORE), ready=())
    assert "答m" in replies.reply("o")


def test_an_answer_whose_own_post_is_still_open_is_not_taken_by_another_question(jobs, replies, clock):
    answered(jobs, new("m"))
    answered(jobs, new("n"))
    assert "答m" not in replies.reply("n")
    assert "答m" in replies.reply("m")


def test_an_answer_whose_posts_are_over_goes_with_the_next_question(jobs, replies, clock):
    answered(jobs, new("m"))
    clock.now += 16
    answered(jobs, new("n"))
    assert "答m" in replies.reply("n")


def test_nobody_gets_anothers_answer(jobs, replies, clock):
    answered(jobs, new("m", person="p"))
    clock.now += 60
    jobs.accept(new("n", person="q", kind=Kind.MORE), ready=())
    assert "答m" not in replies.reply("n")


def test_two_replies_at_once_never_bring_the_same_part(jobs, replies, clock):
    answered(jobs, new("m"), "甲", "乙", "丙")
    clock.now += 60
    keys = [f"more{n}" for n in range(8)]
    for key in keys:
        jobs.accept(new(key, kind=Kind.MORE), ready=())
    told = []
    threads = [threading.Thread(target=lambda key=key: told.append(replies.reply(key))) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for text in "甲乙丙":
        assert sum(text in reply for reply in told) == 1


def test_errands_are_taken_once_in_order_and_free_again_when_their_worker_dies(jobs, outbox, clock):
    answered(jobs, new("m", way=Way.PUSH), "甲", "乙")
    first = outbox.errands("one", 4, claim_s=60)
    assert [(errand.n, errand.text, errand.recipient) for errand in first] == [
        (0, "甲", "openid of p"),
        (1, "乙", "openid of p"),
    ]
    assert outbox.errands("two", 4, claim_s=60) == []
    outbox.sent(first[0])
    clock.now += 61
    assert [errand.text for errand in outbox.errands("two", 4, claim_s=60)] == ["乙"]


def test_what_cannot_be_sent_is_tried_a_few_times_and_then_waits_for_a_message(jobs, replies, outbox, clock):
    answered(jobs, new("m", way=Way.PUSH))
    tries = 0
    while errands := outbox.errands("one", 4, claim_s=60):
        outbox.put_off(errands, 3)
        tries += 1
        clock.now += 4
    assert tries == MOST_TRIES
    answered(jobs, new("n"))
    assert "答m" in replies.reply("n")


def test_a_stream_nobody_polls_is_answered_late_or_with_the_next_message(jobs, replies, outbox, clock):
    answered(jobs, new("m", way=Way.STREAM, url="https://qyapi.weixin.qq.com/r"))
    answered(jobs, new("n", way=Way.STREAM, person="q"))
    assert outbox.errands("one", 4, claim_s=60) == []
    clock.now += STREAM_OVER_S + 1
    (late,) = outbox.errands("one", 4, claim_s=60)
    assert (late.message, late.way, late.response_url) == ("m", Way.LATE, "https://qyapi.weixin.qq.com/r")
    jobs.accept(new("o", person="q", kind=Kind.MORE), ready=())
    assert "答n" in replies.reply("o")


def test_the_sources_are_those_of_the_last_answer_seen(jobs, replies, clock):
    first, second = Source(1, "a/1", "《甲》第一条"), Source(1, "b/2", "《乙》第二条")
    assert jobs.last_sources("p") is None
    answered(jobs, new("m"), sources=(first,))
    assert jobs.last_sources("p") is None
    replies.reply("m")
    assert jobs.last_sources("p") == (first,)
    clock.now += 1
    answered(jobs, new("n"), sources=(second,))
    replies.reply("n")
    assert jobs.last_sources("p") == (second,)


def test_a_recipient_is_kept_only_where_something_has_to_be_sent(jobs, store):
    jobs.accept(new("m"))
    jobs.accept(new("n", way=Way.PUSH))
    with store.reading() as connection:
        rows = dict(connection.execute(select(messages.c.key, messages.c.recipient)).all())
    assert rows == {"m": None, "n": "openid of p"}


def test_old_messages_are_forgotten_with_their_parts_and_people_later(jobs, store, clock):
    answered(jobs, new("m"))
    jobs.accept(new("f", kind=Kind.FRESH), ready=("好",))
    day = 24 * 3600
    clock.now += 4 * day
    answered(jobs, new("n"))
    assert jobs.forget(3 * day, 31 * day) == 2
    with store.reading() as connection:
        assert list(connection.scalars(select(messages.c.key))) == ["n"]
        assert list(connection.scalars(select(parts.c.message))) == ["n"]
        assert connection.scalar(select(people.c.epoch)) == 1
        assert connection.scalar(select(messages.c.conversation)) == "wechat-p-1"


def test_questions_are_counted_within_their_conversation(jobs):
    for key, kind in (("1", Kind.QUESTION), ("2", Kind.MORE), ("3", Kind.QUESTION), ("4", Kind.FRESH)):
        jobs.accept(new(key, kind=kind), ready=("好",))
    jobs.accept(new("5"))
    found = {key: jobs.answered(key) for key in ("1", "3", "5")}
    assert [(one.conversation, one.turn) for one in found.values()] == [
        ("wechat-p-0", 1),
        ("wechat-p-0", 2),
        ("wechat-p-1", 1),
    ]
