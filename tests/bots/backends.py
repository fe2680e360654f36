"""Assistants of a known pace for the bots to stand on, and a server around them."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import Row, select

from assistant.adapters.feedback_memory import FeedbackMemory
from assistant.adapters.lazy_database import LazyDatabase
from assistant.conversation import Answer, Answered, Event, Outcome, Question, StepStarted, TextPiece
from corpus.store import Corpus
from tests.bots.fake_wechat import APP_ID, KEY, TOKEN
from tests.fakes import FakeIndex, grant_answer, tiny_corpus
from tests.patience import PATIENCE_S
from ui.api import create_app
from ui.api.app import PolicyApi
from ui.bots import bot_routes
from ui.bots.settings import BotSettings
from ui.bots.store import Store
from ui.bots.tables import messages

CLOSE = {"bot_hold_s": 0.6, "bot_lease_s": 1.0, "bot_threads": 32, "bot_most_a_minute": 1000}
_SECONDS = re.compile(r"等([\d.]+)秒")


@dataclass
class PacedAssistant:
    """Answers with the question itself; “等2秒” in it takes two seconds, “长” makes it long, “坏” fails.

    “等放行” waits until `go` is set, “慢慢说” does so in the middle of its text, still giving signs of life.
    “坏一次” fails the first time only. `asked` keeps every question.
    """

    asked: list[Question] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, question: Question) -> Answer:
        with self._lock:
            self.asked.append(question)
            times = sum(one.text == question.text for one in self.asked)
        found = _SECONDS.search(question.text)
        time.sleep(float(found.group(1)) if found else 0)
        if "等放行" in question.text:
            self.wait()
        if ("坏一次" in question.text and times == 1) or "坏掉" in question.text:
            raise RuntimeError("secret of the inside")
        answer = grant_answer(question)
        text = f"答：{question.text}。最高可获240万元〔1〕。该办法尚为草案，未施行。"
        if "长" in question.text:
            text += "".join(
                f"\n第{n}项支持最高{n}00万元，草案金额不计入现行合计。〔1〕" for n in range(1, 70)
            )
        outcome = Outcome.NOT_COVERED if "天气" in question.text else Outcome.ANSWERED
        citations = () if outcome is Outcome.NOT_COVERED else answer.citations
        return replace(answer, text=text, outcome=outcome, citations=citations, warnings=(), estimates=())

    def wait(self) -> None:
        """Wait until it is let go."""
        assert self.go.wait(PATIENCE_S)

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield a step, the text in two halves, and the answer."""
        yield StepStarted("retrieve", "正在查找条款")
        answer = self.ask(question)
        half = len(answer.text) // 2
        yield TextPiece(answer.text[:half])
        while "慢慢说" in question.text and not self.go.wait(0.05):
            yield TextPiece("")
        yield TextPiece(answer.text[half:])
        yield Answered(answer)


@dataclass
class PacedApplication:
    """A loaded program around a paced assistant."""

    assistant: PacedAssistant = field(default_factory=PacedAssistant)
    corpus: Corpus = field(default_factory=tiny_corpus)
    index: FakeIndex = field(default_factory=FakeIndex)
    feedback: FeedbackMemory = field(default_factory=FeedbackMemory)
    database: LazyDatabase | None = None


def on_record(url: str | None, data_dir: Path) -> list[Row[Any]]:
    """Return the bots' messages in a database, as they stand."""
    database = LazyDatabase(url, data_dir).opened()
    try:
        with Store(database).reading() as connection:
            return list(connection.execute(select(messages)))
    finally:
        database.dispose()


def bot_settings(data_dir: Path, **changes: object) -> BotSettings:
    """Return settings of a 公众号 with times a fifth as long."""
    account = {"wechat_token": TOKEN, "wechat_aes_key": KEY, "wechat_app_id": APP_ID}
    return BotSettings(_env_file=None, **{"data_dir": data_dir, **account, **CLOSE, **changes})


@contextmanager
def serving(app: object) -> Iterator[str]:
    """Serve an application on loopback; give its address."""
    server = uvicorn.Server(
        uvicorn.Config(app, "127.0.0.1", 0, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)


def bots_app(application: PacedApplication, settings: BotSettings) -> PolicyApi:
    """Return what serves the bots of some settings, with the database they name."""
    if getattr(application, "database", None) is None:
        url = settings.database_url
        application.database = LazyDatabase(url.get_secret_value() if url else None, settings.data_dir)
    return create_app(application, bot_routes(application, settings))


@contextmanager
def bots(application: PacedApplication, settings: BotSettings) -> Iterator[str]:
    """Serve the bots of some settings."""
    with serving(bots_app(application, settings)) as base:
        yield base
