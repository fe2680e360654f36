"""`GET /api/v1/documents`, `/measures` and `/clauses/{id}`: what is in the corpus."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ui.api.bodies import Day
from ui.api.json_response import Json
from ui.api.schemas.corpus import ClauseOut, DocumentOut, MeasureOut
from ui.api.schemas.refusals import GUARDED, NOT_FOUND, UNAVAILABLE, refusals
from ui.application import Application
from ui.corpus_json import clause_in_document_json, document_json, measures_json
from ui.dates import today

AsOf = Annotated[Day | None, Query(description="哪一天的效力，默认今天", examples=["2026-11-22"])]
ClauseId = Annotated[str, Path(description="条款编号", examples=["sh-online-economy/16"])]
_ALWAYS = (*GUARDED, 500, UNAVAILABLE)


def browsing_routes(application: Application) -> APIRouter:
    """Return the routes that show the corpus."""
    routes = APIRouter(prefix="/api/v1", tags=["政策库"], default_response_class=Json)

    @routes.get(
        "/documents",
        summary="政策文件：文号、发文机关、状态、有效期",
        description="原文没有写的为空（null），从不补填。",
        responses={
            200: {"model": list[DocumentOut], "description": "全部文件"},
            **refusals(*_ALWAYS, 422),
        },
    )
    def documents(as_of: AsOf = None) -> Json:
        day = as_of or today()
        return Json([document_json(document, day) for document in application.corpus.documents])

    @routes.get(
        "/measures",
        summary="全部措施：公式、所需信息；原文未写金额的也列出",
        description="quantified 为 false 的，原文没有写金额，reason 说明为什么不测算。",
        responses={200: {"model": list[MeasureOut], "description": "全部措施"}, **refusals(*_ALWAYS)},
    )
    def measures() -> Json:
        return Json(measures_json(application.corpus))

    @routes.get(
        "/clauses/{clause_id:path}",
        summary="一条条款的全文、标题和责任单位",
        description="编号见依据里的 clause，如 sh-online-economy/16；编号不对时列出相近的。",
        responses={
            200: {"model": ClauseOut, "description": "条款"},
            **refusals(*_ALWAYS, 422, NOT_FOUND),
        },
    )
    def clause(clause_id: ClauseId, as_of: AsOf = None) -> Json:
        found = application.corpus.clause(clause_id)
        document = application.corpus.document(found.document)
        return Json(clause_in_document_json(found, document, as_of or today()))

    return routes
