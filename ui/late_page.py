"""The page, loaded behind a server that is open already: callbacks and the interface need not wait for it.

Loading the page takes longer than everything else together; until it is there, whoever opens it is asked to
wait a moment, and the browser asks again by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from ui.application import Application

_WAIT = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">'
    "<title>惠企政策问答</title></head><body><p>网页正在打开，请稍候……</p></body></html>"
)


class LatePage:
    """Serves the page once it is loaded; loading begins when `after` has returned, `guard` goes around it.

    `then` is called on the event loop when it is, `failed` when it cannot be; `error` says why.
    """

    def __init__(self, application: Application, after: Callable[[], None] = lambda: None) -> None:
        self.guard: Callable[[FastAPI], None] = lambda _page: None
        self.then: Callable[[], object] = lambda: None
        self.failed: Callable[[], object] = lambda: None
        self.error: BaseException | None = None
        self._application = application
        self._after = after
        self._page: FastAPI | None = None
        self._is_over = asyncio.Event()

    @property
    def is_open(self) -> bool:
        """Tell whether the page is there."""
        return self._page is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if self._page is not None:
            await self._page(scope, receive, send)
            return
        wait = HTMLResponse(_WAIT, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "2"})
        await wait(scope, receive, send)

    @asynccontextmanager
    async def running(self, _: object) -> AsyncIterator[None]:
        """Load the page beside the server, and close it with the server."""
        serving = asyncio.create_task(self._serve())
        serving.add_done_callback(self._ended)
        try:
            yield
        finally:
            self._is_over.set()
            await asyncio.wait((serving,))

    async def _serve(self) -> None:
        page = await asyncio.to_thread(self._loaded)
        async with page.router.lifespan_context(page):
            self._page = page
            self.then()
            await self._is_over.wait()

    def _loaded(self) -> FastAPI:
        self._after()
        from ui.page import mount_page

        page = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
        mount_page(page, self._application)
        self.guard(page)
        return page

    def _ended(self, serving: asyncio.Task[None]) -> None:
        self.error = None if serving.cancelled() else serving.exception()
        if self.error is not None:
            self.failed()
