"""Guards around every request: security headers, and a cap on what a body may weigh."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.added_headers import adding
from ui.api.refusals import refusal

API_BODY_BYTES = 64 * 1024
PAGE_BODY_BYTES = 4 * 1024 * 1024

# Gradio writes inline scripts and styles; everything else must come from this host.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, adding(HEADERS, send))


class BodyLimit:
    """Refuses a body over the cap, announced or not, before anything parses it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        body = await _read(receive, _limit_for(scope["path"]), _announced(scope))
        if body is None:
            path, limit = scope["path"], _limit_for(scope["path"]) // 1024
            await refusal(path, 413, f"请求内容超过 {limit} KB，请缩短后重试。")(scope, receive, send)
            return
        if body[-1]["type"] == "http.disconnect":
            return  # it never came whole, and nobody is there to be answered
        await self._app(scope, _replay(body, receive), send)


def _limit_for(path: str) -> int:
    return API_BODY_BYTES if path.startswith(("/api/", "/v1/", "/wechat/", "/wecom/")) else PAGE_BODY_BYTES


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _read(receive: Receive, limit: int, announced: int) -> list[Message] | None:
    """Read the body's messages up to the limit; None where it is over."""
    if announced > limit:
        return None
    messages: list[Message] = []
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > limit:
            return None
        if message["type"] != "http.request" or not message.get("more_body"):
            return messages


def _replay(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def replayed() -> Message:
        for message in waiting:
            return message
        return await receive()

    return replayed
