"""`POST /api/v1/feedback`: what someone thinks of an answer (赞, 踩): kept once, changed by a later one."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.conversation import Feedback, Turn
from ui.api.bodies import EXAMPLE_ID, ConversationId
from ui.api.conversations import UnknownConversationError
from ui.api.gate.keys import owner_of
from ui.api.json_response import Json
from ui.api.schemas.refusals import ANSWERING, NOT_FOUND, refusals
from ui.api.schemas.shape import Shape, named
from ui.application import Application

MOST_TURNS = 10_000
CHANNEL = "api"


class UnknownTurnError(UnknownConversationError):
    """Raised for an answer a conversation does not have; the message is Chinese."""

    def __init__(self, turn: int, turns: int) -> None:
        LookupError.__init__(self, f"这次对话没有第 {turn} 个回答，共有 {turns} 个。")


class FeedbackBody(BaseModel):
    """A verdict."""

    model_config = ConfigDict(extra="forbid")

    conversation_id: ConversationId = Field(description="对话编号，随回答返回", examples=[EXAMPLE_ID])
    turn: int | None = Field(
        None, ge=1, le=MOST_TURNS, description="对话的第几个回答，从 1 数起；默认最近一个", examples=[1]
    )
    verdict: Literal["good", "bad", "none"] = Field(description="赞、踩、收回", examples=["bad"])
    reason: str = Field("", max_length=500, description="为什么，可不填", examples=["上限写错了"])


class FeedbackOut(Shape):
    """The verdict as it now stands."""

    model_config = named("评价")

    conversation_id: str
    turn: int
    verdict: Literal["good", "bad", "none"]
    reason: str


def feedback_routes(application: Application) -> APIRouter:
    """Return the route that keeps verdicts."""
    routes = APIRouter(prefix="/api/v1", tags=["评价"], default_response_class=Json)

    @routes.post(
        "/feedback",
        summary="给一个回答点赞或点踩，可写原因",
        description="同一回答只留一个评价：重复提交无妨，再次提交即改，none 收回。网页上的评价存在一处。",
        responses={
            200: {"model": FeedbackOut, "description": "现在的评价"},
            **refusals(*ANSWERING, NOT_FOUND),
        },
    )
    def feedback(body: FeedbackBody, request: Request) -> Json:
        turn, about = _turn(application, body, owner_of(request))
        reason = body.reason.strip()
        if body.verdict == "none":
            reason = ""
            application.feedback.withdraw(body.conversation_id, turn)
        else:
            words = (about.question, about.answer_text) if about else ("", "")
            is_good = body.verdict == "good"
            application.feedback.give(
                Feedback(body.conversation_id, turn, is_good, reason, *words, channel=CHANNEL)
            )
        kept = {"conversation_id": body.conversation_id, "turn": turn}
        return Json({**kept, "verdict": body.verdict, "reason": reason})

    return routes


def _turn(application: Application, body: FeedbackBody, owner: str | None) -> tuple[int, Turn | None]:
    """Return which answer is meant, and the turn itself while it is among those still at hand.

    Raises:
        UnknownConversationError: there is no such conversation of this owner, or it has no such answer.
    """
    kept = application.conversations.conversation(body.conversation_id, owner)
    if kept is None or not kept.turns:
        raise UnknownConversationError(body.conversation_id)
    turn = body.turn or kept.turns
    if turn > kept.turns:
        raise UnknownTurnError(turn, kept.turns)
    latest = application.conversations.turns(body.conversation_id, owner)
    place = turn - 1 - (kept.turns - len(latest))
    return turn, latest[place] if 0 <= place < len(latest) else None
