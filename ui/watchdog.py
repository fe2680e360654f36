"""Ends this process where its interpreter has frozen, so that whoever supervises it starts another.

A search by a regular expression, or any other call into C that never returns, holds the interpreter: no
thread, no signal handler, no event loop runs any more. What still runs is a timer of `faulthandler`, a thread
in C that needs no interpreter. A thread of Python sets it anew every moment; once that thread no longer runs,
the timer writes what every thread was doing and ends the process.
"""

from __future__ import annotations

import faulthandler
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.conversation import Answer, Answered, Event, Outcome, Question
from ui.answering_through import answering_through
from ui.application import Answers, Application
from ui.unfinished import GivenUpError, Unfinished, folder_of

if TYPE_CHECKING:
    from typing import Self

LOG = logging.getLogger("policy.watchdog")
GIVEN_UP = "这个问题前两次都没能算完，已停止重试。请换个说法、写得短一些再问，或拆成几个问题。"
_PULSES = 10  # within the limit


def _notes(data_dir: Path) -> tuple[Unfinished, TemporaryDirectory[str] | None]:
    """Return where this process notes what it has begun: beside the data directory where that refuses."""
    try:
        return Unfinished(folder_of(data_dir)), None
    except OSError as error:
        LOG.error("the data directory refuses; what is under way is noted in a temporary folder: %s", error)
        beside = TemporaryDirectory(prefix="policy-under-way-")
        return Unfinished(Path(beside.name)), beside


class Watchdog:
    """Watches over this process while it serves; `limit_s` is how long the interpreter may stand still.

    `tell` is called with every pulse: the parent of several workers hears by it that this one is alive.
    """

    def __init__(self, data_dir: Path, limit_s: float, tell: Callable[[], object] = lambda: None) -> None:
        self._limit_s = limit_s
        self._tell = tell
        self._is_over = threading.Event()
        self._unfinished, self._beside = _notes(data_dir)
        self._pulse = threading.Thread(target=self._beat, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._pulse.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._pulse.join()
        faulthandler.cancel_dump_traceback_later()
        self._unfinished.close()

    def watching(self, application: Application) -> Application:
        """Return the program with every question noted while it is worked out."""
        return answering_through(application, lambda answers: WatchedAnswers(answers, self._unfinished))

    def _beat(self) -> None:
        while True:
            faulthandler.dump_traceback_later(self._limit_s, exit=True, file=self._unfinished.trace)
            self._tell()
            if self._is_over.wait(min(1.0, self._limit_s / _PULSES)):
                return


class WatchedAnswers:
    """Answers questions, each noted while it is worked out; one that was given up gets a polite answer."""

    def __init__(self, answers: Answers, unfinished: Unfinished) -> None:
        self._answers = answers
        self._unfinished = unfinished

    def ask(self, question: Question) -> Answer:
        """Return the answer to one question."""
        try:
            with self._unfinished.begun(question.text):
                return self._answers.ask(question)
        except GivenUpError:
            return given_up(question)

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield each step, the text, and last the whole answer."""
        try:
            with self._unfinished.begun(question.text):
                yield from self._answers.stream(question)
        except GivenUpError:
            yield Answered(given_up(question))


def given_up(question: Question) -> Answer:
    """Return the answer to a question under which the interpreter froze twice."""
    LOG.error("a question is given up: the interpreter froze under it twice")
    return Answer(question.text, question.as_of, Outcome.ERROR, GIVEN_UP, question.conversation_id)
