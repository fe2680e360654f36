"""`/healthz` (the process lives), `/readyz` (it can answer) and `/metrics` (figures for Prometheus)."""

from __future__ import annotations

import logging
from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.adapters.errors import AdapterError
from corpus.errors import CorpusError
from ui.api.gate.keys import Keys, key_in
from ui.api.json_response import Json
from ui.api.question_service import QuestionService
from ui.api.refusals import NOT_READY, refusal
from ui.api.schemas.corpus import LiveOut, ReadyOut
from ui.api.schemas.refusals import UNAVAILABLE, refusals
from ui.api.watch.metrics import CONTENT_TYPE
from ui.warm_up import NotReadyError

LOG = logging.getLogger(__name__)
_LOADING = "正在载入政策库和索引，请稍候。"
_CLOSING = "服务正在停止，请把请求转到别处。"


def health_routes(
    service: QuestionService,
    check_store: Callable[[], None] | None,
    check_loaded: Callable[[], None] | None = None,
) -> APIRouter:
    """Return the routes a load balancer asks.

    `check_store` raises where nothing can be kept, `check_loaded` while something is still to be loaded.
    """
    routes = APIRouter(tags=["状态"], default_response_class=Json)

    @routes.get(
        "/healthz",
        summary="进程是否在运行",
        description="只要进程在运行就是 ok；不检查政策库。",
        responses={200: {"model": LiveOut, "description": "在运行"}},
    )
    async def healthz() -> Json:
        return Json({"status": "ok"})

    @routes.get(
        "/readyz",
        summary="政策库、索引和数据库是否就绪",
        description="停止前先变为 503，让负载均衡不再转来新请求。",
        responses={200: {"model": ReadyOut, "description": "就绪"}, **refusals(500, UNAVAILABLE)},
    )
    def readyz(request: Request) -> Json:
        if service.drain.is_draining:
            return refusal(request.url.path, 503, _CLOSING)
        try:
            if check_loaded is not None:
                check_loaded()
            corpus = service.application.corpus
            service.application.index.opened()
            if check_store is not None:
                check_store()
        except NotReadyError:
            return refusal(request.url.path, 503, _LOADING)
        except (CorpusError, AdapterError) as error:
            LOG.error("not ready: %s", error)
            return refusal(request.url.path, 503, NOT_READY)
        return Json({"status": "ready", "documents": len(corpus.documents), "corpus": corpus.digest})

    if service.settings.metrics != "off":
        routes.include_router(_metrics_route(service))
    return routes


def _metrics_route(service: QuestionService) -> APIRouter:
    routes = APIRouter(tags=["状态"])
    keys = Keys(service.settings.keys if service.settings.metrics == "key" else ())

    @routes.get(
        "/metrics",
        summary="Prometheus 指标",
        description="请求、回答、各步用时、队列、机器人的问题；标签里没有用户内容。POLICY_METRICS 可关闭。",
        response_class=Response,
        responses={
            200: {"description": "指标", "content": {"text/plain": {"schema": {"type": "string"}}}},
            **refusals(401, 500),
        },
    )
    def metrics(request: Request) -> Response:
        if keys and keys.caller(key_in(request.headers)) is None:
            return refusal(request.url.path, 401, "请带上密钥。", headers={"WWW-Authenticate": "Bearer"})
        service.metrics.watch(service.queue)
        return Response(service.metrics.text(), media_type=CONTENT_TYPE)

    return routes
