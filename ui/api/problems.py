"""Errors of the API as problem+json (RFC 9457), in Chinese, without a word of what happened inside."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.adapters.errors import AdapterError
from assistant.calculator.facts import FactError
from corpus.errors import CorpusError, UnknownIdError
from ui.api.conversations import UnknownConversationError
from ui.dates import DayError
from ui.questions import QuestionError

LOG = logging.getLogger(__name__)

TITLES = {
    400: "请求有误",
    404: "没有找到",
    405: "不支持这种请求方式",
    413: "内容太大",
    422: "内容不合要求",
    500: "服务内部出错",
    503: "暂时不可用",
}

NOT_READY = "政策库、索引或数据库暂时不可用，请管理员查看日志。"

_FIELD_MESSAGES = {
    "missing": "缺少这一项",
    "string_type": "应当是文字",
    "string_too_short": "不能为空",
    "string_too_long": "太长，最多 {max_length} 个字",
    "dict_type": "应当是“名称: 取值”的对象",
    "model_attributes_type": "应当是一个 JSON 对象",
    "extra_forbidden": "不认识这一项",
    "json_invalid": "不是完整的 JSON",
    "too_long": "太多，最多 {max_length} 项",
}


def problem(status: int, title: str, detail: str, errors: list[dict[str, str]] | None = None) -> JSONResponse:
    """Return a problem+json response."""
    content: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        content["errors"] = errors
    return JSONResponse(content, status, media_type="application/problem+json")


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of the application a problem in Chinese."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    for unknown in (UnknownIdError, UnknownConversationError):
        app.add_exception_handler(unknown, _unknown)
    for unavailable in (CorpusError, AdapterError):
        app.add_exception_handler(unavailable, _unavailable)
    for bad_input in (DayError, QuestionError, FactError):
        app.add_exception_handler(bad_input, _bad_input)
    app.add_exception_handler(Exception, _unexpected)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [{"field": _field(each["loc"]), "message": _message(each)} for each in error.errors()]
    detail = "；".join(
        f"{each['field']}：{each['message']}" if each["field"] else each["message"] for each in errors
    )
    return problem(422, TITLES[422], f"{detail}。", errors)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = TITLES.get(error.status_code, "请求未能完成")
    response = problem(error.status_code, title, f"{title}：{request.url.path}")
    response.headers.update(error.headers or {})
    return response


async def _unknown(_: Request, error: Exception) -> JSONResponse:
    return problem(404, TITLES[404], str(error))


async def _bad_input(_: Request, error: Exception) -> JSONResponse:
    return problem(422, TITLES[422], str(error))


async def _unavailable(_: Request, error: Exception) -> JSONResponse:
    LOG.error("the corpus or the index cannot be used: %s", error)
    return problem(503, TITLES[503], NOT_READY)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    LOG.error("unexpected failure at %s", request.url.path, exc_info=error)
    return problem(500, TITLES[500], "请稍后重试；若一再出现，请联系管理员。")


def _field(place: tuple[str | int, ...]) -> str:
    return ".".join(
        str(part) for part in place if part not in {"body", "query", "path"} and not isinstance(part, int)
    )


def _message(error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"]).rstrip("。")
    words = _FIELD_MESSAGES.get(error["type"], "内容不合要求")
    return words.format(**error.get("ctx", {})) if "{" in words else words
