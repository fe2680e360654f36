"""Answers in time, for the page and the bots: a question that takes too long is answered that it does.

A question is worked out on a thread, which cannot be ended: it goes on unheard, and keeps its place among
the threads until it is done. The interface has a queue of its own and limits what stands in it there
(ui/api/context.py).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from queue import Empty, SimpleQueue
from typing import Any

from assistant.conversation import Answer, Answered, Event, Outcome, Question
from ui.answering_through import answering_through
from ui.application import Answers, Application

LOG = logging.getLogger("policy.answers")
OVERDUE = "这个问题在规定的时间内没能算完。请稍后再试，或换个说法、拆成几个问题再问。"


def overdue(question: Question) -> Answer:
    """Return the answer to a question that takes too long."""
    return Answer(question.text, question.as_of, Outcome.ERROR, OVERDUE, question.conversation_id)


def answered_in_time(work: Future[Answer], limit_s: float, question: Question) -> Answer:
    """Return what some work brings, or the polite answer if it takes longer; if not begun, it never is."""
    wait([work], limit_s)
    return work.result() if work.done() else _given_up(work, question)


def _given_up(work: Future[Any], question: Question) -> Answer:
    work.cancel()
    LOG.error("a question took longer than it may")
    return overdue(question)


def with_time_limit(application: Application, limit_s: float, at_once: int) -> Application:
    """Return the program with every answer given within `limit_s` seconds, `at_once` worked out at a time."""
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="timed-answer")
    return answering_through(application, lambda answers: TimedAnswers(answers, limit_s, pool))


class TimedAnswers:
    """Answers questions in time, counted from when they are asked. All questions share the `pool`."""

    def __init__(self, answers: Answers, limit_s: float, pool: ThreadPoolExecutor) -> None:
        self._answers = answers
        self._limit_s = limit_s
        self._pool = pool

    def ask(self, question: Question) -> Answer:
        """Return the answer to one question."""
        future = self._pool.submit(copy_context().run, self._answers.ask, question)
        return answered_in_time(future, self._limit_s, question)

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield each step, the text, and last the whole answer; who stops listening loses nothing."""
        until = time.monotonic() + self._limit_s
        heard: SimpleQueue[Event | None] = SimpleQueue()
        is_gone = threading.Event()
        future = self._pool.submit(copy_context().run, self._pump, question, heard, is_gone)
        future.add_done_callback(lambda _: heard.put(None))
        try:
            while (left_s := until - time.monotonic()) > 0:
                try:
                    event = heard.get(timeout=left_s)
                except Empty:
                    break
                if event is None:
                    future.result()  # raises what it broke off with
                    return
                yield event
                if isinstance(event, Answered):
                    return
            yield Answered(_given_up(future, question))
        finally:
            is_gone.set()

    def _pump(self, question: Question, heard: SimpleQueue[Event | None], is_gone: threading.Event) -> None:
        events = self._answers.stream(question)
        for event in events:
            heard.put(event)
            if is_gone.is_set():
                break
        if (close := getattr(events, "close", None)) is not None:
            close()  # a generator finishes and keeps what it began
