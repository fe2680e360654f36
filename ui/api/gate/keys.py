"""Keys (密钥) of programs that call the interface; where none is set, whoever reaches the port may ask."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.refusals import refusal

GUARDED = ("/api/v1/", "/v1/")
CALLER = "policy.caller"
_MISSING = "请在 Authorization 里写 Bearer 加密钥，或用 X-API-Key 请求头。"
_UNKNOWN = "密钥不对，请向管理员确认。"


class Keys:
    """The keys that are accepted, as digests of one length."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._digests = [sha256(key.encode()).digest() for key in keys]

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._digests)

    def caller(self, given: str) -> str | None:
        """Return the name of the key's holder for limits and logs, None for a key that is not ours.

        Every key is compared, in constant time: how long it takes tells nothing.

        >>> Keys(["a" * 16]).caller("b" * 16) is None
        True
        """
        digest, found = sha256(given.encode()).digest(), None
        for known in self._digests:
            if hmac.compare_digest(known, digest):
                found = known.hex()[:16]
        return found


def key_in(headers: Headers) -> str:
    """Return the key a request brings; empty where it brings none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "").strip()


def owner_of(request: Request) -> str | None:
    """Return whom a request's conversations belong to: its key's holder, None where there are no keys."""
    caller = request.scope.get(CALLER)
    return f"key:{caller}" if caller else None


class KeysChecked:
    """Lets only holders of a key on to what is guarded; who it is stands in the scope."""

    def __init__(self, app: ASGIApp, keys: Keys, guarded: tuple[str, ...] = GUARDED) -> None:
        self._app = app
        self._keys = keys
        self._guarded = guarded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not self._keys or scope["type"] != "http" or not scope["path"].startswith(self._guarded):
            await self._app(scope, receive, send)
            return
        given = key_in(Headers(scope=scope))
        caller = self._keys.caller(given) if given else None
        if caller is None:
            headers = {"WWW-Authenticate": "Bearer"}
            detail = _UNKNOWN if given else _MISSING
            await refusal(scope["path"], 401, detail, headers=headers)(scope, receive, send)
            return
        scope[CALLER] = caller
        await self._app(scope, receive, send)
