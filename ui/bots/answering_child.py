"""The process that answers the bots' questions: it takes jobs from the database and says when one is done.

It runs at a lower priority than the process that takes messages in, and ends when that one does.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from assistant.adapters.errors import AdapterError
from corpus.errors import CorpusError
from ui.bots.settings import BotSettings
from ui.watchdog import Watchdog

if TYPE_CHECKING:
    from ui.application import Application
    from ui.bots.answering import Answering

LOG = logging.getLogger("policy.answering")
BEAT_S = 1.0
_NICENESS = 5
_COMPUTING_AT_ONCE = 2  # one more than the interpreter runs: the other waits for the database


class Word(StrEnum):
    """What the two processes say to each other; each word goes with the key of a message, or with none."""

    READY = "ready"  # everything is loaded
    BEAT = "beat"  # the interpreter runs
    DONE = "done"  # a message has its answer
    WAKE = "wake"  # there is something new to answer
    REFRESH = "refresh"  # the documents have changed
    STOP = "stop"  # finish what is under way, and end


def answer_questions(
    line: Connection, settings: BotSettings, set_up_logs: Callable[[], None], freeze_s: float
) -> None:
    """Answer questions until told to stop, or until nobody is at the other end of the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process says when it is to end
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with suppress(OSError, AttributeError):  # not every system has it
        os.nice(_NICENESS)
    set_up_logs()
    try:
        with Watchdog(settings.data_dir, freeze_s) as watchdog:
            _Serving(line).run(settings, watchdog)
    except (EOFError, OSError) as error:
        LOG.info("the server is gone: %s", error)
        os._exit(0)  # nobody is left to hear an answer; the leases of what is under way run out


class _Serving:
    """One end of the line."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._lock = threading.Lock()
        self._beaten_at = 0.0

    def run(self, settings: BotSettings, watchdog: Watchdog) -> None:
        """Load everything, and answer until told to stop."""
        from assistant.bootstrap import load
        from ui.bots.answering import Answering
        from ui.bots.asking import asking, in_slots, in_time
        from ui.bots.compute_slots import ComputeSlots
        from ui.bots.jobs import Jobs
        from ui.bots.store import Store

        application = load(settings)
        jobs = Jobs(Store(application.database.opened()), settings.limits)
        slots = ComputeSlots(_COMPUTING_AT_ONCE)
        ask = asking(watchdog.watching(application), settings, jobs)
        answering = Answering(jobs, in_time(in_slots(ask, slots), settings), settings)
        answering.told = self._told
        if application.model is not None:
            application.model.while_silent = slots.away
        application.warm_up()
        gc.collect()
        gc.freeze()  # what is loaded stays: a collection need not look through it each time
        answering.start()
        self._say(Word.READY)
        while (word := self._heard()) is not Word.STOP:
            self._do(word, answering, application)
        answering.stop()

    def _do(self, word: Word | None, answering: Answering, application: Application) -> None:
        if word is Word.WAKE:
            answering.wake()
        elif word is Word.REFRESH:
            threading.Thread(target=_refresh, args=(application,), name="bot-refresh", daemon=True).start()
        if time.monotonic() - self._beaten_at >= BEAT_S:
            self._beaten_at = time.monotonic()
            self._say(Word.BEAT)

    def _heard(self) -> Word | None:
        """Return the next word; None where there is none for a while."""
        return Word(self._line.recv()) if self._line.poll(BEAT_S) else None

    def _told(self, key: str) -> None:
        with suppress(OSError):  # it is in the database
            self._say(Word.DONE, key)

    def _say(self, word: Word, key: str = "") -> None:
        with self._lock:
            self._line.send((word.value, key))


def _refresh(application: Application) -> None:
    try:
        application.refresh()
    except (AdapterError, CorpusError) as error:
        LOG.error("documents added could not be taken up by the bots: %s", error)
