"""Asking and hearing the answer: what is being done, the words as they come, the whole answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

from assistant.adapters.errors import AdapterError
from assistant.conversation import Answered, Question, StepStarted, TextPiece
from corpus.errors import CorpusError
from ui.application import Application
from ui.dates import DayError, day_typed
from ui.page.asking.conversation import Conversation
from ui.questions import QuestionError, checked_question

LOG = logging.getLogger(__name__)
FAILURE = "这个问题暂时没能答出来：政策库或索引不可用。"
SHOWN_EVERY_S = 0.2  # a page cannot show more, and each time the whole conversation travels


def exchange_steps(
    application: Application,
    text: str,
    day_text: str,
    conversation: Conversation,
    owner: str | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Conversation]:
    """Give the conversation as it stands after asking: with the question, while working, with the answer."""
    try:
        question, day = checked_question(text), day_typed(day_text)
    except QuestionError as error:
        if text.strip():
            yield conversation.asked(text[:80] + "…").failed(str(error))
        return
    except DayError as error:
        yield conversation.asked(text).failed(str(error))
        return
    asked = conversation.asked(question)
    yield asked
    try:
        yield from _heard(application, Question(question, day, conversation.id, owner=owner), asked, clock)
    except (CorpusError, AdapterError) as error:
        LOG.error("the question could not be answered: %s", error)
        yield asked.failed(FAILURE)


def _heard(
    application: Application, question: Question, asked: Conversation, clock: Callable[[], float]
) -> Iterator[Conversation]:
    step = shown = ""
    last = clock()
    for event in application.assistant.stream(question):
        match event:
            case Answered(answer=answer):
                yield asked.answered(answer)
                return
            case StepStarted(label=label):
                step = label
            case TextPiece(text=piece):
                shown += piece
        if clock() - last >= SHOWN_EVERY_S:
            last = clock()
            yield asked.working(step, shown)
