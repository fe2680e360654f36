"""企业微信 智能机器人 at `/wecom/bot`: sealed JSON, and answers in streams the platform polls."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ValidationError

from ui.bots.bot_events import BotMessage, read_bot_message
from ui.bots.callbacks import Signed, body_of, confirmed, listening, refused, signed_by, text_response
from ui.bots.calling import Caller
from ui.bots.channels import WECOM_BOT
from ui.bots.errors import CallbackError, MalformedError, SealError
from ui.bots.message_service import Incoming, MessageService, Reply
from ui.bots.records import Way
from ui.bots.rendering import STREAM_BYTES
from ui.bots.replies import Ask
from ui.bots.sealing import Sealer
from ui.bots.settings import BotSettings
from ui.bots.signing import require_fresh, require_signed, signature
from ui.bots.verdicts import Verdicts
from ui.bots.words import bot_words

FIRST_HOLD_S = 1.5  # a quick answer needs no second post
POLL_HOLD_S = 1.0


class _Envelope(BaseModel):
    encrypt: str


class WeComBot:
    """One 智能机器人 of a company."""

    def __init__(self, settings: BotSettings, service: MessageService, verdicts: Verdicts) -> None:
        key = settings.wecom_bot_aes_key.get_secret_value().strip()
        self._settings = settings
        self._service = service
        self._verdicts = verdicts
        self._token = settings.wecom_bot_token.get_secret_value().strip()
        self._sealer = Sealer(key, "")
        self._secret = key.encode()
        self._caller = Caller(settings.wecom_api)

    def opened(self, signed: Signed, sealed: str) -> str:
        """Return what was sealed and signed for us, lately.

        Raises:
            ForgedError: it is not signed, or long ago.
            MalformedError: it cannot be opened.
        """
        require_fresh(signed.timestamp, time.time(), self._settings.bot_clock_window_s)
        require_signed(signed.msg_signature, self._token, signed.timestamp, signed.nonce, sealed)
        try:
            return self._sealer.open(sealed)
        except SealError:
            raise MalformedError("密文读不出来。") from None

    def read(self, signed: Signed, body: bytes) -> BotMessage:
        """Return the message in a body."""
        try:
            sealed = _Envelope.model_validate_json(body).encrypt
        except ValidationError:
            raise MalformedError("内容不是可用的 JSON。") from None
        return read_bot_message(self.opened(signed, sealed))

    def arrived(self) -> float:
        """Return when the post that is being handled arrived."""
        return self._service.arrivals.now()

    async def answer(self, message: BotMessage, nonce: str, request: Request, arrived: float) -> Response:
        """Reply to a callback that arrived at a moment of the service's clock."""
        if message.msgtype == "stream":
            async with listening(request) as gone:
                return await self._polled(message, nonce, gone, arrived)
        if message.msgtype == "event":
            return await self._happened(message, nonce)
        if not message.words:
            return self._closed(nonce, message.msgid or "-", bot_words().say("other_kind"))
        async with listening(request) as gone:
            return await self._asked(message, nonce, gone, arrived)

    async def _asked(
        self, message: BotMessage, nonce: str, gone: asyncio.Task[None], arrived: float
    ) -> Response:
        url = message.response_url if self._caller.is_there(message.response_url) else None
        incoming = Incoming(
            WECOM_BOT,
            _account(message),
            message.sender.userid,
            _id(message),
            message.words,
            Way.STREAM,
            url,
            STREAM_BYTES,
        )
        new, accepted = await self._service.take(incoming, self._secret)
        refusal = self._service.refusal(accepted)
        if refusal is not None:
            return self._closed(nonce, new.key, refusal)
        left = self._service.left_of(arrived, min(FIRST_HOLD_S, self._settings.bot_hold_s))
        if await self._service.hold(new, left, gone):
            return await self._finished(nonce, new.key, gone)
        return self._open(nonce, new.key)

    async def _polled(
        self, message: BotMessage, nonce: str, gone: asyncio.Task[None], arrived: float
    ) -> Response:
        key = message.stream.id
        state = await self._service.lanes.states.run(key)
        if state is None:
            return self._closed(nonce, key, bot_words().say("gone_stream"))
        if state.reply is None and not state.is_done and state.age_s > self._settings.bot_stream_s:
            await self._service.threads.run(self._service.outbox.turn_late, key)
            return self._closed(nonce, key, bot_words().say("too_slow"))
        if state.way is Way.LATE:
            return self._closed(nonce, key, bot_words().say("too_slow"))
        if state.reply is None and not state.is_done:
            left = self._service.left_of(arrived, min(POLL_HOLD_S, self._settings.bot_hold_s))
            if not await self._service.hold_for(key, left, gone):
                latest = await self._service.lanes.states.run(key)
                return self._open(nonce, key, latest.progress if latest else None)
        return await self._finished(nonce, key, gone)

    async def _happened(self, message: BotMessage, nonce: str) -> Response:
        event = message.event
        if event.eventtype == "enter_chat":
            return self._sealed(
                nonce, {"msgtype": "text", "text": {"content": bot_words().say("welcome")}}, Reply()
            )
        if event.eventtype == "feedback_event" and event.feedback_event.id:
            await self._service.threads.run(self._verdicts.keep, event.feedback_event, WECOM_BOT)
        return Response(status_code=200)

    def _open(self, nonce: str, key: str, progress: str | None = None) -> Response:
        """Return a stream that goes on. What it shows replaces what was shown: it is never blank."""
        return self._stream(nonce, key, progress or bot_words().say("working"), Reply(), is_finished=False)

    def _closed(self, nonce: str, key: str, text: str) -> Response:
        return self._stream(nonce, key, text, Reply(), is_finished=True)

    async def _finished(self, nonce: str, key: str, gone: asyncio.Task[None]) -> Response:
        reply = await self._service.reply(Ask(key, STREAM_BYTES), gone)
        if reply is None:
            return Response(status_code=204)  # nobody hears it
        return self._stream(
            nonce, key, reply.text or bot_words().say("nothing_more"), reply, is_finished=True
        )

    def _stream(self, nonce: str, key: str, text: str, reply: Reply, is_finished: bool) -> Response:
        stream = {"id": key, "finish": is_finished, "content": text, "feedback": {"id": key}}
        return self._sealed(nonce, {"msgtype": "stream", "stream": stream}, reply)

    def _sealed(self, nonce: str, message: dict[str, Any], reply: Reply) -> Response:
        sealed = self._sealer.seal(json.dumps(message, ensure_ascii=False))
        at = int(time.time())
        signed = signature(self._token, str(at), nonce, sealed)
        body = {"encrypt": sealed, "msgsignature": signed, "timestamp": at, "nonce": nonce}
        return confirmed(json.dumps(body), "application/json", reply, self._service)


def _account(message: BotMessage) -> str:
    """Return the conversation's place: the bot, and the group where there is one."""
    return f"{message.aibotid}|{message.chatid}"


def _id(message: BotMessage) -> str:
    return message.msgid or f"{message.response_url}|{message.words}"


def wecom_bot_routes(bot: WeComBot) -> APIRouter:
    """Return the routes of a 智能机器人."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/wecom/bot")
    async def check(request: Request) -> Response:
        try:
            signed = signed_by(request)
            return text_response(bot.opened(signed, signed.echo))
        except CallbackError as error:
            raise refused(error) from None

    @routes.post("/wecom/bot")
    async def receive(request: Request) -> Response:
        arrived = bot.arrived()
        signed = signed_by(request)
        try:
            message = bot.read(signed, await body_of(request))
        except CallbackError as error:
            raise refused(error) from None
        return await bot.answer(message, signed.nonce, request, arrived)

    return routes
