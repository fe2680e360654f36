"""Everything one server offers, the HTTP interface with the page on it, and how it starts and stops."""

from __future__ import annotations

import asyncio
import math
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from socket import socket
from types import FrameType
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api import create_app
from ui.api.app import PolicyApi
from ui.api.gate.connections import protocol_of
from ui.api.gate.draining import Drain
from ui.api.gate.page_calls import PageCalls
from ui.api.gate.rates import PageRates, page_rates_of
from ui.api.settings import ApiSettings, read_api_settings
from ui.application import Application, Database
from ui.late_page import LatePage
from ui.library_watch import library_watched
from ui.starting import Start, begin
from ui.watchdog import Watchdog

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOOK_AGAIN_SECONDS = 0.5
HEARTBEAT = "/gradio_api/heartbeat/"


def create_server_app(
    application: Application,
    settings: ApiSettings | None = None,
    has_page: bool = True,
    start: Start | None = None,
    page: LatePage | None = None,
) -> PolicyApi:
    """Return the application `serve` runs: the interface and the bots, with the page at `/`.

    It is ready once everything that `start` loads is there; a `page` that is given comes when it is loaded.
    """
    from ui.bots import bot_figures, bot_routes
    from ui.bots.settings import read_bot_settings

    settings = settings or read_api_settings()
    bot_settings = read_bot_settings()
    bots = bot_routes(application, bot_settings, start.answering if start else None)
    check_loaded = start.warm_up.check if start else None
    app = create_app(application, bots, settings, store_check(application.database), check_loaded)
    if bots is not None:
        app.service.metrics.add(bot_figures(application, bot_settings))
    if has_page:
        for path in ("/api", "/v1", "/wechat", "/wecom"):
            app.mount(path, _nothing_else(app))  # else the page would answer, in a shape of its own
        rates = page_rates_of(settings, app.service.rates)
        if page is not None:
            page.guard = lambda loaded: _guard_page(loaded, rates)
            app.include_router(APIRouter(lifespan=page.running))
            app.mount("/", page)
        else:
            from ui.page import mount_page

            mount_page(app, application)
            _guard_page(app, rates)
    return app


def _guard_page(app: FastAPI, rates: PageRates) -> None:
    """Let to the page, which is what is mounted last, only what its script may send."""
    mounted = app.router.routes[-1]
    assert isinstance(mounted, Mount)
    mounted.app = PageCalls(mounted.app, mounted.app, rates)


def _nothing_else(app: PolicyApi) -> ASGIApp:
    """Return what answers where no route does: one of another method says so, else there is none."""

    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        whole = {**scope, "root_path": scope.get("app_root_path", "")}
        for route in app.router.routes:
            match, found = route.matches(whole)
            if match is Match.PARTIAL:
                await route.handle({**whole, **found}, receive, send)
                return
        raise HTTPException(404)

    return refuse


def store_check(database: Database) -> Callable[[], None]:
    """Return what raises where the database cannot be written; it opens when first asked."""
    checked: list[Engine] = []

    def check() -> None:
        from assistant.adapters.database import check_writable, with_tables

        if not checked:
            checked.append(with_tables(database.opened()))
        check_writable(checked[0])

    return check


def run_server(
    application: Application,
    settings: ApiSettings,
    tell: Callable[[int], object],
    listening: socket,
    has_page: bool = True,
    pulse: Callable[[], object] = lambda: None,
) -> None:
    """Serve on an open socket until told to stop; answers under way are finished first, within the grace.

    `tell` is called with the port once people are answered, `pulse` every moment as long as this runs.
    """
    with Watchdog(settings.data_dir, settings.freeze_s, pulse) as watchdog:
        start = begin(application, settings)
        watched = watchdog.watching(application)
        page = LatePage(watched, start.warm_up.wait) if has_page else None
        api = create_server_app(watched, settings, has_page, start, page)
        app = EndsHeartbeats(api, lambda: server.should_exit)
        server = DrainingServer(server_config(app, settings), api.service.drain, settings)
        server.tell = tell
        if page is not None:
            _tell_once_open(server, page, tell)
        with library_watched(application), suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    if page is not None and page.error is not None:
        raise page.error


def _tell_once_open(server: DrainingServer, page: LatePage, tell: Callable[[int], object]) -> None:
    """Tell the port once both the port and the page are open; end the server if the page never will be."""
    ports: list[int] = []

    def told() -> None:
        if ports and page.is_open:
            tell(ports[0])

    def opened(port: int) -> None:
        ports.append(port)
        told()

    def end() -> None:
        server.should_exit = True

    server.tell, page.then, page.failed = opened, told, end


def server_config(app: Any, settings: ApiSettings, **more: Any) -> uvicorn.Config:
    """Return how the server runs: quiet, behind the proxies that are named, with an end to its patience."""
    return uvicorn.Config(
        app,
        log_level="warning",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        http=protocol_of(settings),
        ws="none",
        timeout_graceful_shutdown=math.ceil(settings.stop_s),
        backlog=2048,
        **more,
    )


class DrainingServer(uvicorn.Server):
    """A server that tells when it is open, and told to stop is first no longer ready, then closes."""

    def __init__(self, config: uvicorn.Config, drain: Drain, settings: ApiSettings) -> None:
        super().__init__(config)
        self.tell: Callable[[int], object] = lambda _port: None
        self._drain = drain
        self._settings = settings
        self._closes_at: float | None = None

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Open, and tell the port."""
        _allow_many_files()
        await super().startup(sockets)
        if self.started:
            opened = sockets or self.servers[0].sockets
            self.tell(opened[0].getsockname()[1])

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to close; asked politely for the first time, stay open as long as the settings say."""
        is_first = not self._drain.is_draining
        self._drain.begin(self._settings.drain_s + self._settings.stop_s)
        if is_first and sig == signal.SIGTERM and self._settings.drain_s:
            self._captured_signals.append(sig)
            self._closes_at = time.monotonic() + self._settings.drain_s
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Close once it is time."""
        if self._closes_at is not None and time.monotonic() >= self._closes_at:
            self.should_exit = True
        return await super().on_tick(counter)


def _allow_many_files() -> None:
    """Let this process open as many files, connections among them, as the system allows it to."""
    try:
        import resource
    except ImportError:  # not a system that counts them so
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


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
