"""`/healthz` (the process lives) and `/readyz` (it can answer)."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from assistant.adapters.errors import AdapterError
from corpus.errors import CorpusError
from ui.api.problems import NOT_READY, TITLES, problem
from ui.application import Application

LOG = logging.getLogger(__name__)


def health_routes(application: Application) -> APIRouter:
    """Return the routes a load balancer asks."""
    routes = APIRouter(tags=["状态"])

    @routes.get("/healthz", summary="进程是否在运行")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/readyz", summary="政策库和索引是否就绪")
    def readyz() -> JSONResponse:
        try:
            corpus = application.corpus
            application.index.opened()
        except (CorpusError, AdapterError) as error:
            LOG.error("not ready: %s", error)
            return problem(503, TITLES[503], NOT_READY)
        return JSONResponse({"status": "ready", "documents": len(corpus.documents), "corpus": corpus.digest})

    return routes
