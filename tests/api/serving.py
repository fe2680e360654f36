"""A real server on loopback around an application, and assistants of a known pace."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn

from assistant.conversation import Answer, Answered, Event, Question, StepStarted, TextPiece
from tests.fakes import FakeAssistant, grant_answer
from tests.patience import PATIENCE_S
from ui.api.app import PolicyApi
from ui.api.settings import ApiSettings, default_api_settings
from ui.serving import server_config


def settings_with(**changes: object) -> ApiSettings:
    """Return the default settings with some changed, validated as those of a user."""
    return ApiSettings.model_validate({**default_api_settings().model_dump(), **changes})


@contextmanager
def served(app: PolicyApi) -> Iterator[str]:
    """Serve an application on a free port while the block runs; yield its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(server_config(app, app.service.settings))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE_S)


@dataclass
class PieceByPiece(FakeAssistant):
    """Yields a piece each time `more` is released; notes when it is closed before its end."""

    more: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    pieces: int = 3
    is_closed: threading.Event = field(default_factory=threading.Event)
    told: int = 0

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield a step, then a piece a release, then the answer."""
        try:
            yield StepStarted("retrieve", "正在查找条款")
            for n in range(self.pieces):
                assert self.more.acquire(timeout=PATIENCE_S)
                self.told += 1
                yield TextPiece(f"第{n + 1}段")
            yield Answered(grant_answer(question))
        finally:
            self.is_closed.set()


class Failing(FakeAssistant):
    """Fails in the middle."""

    def ask(self, question: Question) -> Answer:
        """Fail at once."""
        raise RuntimeError("secret of the inside")

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield a step and fail."""
        yield StepStarted("retrieve", "正在查找条款")
        raise RuntimeError("secret of the inside")
