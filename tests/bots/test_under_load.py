"""What holds on any machine: the record comes first, a hold counts from the arrival, cut posts are let go."""

import asyncio
import threading

import pytest

from tests.bots.backends import PacedApplication, bot_settings, bots_app, on_record, serving
from tests.bots.fake_wechat import FakeWeChat
from tests.patience import soon
from ui.api import create_app
from ui.bots import accounts, bot_routes, callbacks
from ui.bots.arrivals import Arrivals
from ui.bots.jobs import Jobs
from ui.bots.replies import Replies
from ui.bots.waiting import Waiting

LOOP = asyncio.Runner()


def talk(conversation):
    return LOOP.run(conversation)


class NobodyAnswers:
    """Answers nothing; keeps what was on record each time it was told to look."""

    is_ready = True

    def __init__(self, data_dir):
        self.told = lambda _key: None
        self.seen = []
        self._data_dir = data_dir

    def start(self):
        """Nothing."""

    def stop(self):
        """Nothing."""

    def wake(self):
        self.seen.append([row.question for row in on_record(None, self._data_dir)])

    def is_ours(self, key):
        return False


def unanswered(tmp_path, answerer, **changes):
    """Serve bots whose questions go to an answerer of the test's own."""
    application, settings = PacedApplication(), bot_settings(tmp_path, **changes)
    bots_app(application, settings)  # opens the database
    return serving(create_app(application, bot_routes(application, settings, answerer)))


def test_a_message_is_on_record_before_anything_is_told_to_answer_it(tmp_path):
    answerer = NobodyAnswers(tmp_path)
    with unanswered(tmp_path, answerer, bot_posts=1, bot_hold_s=0.1) as base:
        shown = talk(FakeWeChat(base).say("u", "甲"))
    assert "“甲”已记下" in shown.text
    assert answerer.seen == [["甲"]]


def test_however_slowly_answers_come_every_message_is_on_record_and_every_user_has_a_notice(tmp_path):
    users = range(80)
    with unanswered(tmp_path, NobodyAnswers(tmp_path), bot_crowd=10, bot_hold_s=5) as base:

        async def conversation():
            wechat = FakeWeChat(base)
            return await asyncio.gather(*(wechat.say(f"u{n}", f"第{n}号") for n in users))

        shown = talk(conversation())
    assert [one.posts for one in shown] == [1 for _ in users]
    assert all(f"“第{n}号”已记下" in shown[n].text for n in users)
    assert {row.question for row in on_record(None, tmp_path)} == {f"第{n}号" for n in users}


@pytest.fixture
def held(monkeypatch):
    """Keep the seconds each post was held for, without waiting for them."""
    seconds = []

    async def for_any(self, keys, most, gone):
        seconds.append(most)
        return False

    monkeypatch.setattr(Waiting, "for_any", for_any)
    return seconds


def test_the_hold_counts_from_the_arrival_and_not_from_the_record(tmp_path, monkeypatch, held):
    clock = {"now": 1000.0}
    monkeypatch.setattr(Arrivals.__init__, "__defaults__", (lambda: clock["now"],))
    usual = Jobs.accept_all

    def slowly(self, posts):
        clock["now"] += 3.0
        return usual(self, posts)

    monkeypatch.setattr(Jobs, "accept_all", slowly)
    with unanswered(tmp_path, NobodyAnswers(tmp_path), bot_posts=1, bot_hold_s=4.5) as base:
        talk(FakeWeChat(base).say("u", "甲"))
    assert len(held) == 1
    assert held[0] <= 1.5


def test_a_post_whose_line_is_cut_is_on_record_and_nothing_more_is_done_for_it(tmp_path, monkeypatch):
    replied, gone = [], threading.Event()
    usual, listened = Replies.reply_all, callbacks._hung_up

    def noted(self, asks):
        replied.extend(asks)
        return usual(self, asks)

    async def hung_up(request):
        await listened(request)
        gone.set()

    monkeypatch.setattr(Replies, "reply_all", noted)
    monkeypatch.setattr(callbacks, "_hung_up", hung_up)
    monkeypatch.setattr(accounts, "PATIENCE_S", 60)
    with unanswered(tmp_path, NobodyAnswers(tmp_path), bot_hold_s=60) as base:
        wechat = FakeWeChat(base)

        async def conversation():
            await wechat.post_and_cut(wechat.text("u", "甲"), lambda: on_record(None, tmp_path))

            assert await asyncio.to_thread(soon, gone.is_set)
            return await wechat.say("another", "新对话")  # the server has gone on

        assert "重新开始" in talk(conversation()).text
    assert len(on_record(None, tmp_path)) == 2
    assert len(replied) == 1
