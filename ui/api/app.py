"""The FastAPI application: routes, error pages and the guards around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from ui.api.asking import asking_routes
from ui.api.browsing import browsing_routes
from ui.api.calculating import calculating_routes
from ui.api.conversations import conversation_routes
from ui.api.feedback import feedback_routes
from ui.api.gate.draining import Drain
from ui.api.gate.keys import Keys, KeysChecked
from ui.api.gate.queue import Queue
from ui.api.gate.rates import USER, RatesKept, rates_of
from ui.api.gate.request_ids import HEADER, RequestIds
from ui.api.guards import BodyLimit, SecurityHeaders
from ui.api.health import health_routes
from ui.api.openai import openai_routes
from ui.api.problems import install_problem_handlers
from ui.api.question_service import QuestionService
from ui.api.schemas.refusals import Fault, Problem
from ui.api.settings import ApiSettings, default_api_settings
from ui.api.watch.metrics import Metrics
from ui.api.watch.observing import Observed
from ui.application import Application

TITLE = "惠企政策问答与测算"
DESCRIPTION = "对上海惠企政策提问：回答附条款依据；金额由程序按原文计算。内容由AI生成，仅供参考。"
_KEY = {"type": "http", "scheme": "bearer", "description": "设置了 POLICY_API_KEYS 时需要"}


class PolicyApi(FastAPI):
    """The application, with what watches it outermost: even an unexpected failure passes there."""

    service: QuestionService

    def build_middleware_stack(self) -> ASGIApp:
        """Return the application with everything around it."""
        inner = super().build_middleware_stack()
        return RequestIds(Observed(SecurityHeaders(inner), self.service.metrics))

    def openapi(self) -> dict[str, Any]:
        """Return the description, with the shape of the problems every route may answer with."""
        if not self.openapi_schema:
            described = super().openapi()
            parts = described.setdefault("components", {})
            for shape in (Fault, Problem):
                schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
                schema.pop("$defs", None)
                parts.setdefault("schemas", {})[shape.__name__] = schema
            _drop_untrue(described)
            if self.service.settings.keys:
                parts["securitySchemes"] = {"key": _KEY}
                described["security"] = [{"key": []}]
        return super().openapi()


def _drop_untrue(described: dict[str, Any]) -> None:
    """Leave out what the framework supposes: its own shape of a faulty request, and that a stream is text."""
    for operation in (one for path in described["paths"].values() for one in path.values()):
        if "HTTPValidationError" in str(operation["responses"].get("422")):
            del operation["responses"]["422"]
        streamed = operation["responses"].get("200", {}).get("content", {}).get("text/event-stream", {})
        streamed.pop("schema", None)
    for name in ("HTTPValidationError", "ValidationError"):
        described["components"]["schemas"].pop(name, None)


def created_app(
    application: Application,
    bots: APIRouter | None = None,
    settings: ApiSettings | None = None,
    check_store: Callable[[], None] | None = None,
    check_loaded: Callable[[], None] | None = None,
) -> PolicyApi:
    """Return the HTTP application on top of a loaded program.

    The interactive documentation pages are left out: they load scripts from other hosts.

    Raises:
        SettingsError: what counts requests cannot be used here.
    """
    app = PolicyApi(
        title=TITLE,
        description=DESCRIPTION,
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.service = service = _service(application, settings or default_api_settings())
    for router in (
        health_routes(service, check_store, check_loaded),
        asking_routes(service),
        openai_routes(service),
        feedback_routes(application),
        conversation_routes(application),
        browsing_routes(application),
        calculating_routes(application),
    ):
        app.include_router(router)
    if bots is not None:
        app.include_router(bots)
    install_problem_handlers(app)
    _guard(app, service)
    return app


def _service(application: Application, settings: ApiSettings) -> QuestionService:
    queue = Queue(settings.api_at_once, settings.api_waiting, settings.api_wait_s)
    return QuestionService(application, settings, queue, Drain(), Metrics(), rates_of(settings, application))


def _guard(app: FastAPI, service: QuestionService) -> None:
    """Put the guards around the application, the innermost first."""
    settings = service.settings
    app.add_middleware(BodyLimit)
    app.add_middleware(RatesKept, rates=service.rates)
    app.add_middleware(KeysChecked, keys=Keys(settings.keys))
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", HEADER, USER],
            expose_headers=[HEADER, "Retry-After"],
        )
