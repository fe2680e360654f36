"""Every request counted, timed and written to the log; its route stands there, never its address."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.gate.keys import CALLER
from ui.api.gate.rates import WHO
from ui.api.watch.metrics import Metrics

LOG = logging.getLogger("policy.access")
_OWN = ("/api/", "/v1/", "/wechat/", "/wecom/")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_REFUSED = {401: "key", 429: "rate", 503: "busy"}


class Observed:
    """Counts, times and logs requests."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        finally:
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        if status in _REFUSED:
            self._metrics.refused.labels(_REFUSED[status]).inc()
        about = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000)}
        who = {"key": scope.get(CALLER), "user": scope.get(WHO)}
        LOG.info("request", extra={**about, **{name: one for name, one in who.items() if one}})


def route_of(scope: Scope) -> str:
    """Return the template of a request's route: ids in an address are users' words and stay out.

    >>> route_of({"path": "/api/v1/nowhere/张三"}), route_of({"path": "/assets/index.js"})
    ('unknown', 'page')
    """
    route = getattr(scope.get("route"), "path", None)
    if isinstance(route, str) and route:
        return route.replace(":path}", "}")
    return "unknown" if scope["path"].startswith(_OWN) else "page"
