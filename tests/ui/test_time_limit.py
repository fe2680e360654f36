"""A question of the page or the bots that takes too long is answered that it does; it goes on unheard."""

import asyncio
import threading
import time
from datetime import date

import pytest

from assistant.conversation import Answered, Outcome, Question, StepStarted
from tests.bots.backends import serving
from tests.bots.fake_wechat import APP_ID, KEY, TOKEN, FakeWeChat
from tests.fakes import FakeApplication, FakeAssistant
from tests.patience import PATIENCE_S, soon
from ui.page.asking.answering import exchange_steps
from ui.page.asking.conversation import Conversation
from ui.serving import create_server_app
from ui.time_limit import OVERDUE, with_time_limit

LIMIT_S = 0.3
QUESTION = Question("能拿多少", date(2026, 12, 1), "c")


class Slow(FakeAssistant):
    """Answers 慢 only once it is let go; counts what it has finished."""

    def __init__(self):
        super().__init__()
        self.let_go = threading.Event()
        self.begun, self.finished = [], []

    def ask(self, question):
        self.begun.append(question.text)
        if "慢" in question.text:
            self.let_go.wait(PATIENCE_S)
        self.finished.append(question.text)
        return super().ask(question)

    def stream(self, question):
        yield StepStarted("retrieve", "正在查找条款")
        yield Answered(self.ask(question))


class Breaking(FakeAssistant):
    def ask(self, question):
        raise TimeoutError("of its own")

    def stream(self, question):
        yield StepStarted("retrieve", "正在查找条款")
        raise TimeoutError("of its own")


@pytest.fixture
def slow():
    assistant = Slow()
    yield assistant
    assistant.let_go.set()


def timed(assistant, at_once=2, limit_s=LIMIT_S):
    return with_time_limit(FakeApplication(assistant), limit_s, at_once).assistant


def slowly(question="慢"):
    return Question(question, QUESTION.as_of, "c")


def test_a_quick_question_is_answered_as_ever(slow):
    plain = FakeAssistant()
    assert timed(slow).ask(QUESTION) == plain.ask(QUESTION)
    told = list(timed(slow).stream(QUESTION))
    assert isinstance(told[0], StepStarted)
    assert told[-1] == Answered(plain.ask(QUESTION))


def test_a_slow_one_is_answered_politely_and_finished_unheard(slow):
    answer = timed(slow).ask(slowly())
    assert (answer.outcome, answer.text, answer.conversation_id) == (Outcome.ERROR, OVERDUE, "c")
    slow.let_go.set()
    assert soon(lambda: slow.finished == ["慢"])


def test_a_slow_stream_shows_its_steps_and_then_the_polite_answer(slow):
    begun = time.monotonic()
    first, last = timed(slow).stream(slowly())
    assert isinstance(first, StepStarted)
    assert last.answer.text == OVERDUE
    assert LIMIT_S <= time.monotonic() - begun < LIMIT_S + 5


def test_those_that_go_on_keep_their_places_and_what_never_began_never_does(slow):
    assistant = timed(slow, at_once=1)
    assistant.ask(slowly("慢一"))
    assert assistant.ask(slowly("快")).text == OVERDUE
    slow.let_go.set()
    assert soon(lambda: slow.finished == ["慢一"])
    assert assistant.ask(QUESTION).outcome is Outcome.ANSWERED
    assert slow.begun == ["慢一", QUESTION.text]


def test_who_stops_listening_lets_the_answer_be_finished(slow):
    listening = timed(slow, limit_s=PATIENCE_S).stream(slowly())
    next(listening)
    listening.close()
    slow.let_go.set()
    assert soon(lambda: slow.finished == ["慢"])


def test_the_page_shows_the_polite_answer(slow):
    application = with_time_limit(FakeApplication(slow), LIMIT_S, 2)
    *_, last = exchange_steps(application, "慢", "2026-12-01", Conversation())
    assert last.exchanges[-1].answer.text == OVERDUE


def test_a_bot_sends_the_polite_answer_and_does_not_try_again(tmp_path, slow, monkeypatch):
    for name, value in {"TOKEN": TOKEN, "AES_KEY": KEY, "APP_ID": APP_ID}.items():
        monkeypatch.setenv(f"POLICY_WECHAT_{name}", value)
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("POLICY_ANSWER_S", str(LIMIT_S))
    app = create_server_app(FakeApplication(slow), has_page=False)
    with serving(app) as base:
        wechat = FakeWeChat(base, mode="safe")
        asked = asyncio.run(wechat.say("u", "慢"))
        assert OVERDUE in (asked.text or "") or soon(
            lambda: OVERDUE in (asyncio.run(wechat.say("u", "答案")).text or "")
        )
        assert slow.begun == ["慢"]


def test_what_breaks_off_breaks_off_and_is_not_called_slow():
    with pytest.raises(TimeoutError, match="of its own"):
        timed(Breaking()).ask(QUESTION)
    with pytest.raises(TimeoutError, match="of its own"):
        list(timed(Breaking()).stream(QUESTION))
