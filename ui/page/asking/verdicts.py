"""What a person thinks of an answer: read from the page, kept, shown."""

from __future__ import annotations

import json
import logging
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.adapters.errors import AdapterError
from assistant.conversation import Feedback
from ui.application import Application
from ui.page.asking.conversation import Conversation

LOG = logging.getLogger(__name__)


class Vote(BaseModel):
    """A click on 赞 or 踩, or a reason sent after it, as the page's script writes it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    turn: Annotated[int, Field(ge=1, le=10_000)]
    verdict: Literal["good", "bad", "none"]
    reason: Annotated[str, Field(max_length=500)] = ""


def judged(application: Application, conversation: Conversation, written: str) -> Conversation:
    """Keep a verdict and return the conversation with it; anything that is none changes nothing."""
    try:
        vote = Vote.model_validate(json.loads(written))
    except (json.JSONDecodeError, ValidationError):
        return conversation
    answer = conversation.answer_of(vote.turn)
    if answer is None:
        return conversation
    try:
        if vote.verdict == "none":
            application.feedback.withdraw(conversation.id, vote.turn)
            return conversation.judged(vote.turn, None, is_reason_given=False)
        is_good = vote.verdict == "good"
        application.feedback.give(
            Feedback(
                conversation.id,
                vote.turn,
                is_good,
                vote.reason.strip(),
                conversation.exchanges[vote.turn - 1].question,
                answer.text,
            )
        )
    except AdapterError as error:
        LOG.error("a verdict could not be kept: %s", error)
        return conversation
    return conversation.judged(vote.turn, is_good, bool(vote.reason.strip()))
