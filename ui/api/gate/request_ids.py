"""A request's id: the caller's own where readable, else a new one; in response, logs and problems."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.added_headers import adding

HEADER = "X-Request-ID"
_READABLE = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_CURRENT: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the request being served; empty outside of one."""
    return _CURRENT.get()


class RequestIds:
    """Gives every request an id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        own = given if _READABLE.fullmatch(given) else uuid.uuid4().hex
        token = _CURRENT.set(own)
        try:
            await self._app(scope, receive, adding({HEADER: own}, send))
        finally:
            _CURRENT.reset(token)
