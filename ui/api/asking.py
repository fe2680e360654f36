"""`POST /api/v1/ask` and `/ask/stream`: a question, and its answer whole or as it comes."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from functools import partial

from fastapi import APIRouter, Request
from fastapi.sse import format_sse_event
from starlette.concurrency import run_in_threadpool

from assistant.answer_json import answer_json
from assistant.conversation import Answered, Question, StepStarted, TextPiece
from ui.api.bodies import AskBody
from ui.api.conversations import check_is_own
from ui.api.event_stream import EventStream
from ui.api.gate.keys import owner_of
from ui.api.json_response import Json, json_bytes
from ui.api.listening import Broken, Heard, Listening, Silence, Stopped
from ui.api.question_service import QuestionService
from ui.api.refusals import STOPPING, UNEXPECTED, problem_content
from ui.api.schemas.answer import AnswerOut
from ui.api.schemas.refusals import ANSWERING, NOT_FOUND, refusals
from ui.api.schemas.streaming import STREAM

CHANNEL, STREAMED = "api", "api-stream"


def asking_routes(service: QuestionService) -> APIRouter:
    """Return the routes that answer."""
    routes = APIRouter(prefix="/api/v1", tags=["问答"])

    @routes.post(
        "/ask",
        summary="回答一个问题，附依据、算式和条件",
        description="结果见 outcome：已回答、需补充信息、未收录、不予处理、出错。金额是十进制字符串，单位元",
        response_class=Json,
        responses={200: {"model": AnswerOut, "description": "回答"}, **refusals(*ANSWERING, NOT_FOUND)},
    )
    async def ask(body: AskBody, request: Request) -> Json:
        question = await _question(service, body, owner_of(request))
        return Json(answer_json(await service.ask(question, CHANNEL)))

    @routes.post(
        "/ask/stream",
        summary="边做边答（SSE）",
        description=(
            "事件依次为 step（做到哪一步）、text（已核对的文字，可直接拼接）、answer（完整回答，与 /ask "
            "相同，总在最后）；中途失败为 error（与错误响应同形）。以冒号开头的行是保持连接的注释，忽略即可。"
        ),
        response_class=EventStream,
        responses={200: STREAM, **refusals(*ANSWERING, NOT_FOUND)},
    )
    async def ask_stream(body: AskBody, request: Request) -> EventStream:
        question = await _question(service, body, owner_of(request))
        place = await service.queue.place()
        listening = Listening(
            service, place, partial(service.application.assistant.stream, question), STREAMED
        )
        return EventStream(_written(listening.heard()))

    return routes


async def _question(service: QuestionService, body: AskBody, owner: str | None) -> Question:
    """Return what is asked.

    Raises:
        UnknownIdError: a document it is limited to is not there.
        UnknownConversationError: it goes on with a conversation that another key began.
    """
    for slug in body.documents:
        service.application.corpus.document(slug)
    conversation = body.conversation_id or uuid.uuid4().hex
    if body.conversation_id and owner:
        await run_in_threadpool(check_is_own, service.application, conversation, owner)
    return Question(body.question, body.day, conversation, tuple(body.documents), owner=owner)


async def _written(heard: AsyncIterator[Heard]) -> AsyncIterator[bytes]:
    async for event in heard:
        yield written(event)


def written(event: Heard) -> bytes:
    r"""Return an event as it goes over the wire.

    >>> written(TextPiece("最高〔1〕")).decode()
    'event: text\ndata: {"text":"最高〔1〕"}\n\n'
    """
    match event:
        case StepStarted(name, label):
            return _event("step", {"name": name, "label": label})
        case TextPiece(text):
            return _event("text", {"text": text})
        case Answered(answer):
            return _event("answer", answer_json(answer))
        case Silence():
            return format_sse_event(comment="稍候")
        case Stopped():
            return _event("error", problem_content(503, STOPPING))
        case Broken():
            return _event("error", problem_content(500, UNEXPECTED))


def _event(name: str, data: object) -> bytes:
    return format_sse_event(event=name, data_str=json_bytes(data).decode())
