"""`POST /api/v1/estimate` and `/match`: the calculator without a question."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.answer_json import match_json, single_estimate_json
from assistant.calculation import estimate_measure, match_measures
from ui.api.bodies import EstimateBody, MatchBody
from ui.api.json_response import Json
from ui.api.schemas.answer import MatchOut, SingleEstimateOut
from ui.api.schemas.refusals import ANSWERING, NOT_FOUND, refusals
from ui.application import Application


def calculating_routes(application: Application) -> APIRouter:
    """Return the routes that compute."""
    routes = APIRouter(prefix="/api/v1", tags=["测算"], default_response_class=Json)

    @routes.post(
        "/estimate",
        summary="按一项措施测算预计可享金额",
        description="facts 的名称见 /measures；取值照平常写法，如 800万元、30%、是；缺什么在 questions 里。",
        responses={
            200: {"model": SingleEstimateOut, "description": "测算"},
            **refusals(*ANSWERING, NOT_FOUND),
        },
    )
    def estimate(body: EstimateBody) -> Json:
        worked = estimate_measure(application.corpus, body.measure, body.facts, body.day)
        return Json(single_estimate_json(worked.estimate, worked.sources, worked.as_of))

    @routes.post(
        "/match",
        summary="按企业情况列出可能适用的全部措施并合并计算",
        description="合计只含现行措施，草案另列；按就高不重复等规则没有计入的，说明是哪一条。",
        responses={
            200: {"model": MatchOut, "description": "可能适用的措施"},
            **refusals(*ANSWERING, NOT_FOUND),
        },
    )
    def match(body: MatchBody) -> Json:
        found = match_measures(application.corpus, body.facts, body.day)
        return Json(match_json(found, found.sources, found.as_of))

    return routes
