"""`GET /api/v1/documents`, `/measures` and `/clauses/{id}`: what is in the corpus."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.answer_json import Json
from ui.api.bodies import Day
from ui.application import Application
from ui.corpus_json import clause_in_document_json, document_json, measures_json
from ui.dates import today


def browsing_routes(application: Application) -> APIRouter:
    """Return the routes that show the corpus."""
    routes = APIRouter(prefix="/api/v1", tags=["政策库"])

    @routes.get("/documents", summary="政策文件：文号、发文机关、状态、有效期")
    def documents(as_of: Day | None = None) -> list[Json]:
        day = as_of or today()
        return [document_json(document, day) for document in application.corpus.documents]

    @routes.get("/measures", summary="全部措施：公式、所需信息；原文未写金额的也列出")
    def measures() -> list[Json]:
        return measures_json(application.corpus)

    @routes.get("/clauses/{clause_id:path}", summary="一条条款的全文、标题和责任单位")
    def clause(clause_id: str, as_of: Day | None = None) -> Json:
        found = application.corpus.clause(clause_id)
        document = application.corpus.document(found.document)
        return clause_in_document_json(found, document, as_of or today())

    return routes
