"""Having a job answered: in one go, or, where the platform polls, with the text so far for who looks."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from assistant.conversation import Answer, Answered, Question, StepStarted, TextPiece
from assistant.settings import today
from ui.application import Application
from ui.bots.compute_slots import ComputeSlots
from ui.bots.jobs import Jobs
from ui.bots.plain import plain_lines
from ui.bots.records import LONGEST_RUN_S, Job, Way
from ui.bots.settings import BotSettings
from ui.time_limit import answered_in_time

_BETWEEN_S = 0.7  # how often the text so far is kept at most
_MOST_CHARACTERS = 6000


def asking(application: Application, settings: BotSettings, jobs: Jobs) -> Callable[[Job], Answer]:
    """Return what answers a job."""

    def ask(job: Job) -> Answer:
        question = Question(job.question, today(settings), job.conversation)
        if job.way is Way.STREAM:
            return _streamed(application, question, lambda text: jobs.write_progress(job.key, text))
        return application.assistant.ask(question)

    return ask


def in_slots(ask: Callable[[Job], Answer], slots: ComputeSlots) -> Callable[[Job], Answer]:
    """Return what answers a job in a slot for computing."""

    def asked(job: Job) -> Answer:
        with slots.slot():
            return ask(job)

    return asked


def in_time(ask: Callable[[Job], Answer], settings: BotSettings) -> Callable[[Job], Answer]:
    """Return what answers a job in time: one that takes too long gets the answer that says so.

    A slot for computing belongs to a thread, so it is taken inside of this.
    """
    pool = ThreadPoolExecutor(settings.threads, thread_name_prefix="bot-timed")
    limit_s = min(settings.answer_s, LONGEST_RUN_S)

    def asked(job: Job) -> Answer:
        return answered_in_time(
            pool.submit(ask, job), limit_s, Question(job.question, today(settings), job.conversation)
        )

    return asked


def _streamed(application: Application, question: Question, show: Callable[[str], None]) -> Answer:
    """Answer a question, showing the words so far now and then; before the first, what is being done."""
    text, doing, shown_at = "", "", time.monotonic()
    for event in application.assistant.stream(question):
        match event:
            case Answered(answer):
                return answer
            case StepStarted(label=label):
                doing = label
            case TextPiece(text=piece):
                text += piece
        if time.monotonic() - shown_at >= _BETWEEN_S:
            shown_at = time.monotonic()
            show("\n".join(plain_lines(text))[:_MOST_CHARACTERS] or f"{doing}……")
    raise TypeError("a stream of events ends with the answer")
