"""What the page's own calls must be like: only the routes it needs, bodies it could have sent, not too often.

The page's framework brings many more routes along (uploads, a proxy, calls by name, recordings) and answers
a body it did not foresee with 500. Here the routes are those that the page's script uses, and what it posts
is held against the handler it is for before the framework sees it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.gate.rates import PageRates, TooOftenError
from ui.api.refusals import TITLES, refusal

ROUTES = frozenset(
    (
        *("", "/config", "/theme.css", "/favicon.ico", "/robots.txt"),
        *("/gradio_api/info", "/gradio_api/app_id", "/gradio_api/startup-events"),
        *("/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/cancel", "/gradio_api/reset"),
    )
)
FOLDERS = ("/assets/", "/static/", "/gradio_api/heartbeat/")
JOIN = "/gradio_api/queue/join"
_SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOST_EVENT_DATA = 10_000
_NOT_OURS = "这不是本页面发出的请求，请刷新页面后重试。"

# What each kind of field sends; a state's value stays on the server, and what comes for one is not read.
_KINDS: Mapping[str, tuple[type, ...]] = {
    "Textbox": (str,),
    "Radio": (str, int, float),
    "Dropdown": (str, int, float, list),
    "CheckboxGroup": (list,),
    "Checkbox": (bool,),
    "Number": (int, float),
    "BrowserState": (dict,),
}


class PageCalls:
    """Lets to the page what its script may send. `page` is the framework's application."""

    def __init__(self, app: ASGIApp, page: Any, rates: PageRates) -> None:
        self._app = app
        self._page = page
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path.rstrip("/") not in ROUTES and not path.startswith(FOLDERS):
            await refusal(path, 404, f"{TITLES[404]}：{path}")(scope, receive, send)
        elif scope["method"] == "POST":
            await self._posted(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _posted(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, body = scope["path"], await _whole(receive)
        call = _object_in(body)
        is_join = path.rstrip("/") == JOIN
        handler = self._handler(call) if call is not None and is_join else None
        if call is None or not _is_sendable(call) or (is_join and not _fits(handler, call)):
            await refusal(path, 422, _NOT_OURS)(scope, receive, send)
            return
        if handler is not None:
            try:
                await self._rates.check(scope, getattr(handler.fn, "is_question", False))
            except TooOftenError as error:
                headers = {"Retry-After": str(error.retry_s)}
                await refusal(path, 429, str(error), headers=headers)(scope, receive, send)
                return
        await self._app(scope, _again(body, receive), send)

    def _handler(self, call: Mapping[str, Any]) -> Any:
        """Return the handler that a call is for, those of the session's own fields among them; else None."""
        number, session = call.get("fn_index"), call.get("session_hash")
        if isinstance(number, bool) or not isinstance(number, int) or not isinstance(session, str):
            return None
        known = self._page.state_holder
        handlers = known[session].blocks_config.fns if session in known else self._page.get_blocks().fns
        found = handlers.get(number)
        return found if found is not None and found.fn is not None else None


def _fits(handler: Any, call: Mapping[str, Any]) -> bool:
    """Tell whether a call brings what its handler takes."""
    data = call.get("data")
    if handler is None or not isinstance(data, list) or len(data) != len(handler.inputs):
        return False
    trigger = call.get("trigger_id")
    has_trigger = trigger is None or (isinstance(trigger, int) and not isinstance(trigger, bool))
    return has_trigger and all(map(_is_of_kind, handler.inputs, data))


def _is_of_kind(field: Any, value: object) -> bool:
    kinds = _KINDS.get(type(field).__name__)
    if kinds is None or value is None:
        return True
    if isinstance(value, dict) and not all(isinstance(one, str) for one in value.values()):
        return False
    return isinstance(value, kinds) and (not isinstance(value, bool) or bool in kinds)


def _is_sendable(call: Mapping[str, Any]) -> bool:
    """Tell whether a call is one of a tab, and holds nothing that could not be sent back."""
    session = call.get("session_hash")
    if session is not None and not (isinstance(session, str) and _SESSION.fullmatch(session)):
        return False
    if len(json.dumps(call.get("event_data"))) > _MOST_EVENT_DATA:
        return False
    try:
        json.dumps(call, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a character
        return False
    return True


def _object_in(body: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refuse(word: str) -> object:
    raise ValueError(word)


async def _whole(receive: Receive) -> bytes:
    """Return the body; a guard before this one has bounded it."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives the body once more, and then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received
