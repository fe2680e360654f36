"""The OpenAI-compatible routes. A conversation is what the caller sends; nothing of it is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.conversation import Answered, Event, Outcome, Question, TextPiece
from ui.api.event_stream import EventStream
from ui.api.gate.keys import CALLER
from ui.api.gate.rates import hidden
from ui.api.json_response import Json
from ui.api.listening import Broken, Listening, Silence, Stopped
from ui.api.openai.bodies import ChatBody, questions_in
from ui.api.openai.replies import DONE, MODEL, Reply, broken_off, model_json
from ui.api.openai.wording import after_text
from ui.api.question_service import QuestionService
from ui.api.refusals import STOPPING, UNEXPECTED, openai_error, refusal
from ui.api.schemas.openai import COMPLETION, ModelOut, ModelsOut
from ui.api.schemas.refusals import GUARDED, openai_refusals
from ui.application import Application

CHANNEL = "openai"
_PING = ": 稍候\n\n".encode()


def openai_routes(service: QuestionService) -> APIRouter:
    """Return the routes for OpenAI's clients."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI 兼容"], default_response_class=Json)

    @routes.get(
        "/models",
        summary="可用的模型：只有一个",
        description="不论请求里写哪个模型名，都由本程序回答。",
        responses={200: {"model": ModelsOut, "description": "模型"}, **openai_refusals(*GUARDED, 500)},
    )
    async def models() -> Json:
        return Json({"object": "list", "data": [model_json()]})

    @routes.get(
        "/models/{name:path}",
        summary="这个模型",
        description=f"只有 {MODEL}。",
        responses={
            200: {"model": ModelOut, "description": "模型"},
            **openai_refusals(*GUARDED, 404, 500),
        },
    )
    async def model(name: str, request: Request) -> Json:
        if name != MODEL:
            return refusal(request.url.path, 404, f"没有“{name}”这个模型，只有 {MODEL}。")
        return Json(model_json())

    @routes.post(
        "/chat/completions",
        summary="OpenAI 形式的对话",
        description=(
            "给现成的机器人和 SDK 用：messages 里最后一条 user 是问题，之前的 user 用来理解前文；"
            "system 只当材料，tools 等不认识的项忽略。依据在正文里标〔n〕并列在末尾，"
            "另有 citations 和 policy_answer 两项。流式时末段之前的每段都是已核对的文字。"
        ),
        responses={
            200: COMPLETION,
            **openai_refusals(*GUARDED, 400, 413, 500, 503),
        },
    )
    async def completions(body: ChatBody, request: Request) -> Response:
        questions = questions_in(body.messages)
        await _check_rate(service, request, body.user)
        reply = Reply(body.model or MODEL, [message.text for message in body.messages])
        events = partial(_events, service.application, questions, body.day)
        if body.stream:
            listening = Listening(service, await service.queue.place(), events, CHANNEL)
            return EventStream(_chunks(listening, reply, body.has_usage))
        answered = await service.queue.run(lambda: _last(events()))
        service.answered(answered.answer, CHANNEL)
        if answered.answer.outcome is Outcome.ERROR:
            return refusal(request.url.path, 500, answered.answer.text)
        return Json(reply.whole(answered.answer))

    return routes


def _events(application: Application, questions: tuple[str, ...], day: date) -> Iterator[Event]:
    """Answer the last question as the earlier ones, read again, make it to be understood."""
    *earlier, last = questions
    history = application.read_again(earlier, day)
    yield from application.assistant.stream(Question(last, day, history=history))


def _last(events: Iterator[Event]) -> Answered:
    *_, last = events
    if not isinstance(last, Answered):
        raise TypeError("a stream of events ends with the answer")
    return last


async def _check_rate(service: QuestionService, request: Request, user: str | None) -> None:
    """Count the user a key's holder names in the body, as it counts one named in a header."""
    caller = request.scope.get(CALLER)
    if service.rates is not None and user and caller:
        await service.rates.check_user(caller, hidden(user))


async def _chunks(listening: Listening, reply: Reply, has_usage: bool) -> AsyncIterator[bytes]:
    yield reply.first()
    async for event in listening.heard():
        match event:
            case TextPiece(text):
                yield reply.piece(text)
            case Silence():
                yield _PING
            case Stopped():
                yield broken_off(openai_error(503, STOPPING))
            case Broken():
                yield broken_off(openai_error(500, UNEXPECTED))
            case Answered(answer) if answer.outcome is Outcome.ERROR:
                yield broken_off(openai_error(500, answer.text))
            case Answered(answer):
                rest = after_text(answer)
                yield reply.piece(rest)
                yield reply.last(answer)
                if has_usage:
                    yield reply.usage(answer.text + rest)
                yield DONE
