"""`POST /api/v1/estimate` and `/match`: the calculator without a question."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.answer_json import Json, match_json, single_estimate_json
from assistant.calculation import estimate_measure, match_measures
from ui.api.bodies import EstimateBody, MatchBody
from ui.application import Application


def calculating_routes(application: Application) -> APIRouter:
    """Return the routes that compute."""
    routes = APIRouter(prefix="/api/v1", tags=["测算"])

    @routes.post("/estimate", summary="按一项措施测算预计可享金额")
    def estimate(body: EstimateBody) -> Json:
        worked = estimate_measure(application.corpus, body.measure, body.facts, body.day)
        return single_estimate_json(worked.estimate, worked.sources, worked.as_of)

    @routes.post("/match", summary="按企业情况列出可能适用的全部措施并合并计算")
    def match(body: MatchBody) -> Json:
        found = match_measures(application.corpus, body.facts, body.day)
        return match_json(found, found.sources, found.as_of)

    return routes
