"""The process that answers: the real assistant apart from the server, replaced when it dies, gone with it."""

import multiprocessing
import os
import re
import signal
from dataclasses import dataclass

import pytest

from assistant import bootstrap
from assistant.adapters.lazy_database import LazyDatabase
from tests.bots.backends import bot_settings
from tests.fakes import FakeApplication, FakeAssistant
from tests.patience import PATIENCE_S, soon
from ui.bots.answering_child import Word, answer_questions
from ui.bots.answering_process import AnsweringProcess
from ui.bots.commands import Kind
from ui.bots.jobs import Jobs
from ui.bots.records import NewMessage
from ui.bots.store import Store
from ui.watchdog import GIVEN_UP

HARD = "长宁区做硬核技术攻关，自筹投入800万元，能拿多少？"


class Freezing(FakeAssistant):
    """Holds the interpreter for ages where it is asked to."""

    def ask(self, question):
        if "冻住" in question.text:
            re.match(r"(a+)+b", "a" * 60)
        return super().ask(question)


@dataclass
class FreezingApplication(FakeApplication):
    model: None = None


def load_what_freezes():
    """Have the process of its own load a program that can be frozen; it is called there, before loading."""
    bootstrap.load = lambda settings: FreezingApplication(Freezing(), settings=settings)


def no_logs():
    """Leave logs as they are."""


@pytest.fixture
def settings(tmp_path):
    return bot_settings(tmp_path)


@pytest.fixture
def jobs(settings):
    return Jobs(Store(LazyDatabase(None, settings.data_dir).opened()))


def ask(jobs, key, text=HARD):
    jobs.accept(NewMessage(key, "wechat", f"person {key}", "openid", Kind.QUESTION, text))


def children():
    return [one for one in multiprocessing.active_children() if one.is_alive()]


def test_it_answers_what_is_on_record_and_tells_and_is_replaced_when_it_dies(settings, jobs):
    told = []
    answering = AnsweringProcess(settings, lambda: "as it is", no_logs)
    answering.told = told.append
    ask(jobs, "before")
    assert not answering.is_ready
    answering.start()
    try:
        assert soon(lambda: told == ["before"])
        assert "240万元" in jobs.answered("before").answer
        assert answering.is_ready
        (child,) = children()
        os.kill(child.pid, signal.SIGKILL)
        ask(jobs, "after")
        answering.wake()
        assert soon(lambda: "after" in told)
        (another,) = children()
        assert another.pid != child.pid
    finally:
        answering.stop()
    assert soon(lambda: not children())


def test_what_freezes_it_twice_is_answered_politely_and_everything_else_goes_on(settings, jobs):
    told = []
    answering = AnsweringProcess(settings, lambda: "as it is", load_what_freezes, freeze_s=2)
    answering.told = told.append
    ask(jobs, "freezes", "冻住了吗")
    answering.start()
    try:
        assert soon(lambda: told == ["freezes"])
        ask(jobs, "harmless", "自筹")
        answering.wake()
        assert soon(lambda: told == ["freezes", "harmless"])
    finally:
        answering.stop()
    assert jobs.answered("freezes").answer.startswith(GIVEN_UP)
    assert "240万元" in jobs.answered("harmless").answer


def test_it_ends_when_nobody_is_at_the_other_end_whatever_signals_it_gets(settings):
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=answer_questions, args=(theirs, settings, no_logs, 15.0), daemon=True)
    child.start()
    theirs.close()
    assert ours.poll(PATIENCE_S)
    assert ours.recv() == (Word.READY, "")
    os.kill(child.pid, signal.SIGINT)
    os.kill(child.pid, signal.SIGTERM)
    assert ours.poll(PATIENCE_S)
    assert ours.recv()[0] == Word.BEAT
    ours.close()
    child.join(PATIENCE_S)
    assert not child.is_alive()
