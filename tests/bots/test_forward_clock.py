"""A clock set back holds no job, neither in a running worker nor in one that starts afterwards."""

import pytest

from assistant.adapters.database import open_database
from tests.contract.stores import server_database
from ui.api.gate.rates_sql import SqlWindow
from ui.bots.commands import Kind
from ui.bots.forward_clock import ForwardClock
from ui.bots.jobs import Jobs
from ui.bots.records import NewMessage
from ui.bots.store import Store

HOUR = 3600.0


class Clock:
    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def worker(request, tmp_path, clock):
    """Give what starts a worker on one database."""
    if request.param == "sqlite":
        yield lambda: Jobs(Store(open_database(None, tmp_path), clock))
        return
    with server_database() as url:
        engine = open_database(url, tmp_path)
        yield lambda: Jobs(Store(engine, clock))
        engine.dispose()


def ask(jobs, key):
    jobs.accept(NewMessage(key, "wechat", key, "openid", Kind.QUESTION, "问"))


def test_time_goes_on_from_where_it_was():
    clock = Clock()
    forward = ForwardClock(clock)
    before = forward()
    clock.now -= HOUR
    assert forward() == before
    clock.now += 7
    assert forward() == before + 7
    clock.now -= 2 * HOUR
    clock.now += 1
    assert before + 7 <= forward() <= before + 8


def test_the_job_of_a_killed_worker_is_taken_over_in_time_though_the_clock_was_set_back(worker, clock):
    one, other = worker(), worker()
    ask(one, "m")
    assert len(one.claim("one", 1, lease_s=8)) == 1
    assert other.claim("other", 1, lease_s=8) == []
    clock.now -= HOUR
    assert other.claim("other", 1, lease_s=8) == []  # whoever has it may still live
    clock.now += 9
    assert [job.key for job in other.claim("other", 1, lease_s=8)] == ["m"]


def test_a_worker_that_starts_after_the_clock_was_set_back_takes_the_job_over_in_time(worker, clock):
    ask(worker(), "m")
    clock.now += 3
    assert len(worker().claim("one", 1, lease_s=8)) == 1
    clock.now -= HOUR
    later = worker()
    assert later.claim("later", 1, lease_s=8) == []
    clock.now += 3 + 9  # what the newest record is old, and the lease
    assert [job.key for job in later.claim("later", 1, lease_s=8)] == ["m"]


def test_a_job_given_back_waits_its_moment_and_not_an_hour(worker, clock):
    jobs = worker()
    ask(jobs, "m")
    (job,) = jobs.claim("one", 1, lease_s=8)
    jobs.give_back(job, "one")
    clock.now -= HOUR
    assert jobs.claim("one", 1, lease_s=8) == []
    clock.now += 3
    assert len(jobs.claim("one", 1, lease_s=8)) == 1


def test_a_worker_that_lives_keeps_its_job_though_the_clock_was_set_back(worker, clock):
    one, other = worker(), worker()
    ask(one, "m")
    one.claim("one", 1, lease_s=8)
    for step in (3, -HOUR, 3, 3, -HOUR, 3):
        clock.now += step
        one.renew("one", ["m"], lease_s=8)
        assert other.claim("other", 1, lease_s=8) == []


def test_a_clock_set_back_locks_nobody_out(tmp_path, clock):
    from assistant.adapters.database import with_tables

    window = SqlWindow(with_tables(open_database(None, tmp_path)), clock)
    assert [window.take("user", 2, 60) for _ in range(2)] == [0, 0]
    assert window.take("user", 2, 60) > 0
    clock.now -= HOUR
    assert window.take("user", 2, 60) == 0
