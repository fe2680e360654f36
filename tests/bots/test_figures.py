"""How the bots' questions stand in `/metrics`: by channel and state, the same whichever worker is asked."""

import re

import pytest
from fastapi.testclient import TestClient

from assistant.adapters.lazy_database import LazyDatabase
from tests.bots.backends import PacedApplication, bot_settings
from tests.contract.stores import server_database
from tests.fakes import FakeApplication
from ui.api import create_app
from ui.bots import bot_figures
from ui.bots.commands import Kind
from ui.bots.figures import STATES, BotFigures
from ui.bots.jobs import Jobs
from ui.bots.outbox import Outbox
from ui.bots.records import NewMessage, Way
from ui.bots.replies import Replies
from ui.bots.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "sqlite":
        yield Store(LazyDatabase(None, tmp_path).opened())
        return
    with server_database() as url:
        yield Store(LazyDatabase(url, tmp_path).opened())


def ask(jobs, key, person=None, way=Way.PASSIVE, answers=1):
    """Put a question on record; take it with one answer or none, leave it where `answers` is None."""
    jobs.accept(NewMessage(key, "wechat", person or key, "openid", Kind.QUESTION, "张三问", way))
    if answers is not None:
        (job,) = jobs.claim("w", 1, 8)
        jobs.finish(job, "w", ("答",) * answers)


def states(store, channel="wechat"):
    counts = BotFigures(store, ()).counts()
    return {state: counts.get((channel, state), 0) for state in STATES}


def test_every_question_stands_in_one_state(store):
    jobs, replies = Jobs(store), Replies(store, posts_over_s=0)
    ask(jobs, "at once")
    replies.reply("at once")
    replies.delivered("at once")
    ask(jobs, "late", "p")
    replies.reply("late", limit=2048)  # the line broke: the reply was not seen to be sent
    ask(jobs, "ready")
    ask(jobs, "lost", answers=0)
    ask(jobs, "running", answers=None)
    jobs.claim("w", 1, 8)
    ask(jobs, "waiting", answers=None)
    told = {"waiting": 1, "running": 1, "ready": 2, "delivered": 1, "late": 0, "lost": 1}
    assert states(store) == told


def test_an_answer_that_came_with_a_later_message_is_late(store):
    jobs, replies = Jobs(store), Replies(store, posts_over_s=0)
    ask(jobs, "slow", "p", answers=None)
    (job,) = jobs.claim("w", 1, 8)
    replies.reply("slow")  # the notice
    jobs.finish(job, "w", ("答",))
    jobs.accept(NewMessage("more", "wechat", "p", "openid", Kind.MORE, "继续"), ())
    replies.reply("more")
    replies.delivered("more")
    assert states(store) == {"waiting": 0, "running": 0, "ready": 0, "delivered": 0, "late": 1, "lost": 0}


def test_what_is_pushed_is_delivered_not_late(store):
    jobs, outbox = Jobs(store), Outbox(store)
    ask(jobs, "pushed", way=Way.PUSH)
    (errand,) = outbox.errands("push:1", 9, 60)
    assert states(store)["ready"] == 1
    outbox.sent(errand)
    assert (states(store)["delivered"], states(store)["late"]) == (1, 0)


def figures_of(app):
    found = re.findall(r'policy_bot_questions\{channel="([^"]+)",state="([^"]+)"\} (\d+)', app)
    return {(channel, state): int(count) for channel, state, count in found}


def test_they_stand_in_the_metrics_without_a_user_and_are_zero_before_the_first(tmp_path):
    settings, database = bot_settings(tmp_path), LazyDatabase(None, tmp_path)
    app = create_app(FakeApplication())
    app.service.metrics.add(bot_figures(PacedApplication(database=database), settings))
    client = TestClient(app)
    assert figures_of(client.get("/metrics").text) == {("wechat", state): 0 for state in STATES}
    ask(Jobs(Store(database.opened())), "m", person="openid-hash")
    text = client.get("/metrics").text
    assert "openid" not in text
    assert "张三" not in text
    assert figures_of(text)["wechat", "ready"] == 1


def test_several_workers_do_not_count_a_question_twice(tmp_path, monkeypatch):
    (tmp_path / "figures").mkdir()
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "figures"))
    settings, database = bot_settings(tmp_path), LazyDatabase(None, tmp_path)
    told = []
    for _ in range(2):
        app = create_app(FakeApplication())
        app.service.metrics.add(bot_figures(PacedApplication(database=database), settings))
        told.append(TestClient(app))
    ask(Jobs(Store(database.opened())), "m")
    assert [figures_of(one.get("/metrics").text)["wechat", "ready"] for one in told] == [1, 1]


def test_without_the_database_the_other_figures_still_stand(tmp_path):
    settings, database = bot_settings(tmp_path), LazyDatabase(None, tmp_path)
    app = create_app(FakeApplication())
    app.service.metrics.add(bot_figures(PacedApplication(database=database), settings))
    database.opened().dispose()
    (tmp_path / "policy.db").write_bytes(b"this is no database" * 500)
    for name in ("policy.db-wal", "policy.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    text = TestClient(app).get("/metrics").text
    assert "policy_answers_running" in text
    assert figures_of(text) == {}
