"""Reading a callback at the edge: its query, its body under the cap, and whether the line is still open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import HTTPException, Request
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from ui.bots.envelopes import MOST_BYTES
from ui.bots.errors import CallbackError, MalformedError
from ui.bots.message_service import MessageService, Reply


@dataclass(frozen=True, slots=True)
class Signed:
    """What the platforms put into the query."""

    signature: str
    msg_signature: str
    timestamp: str
    nonce: str
    echo: str
    is_sealed: bool


def signed_by(request: Request) -> Signed:
    """Return the query of a callback; what is missing is empty."""
    query = request.query_params
    return Signed(
        query.get("signature", ""),
        query.get("msg_signature", ""),
        query.get("timestamp", ""),
        query.get("nonce", ""),
        query.get("echostr", ""),
        query.get("encrypt_type", "") == "aes",
    )


async def body_of(request: Request) -> bytes:
    """Return the body.

    Raises:
        MalformedError: it is over the cap, or the other side hung up before its end.
    """
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                raise MalformedError(f"内容超过 {MOST_BYTES // 1024} KB，不予处理。")
    except ClientDisconnect:
        raise MalformedError("内容没有传完，连接已断开。") from None
    return body


@asynccontextmanager
async def listening(request: Request) -> AsyncIterator[asyncio.Task[None]]:
    """Give a task that ends when the other side hangs up. The body must have been read."""
    gone = asyncio.ensure_future(_hung_up(request))
    try:
        yield gone
    finally:
        gone.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def refused(error: CallbackError) -> HTTPException:
    """Return the refusal as an HTTP error."""
    return HTTPException(error.status, str(error))


def text_response(text: str) -> Response:
    """Return plain text."""
    return Response(text, media_type="text/plain")


def confirmed(body: str, media_type: str, reply: Reply, service: MessageService) -> Response:
    """Return a body; once it is sent, its parts count as delivered."""
    key = reply.key
    after = BackgroundTask(service.lanes.delivered.run, key) if key else None
    return Response(body, media_type=media_type, background=after)
