"""The platforms' own interfaces as they behave: tokens that end, quotas, refusals, slowness."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request


@dataclass
class FakeApi:
    """Records what is sent. `failing` are codes to answer the next sends with, `rule` one for every send."""

    failing: list[int] = field(default_factory=list)
    rule: int = 0
    delay: float = 0.0
    calls: list[str] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def texts(self, user: str) -> list[str]:
        return [text for to, text in self.sent if to == user]

    def revoke(self) -> None:
        """Let every token end, as another program's call would."""
        self.tokens.clear()

    def token(self, is_forced: bool) -> dict[str, Any]:
        with self._lock:
            self.calls.append("token!" if is_forced else "token")
            time.sleep(self.delay)
            if is_forced or not self.tokens:
                self.tokens = {f"t{next(self._numbers)}" + "x" * 512}
            return {"access_token": next(iter(self.tokens)), "expires_in": 7200}

    def send(self, token: str, body: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self.calls.append("send")
            if token not in self.tokens:
                return {"errcode": 40001, "errmsg": "invalid credential"}
            code = self.failing.pop(0) if self.failing else self.rule
            if code:
                return {"errcode": code, "errmsg": "no"}
            self.bodies.append(body)
            text = body["text"]["content"] if "text" in body else body["markdown"]["content"]
            assert len(text.encode()) <= 20_480
            self.sent.append((body.get("touser", "late"), text))
            return {"errcode": 0, "errmsg": "ok"}

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/cgi-bin/stable_token")
        async def stable_token(request: Request) -> dict[str, Any]:
            return self.token((await request.json())["force_refresh"])

        @app.get("/cgi-bin/gettoken")
        def get_token(corpid: str, corpsecret: str) -> dict[str, Any]:
            return self.token(False)

        @app.post("/cgi-bin/message/{kind:path}")
        async def message(kind: str, access_token: str, request: Request) -> dict[str, Any]:
            body = await request.json()
            if kind == "custom/typing":
                self.calls.append("typing")
                return {"errcode": 0}
            return self.send(access_token, body)

        @app.post("/cgi-bin/aibot/response")
        async def late(response_code: str, request: Request) -> dict[str, Any]:
            self.tokens.add("late")
            return self.send("late", await request.json())

        return app
