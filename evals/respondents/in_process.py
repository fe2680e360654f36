"""This program itself, over the package's corpus or one changed for an item."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from assistant.adapters.errors import AdapterError
from assistant.answer_json import answer_json
from assistant.bootstrap import Application
from assistant.conversation import Question
from assistant.ports import SearchFilter
from assistant.settings import Settings
from evals.cases import CorpusChange
from evals.changed_corpus import changed_corpus
from evals.header import about_program
from evals.metrics.retrieval import DEPTH
from evals.replies import Failure, Reply, failed, read_reply
from evals.respondents.respondent import Conversation, spoken_turns
from evals.suite_files import Item

T = TypeVar("T")


class InProcess:
    """Asks the assistant in this process.

    Its index lies apart from the one people use, and conversations are forgotten. One changed corpus is
    kept at a time; items that share it should come one after another.
    """

    def __init__(self, settings: Settings, limit_s: float) -> None:
        """Prepare; nothing is loaded. `limit_s` is how long one answer may take, in seconds."""
        home = settings.data_dir / "evaluation"
        self._settings = settings.model_copy(update={"data_dir": home / "index"})
        self._changed_home: Path = home / "changed"
        self._limit_s = limit_s
        self._usual = Application(self._settings)
        self._changed: tuple[str, Application] | None = None
        self._lock = threading.Lock()

    @property
    def about(self) -> Mapping[str, object]:
        """Return the hashes of all that decides an answer."""
        return about_program(self._usual, self._settings)

    def can_change_corpus(self) -> bool:
        """Tell that it can."""
        return True

    def converse(self, item: Item, change: CorpusChange, seed: int) -> Conversation:  # noqa: ARG002 - no chance in it
        """Ask every turn; errors and overlong answers become replies that say so."""
        try:
            application = self._application(change)
        except Exception as error:  # whatever stops a corpus from opening is this item's failure
            note = f"{type(error).__name__}：{error}"
            return Conversation(
                tuple(failed(turn.content, Failure.ERROR, note, 0) for turn in item.case.turns)
            )
        name = f"eval-{uuid.uuid4().hex}"
        turns = spoken_turns(item, application.corpus.facts)
        replies = tuple(self._reply(application, turn, item, name) for turn in turns)
        return Conversation(replies, self._retrieved(application, turns[-1], item))

    def _application(self, change: CorpusChange) -> Application:
        with self._lock:
            if change.is_none:
                self._usual.index.opened()
                return self._usual
            key = change.model_dump_json()
            if self._changed is None or self._changed[0] != key:
                corpus = changed_corpus(self._usual.corpus, change)
                settings = self._settings.model_copy(update={"data_dir": self._changed_home})
                application = Application(settings, corpus)
                application.index.opened()
                self._changed = (key, application)
            return self._changed[1]

    def _reply(self, application: Application, turn: str, item: Item, conversation: str) -> Reply:
        question = Question(turn, item.case.as_of, conversation, item.case.documents)
        began = time.perf_counter()
        try:
            answer = within(self._limit_s, lambda: application.hermetic.ask(question))
        except TimeoutError:
            return failed(turn, Failure.TIMEOUT, f"超过 {self._limit_s:g} 秒", self._limit_s)
        except Exception as error:  # a crash is a reply, too: it stays in the denominator
            note = f"{type(error).__name__}：{error}"
            return failed(turn, Failure.ERROR, note, time.perf_counter() - began)
        raw = json.loads(json.dumps(answer_json(answer)))
        return read_reply(turn, raw, time.perf_counter() - began)

    def _retrieved(
        self, application: Application, question: str, item: Item
    ) -> tuple[tuple[str, float], ...] | None:
        only = SearchFilter(documents=item.case.documents)
        try:
            hits = application.index.search(question, DEPTH, only)
        except AdapterError:  # the reply tells that search failed; here it means nothing was retrieved
            return ()
        return tuple((hit.clause_id, hit.score) for hit in hits)


def within(limit_s: float, work: Callable[[], T]) -> T:
    """Return what some work returns, or stop waiting for it.

    >>> within(1, lambda: 2)
    2

    Raises:
        TimeoutError: it takes longer than `limit_s` seconds; it goes on unheeded.
    """
    done: list[T] = []
    problems: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            problems.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(limit_s)
    if problems:
        raise problems[0]
    if not done:
        raise TimeoutError
    return done[0]
