"""The FastAPI application: routes, error pages and the guards around them."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from ui.api.asking import asking_routes
from ui.api.browsing import browsing_routes
from ui.api.calculating import calculating_routes
from ui.api.conversations import conversation_routes
from ui.api.guards import BodyLimit, ClosedPaths, SecurityHeaders
from ui.api.health import health_routes
from ui.api.problems import install_problem_handlers
from ui.application import Application

TITLE = "惠企政策问答与测算"
DESCRIPTION = "对上海惠企政策提问：回答附条款依据；金额由程序按原文计算。内容由AI生成，仅供参考。"


def create_app(application: Application, bots: APIRouter | None = None) -> FastAPI:
    """Return the HTTP application on top of a loaded program.

    The interactive documentation pages are left out: they load scripts from other hosts.
    """
    app = FastAPI(
        title=TITLE,
        description=DESCRIPTION,
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    for router in (
        health_routes(application),
        asking_routes(application),
        conversation_routes(application),
        browsing_routes(application),
        calculating_routes(application),
    ):
        app.include_router(router)
    if bots is not None:
        app.include_router(bots)
    install_problem_handlers(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(ClosedPaths)
    app.add_middleware(SecurityHeaders)
    return app
