"""Everything one server offers, the HTTP interface with the page on it, and how it starts and stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from socket import socket

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api import create_app
from ui.application import Application

GRACE_SECONDS = 5
LOOK_AGAIN_SECONDS = 0.5
HEARTBEAT = "/gradio_api/heartbeat/"


def create_server_app(application: Application) -> FastAPI:
    """Return the application `serve` runs: the interface, with the page at `/`."""
    from ui.bots import bot_routes
    from ui.bots.settings import read_bot_settings
    from ui.page import mount_page

    bots = bot_routes(application, read_bot_settings())
    return mount_page(create_app(application, bots), application)


def run_server(application: Application, host: str, port: int, tell: Callable[[int], object]) -> None:
    """Serve until told to stop; answers under way are finished first, within the grace period.

    `tell` is called with the port once people can connect.
    """
    root = logging.getLogger()
    root.setLevel(min(root.level, logging.WARNING))
    app = EndsHeartbeats(create_server_app(application), lambda: server.should_exit)
    server = _TellingServer(
        uvicorn.Config(
            app,
            host,
            port,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    server.tell = tell
    with suppress(KeyboardInterrupt):
        server.run()


class _TellingServer(uvicorn.Server):
    """A server that tells when it is open."""

    tell: Callable[[int], object]

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.tell(self.servers[0].sockets[0].getsockname()[1])


class EndsHeartbeats:
    """Ends the page's heartbeat streams when the server stops; they would never end by themselves."""

    def __init__(self, app: ASGIApp, is_stopping: Callable[[], bool]) -> None:
        self._app = app
        self._is_stopping = is_stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_heartbeat = scope["type"] == "http" and scope["path"].startswith(HEARTBEAT)
        await self._app(scope, self._until_stopped(receive) if is_heartbeat else receive, send)

    def _until_stopped(self, receive: Receive) -> Receive:
        async def receive_until_stopped() -> Message:
            while not self._is_stopping():
                try:
                    return await asyncio.wait_for(receive(), LOOK_AGAIN_SECONDS)
                except TimeoutError:
                    continue
            return {"type": "http.disconnect"}

        return receive_until_stopped
