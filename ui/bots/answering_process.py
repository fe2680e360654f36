"""Answering in a process of its own, so that no answer, however long it computes, holds up a message.

The process is started with the server, started again when it dies, and replaced when it falls silent. Jobs
and answers travel through the database; the line between the two processes only says when to look there.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from ui.bots.answering_child import Word, answer_questions
from ui.bots.settings import BotSettings
from ui.unfinished import folder_of, note_ended

LOG = logging.getLogger("policy.answering")
_LOOK_S = 0.5
_FREEZE_S = 15.0
_LOADING_S = 300.0  # a large index may have to be built first
_GRACE_S = 8.0
_LONGEST_PAUSE_S = 30.0


class AnsweringProcess:
    """Starts and watches the process that answers. `digest` names the documents as they are now.

    The process ends itself where its interpreter stands still for `freeze_s`; it is ended where it does not.
    """

    def __init__(
        self,
        settings: BotSettings,
        digest: Callable[[], str],
        set_up_logs: Callable[[], None],
        freeze_s: float = _FREEZE_S,
    ) -> None:
        self.told: Callable[[str], None] = lambda _key: None
        self._settings = settings
        self._digest = digest
        self._set_up_logs = set_up_logs
        self._freeze_s = freeze_s
        self._line: Connection | None = None
        self._is_ready = False
        self._is_stopping = threading.Event()
        self._wake = threading.Event()
        self._watch = threading.Thread(target=self._keep_alive, name="bot-answering", daemon=True)
        self._caller = threading.Thread(target=self._call, name="bot-answering-wake", daemon=True)

    @property
    def is_ready(self) -> bool:
        """Tell whether the process has loaded everything."""
        return self._is_ready

    def start(self) -> None:
        """Start the process, once."""
        if self._watch.ident is None:
            self._watch.start()
            self._caller.start()

    def stop(self) -> None:
        """Let the process finish what it has, for a while."""
        self._is_stopping.set()
        self._wake.set()
        if self._watch.ident is not None:
            self._watch.join(_GRACE_S + 2 * _LOOK_S)

    def wake(self) -> None:
        """Have it look for questions; never waits, even for a process that listens no more."""
        self._wake.set()

    def is_ours(self, key: str) -> bool:  # noqa: ARG002  # it may be computed in any process
        """Tell whether the end of a question is told for certain."""
        return False

    def _call(self) -> None:
        """Pass on that there is something new, on a thread that may be held up."""
        while not self._is_stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            self._say(Word.WAKE)

    def _say(self, word: Word) -> None:
        line = self._line
        with suppress(OSError, AttributeError):  # one that is gone is replaced, and looks by itself
            if line is not None:
                line.send(word.value)

    def _keep_alive(self) -> None:
        pause = _LOOK_S
        while not self._is_stopping.is_set():
            begun = time.monotonic()
            self._serve_once()
            pause = (
                _LOOK_S if time.monotonic() - begun > _LONGEST_PAUSE_S else min(pause * 2, _LONGEST_PAUSE_S)
            )
            if not self._is_stopping.wait(pause):
                LOG.error("the process that answers is gone, another begins")

    def _serve_once(self) -> None:
        """Start a process, and stay with it until it is gone."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, self._settings, self._set_up_logs, self._freeze_s)
        process = context.Process(target=answer_questions, args=arguments, daemon=True)
        process.start()
        theirs.close()
        self._line = ours
        try:
            self._listen(ours, process)
        except (EOFError, OSError):
            LOG.info("the line to the process that answers is closed")
        finally:
            self._line, self._is_ready = None, False
            process.join(_GRACE_S if self._is_stopping.is_set() else 0.0)
            process.kill()
            process.join()
            ours.close()

    def _listen(self, line: Connection, process: SpawnProcess) -> None:
        """Hear what the process says, until it is silent for too long or we are to stop."""
        known, heard_at = self._digest(), time.monotonic()
        while not self._is_stopping.is_set():
            if line.poll(_LOOK_S):
                word, key = line.recv()
                heard_at = time.monotonic()
                self._is_ready = self._is_ready or word == Word.READY
                if word == Word.DONE:
                    self.told(key)
            elif time.monotonic() - heard_at > (2 * self._freeze_s if self._is_ready else _LOADING_S):
                LOG.error("the process that answers is silent, it is replaced")
                note_ended(folder_of(self._settings.data_dir), process.pid or 0)
                return
            if self._digest() != known:
                known = self._digest()
                self._say(Word.REFRESH)
        self._say(Word.STOP)
