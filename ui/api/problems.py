"""What becomes of errors: each a refusal in Chinese, in the shape callers of the path expect."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant.adapters.errors import AdapterError
from assistant.calculator.facts import FactError
from corpus.errors import CorpusError, UnknownIdError
from ui.api.conversations import UnknownConversationError
from ui.api.gate.queue import BusyError
from ui.api.gate.rates import TooOftenError
from ui.api.gate.request_ids import request_id
from ui.api.json_response import Json
from ui.api.refusals import NOT_READY, TITLES, UNEXPECTED, refusal
from ui.api.watch.observing import route_of
from ui.dates import DayError
from ui.questions import QuestionError

LOG = logging.getLogger(__name__)

_FIELD_MESSAGES = {
    "missing": "缺少这一项",
    "string_type": "应当是文字",
    "string_too_short": "不能为空",
    "string_too_long": "太长，最多 {max_length} 个字",
    "dict_type": "应当是“名称: 取值”的对象",
    "list_type": "应当是列表",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "greater_than_equal": "最小是 {ge}",
    "less_than_equal": "最大是 {le}",
    "literal_error": "只能是 {expected} 之一",
    "model_attributes_type": "应当是一个 JSON 对象",
    "extra_forbidden": "不认识这一项",
    "json_invalid": "不是完整的 JSON",
    "too_long": "太多，最多 {max_length} 项",
    "too_short": "太少，至少 {min_length} 项",
}


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of the application a refusal in Chinese."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    for unknown in (UnknownIdError, UnknownConversationError):
        app.add_exception_handler(unknown, _unknown)
    for unavailable in (CorpusError, AdapterError):
        app.add_exception_handler(unavailable, _unavailable)
    for bad_input in (DayError, QuestionError, FactError):
        app.add_exception_handler(bad_input, _bad_input)
    app.add_exception_handler(BusyError, _busy)
    app.add_exception_handler(TooOftenError, _too_often)
    app.add_exception_handler(Exception, _unexpected)


async def _invalid(request: Request, error: Exception) -> Json:
    assert isinstance(error, RequestValidationError)
    errors = [{"field": _field(each["loc"]), "message": _message(each)} for each in error.errors()]
    detail = "；".join(
        f"{each['field']}：{each['message']}" if each["field"] else each["message"] for each in errors
    )
    return refusal(request.url.path, 422, f"{detail}。", errors)


async def _http(request: Request, error: Exception) -> Json:
    assert isinstance(error, HTTPException)
    title = TITLES.get(error.status_code, "请求未能完成")
    path = request.url.path
    return refusal(path, error.status_code, f"{title}：{path}", headers=error.headers)


async def _unknown(request: Request, error: Exception) -> Json:
    return refusal(request.url.path, 404, str(error))


async def _bad_input(request: Request, error: Exception) -> Json:
    return refusal(request.url.path, 422, str(error))


async def _unavailable(request: Request, error: Exception) -> Json:
    LOG.error("the corpus or the index cannot be used [%s]: %s", request_id(), error)
    return refusal(request.url.path, 503, NOT_READY)


async def _busy(request: Request, error: Exception) -> Json:
    assert isinstance(error, BusyError)
    return refusal(request.url.path, 503, str(error), headers={"Retry-After": str(error.retry_s)})


async def _too_often(request: Request, error: Exception) -> Json:
    assert isinstance(error, TooOftenError)
    return refusal(request.url.path, 429, str(error), headers={"Retry-After": str(error.retry_s)})


async def _unexpected(request: Request, error: Exception) -> Json:
    LOG.error("unexpected failure at %s [%s]", route_of(request.scope), request_id(), exc_info=error)
    return refusal(request.url.path, 500, UNEXPECTED)


def _field(place: tuple[str | int, ...]) -> str:
    return ".".join(
        str(part) for part in place if part not in {"body", "query", "path"} and not isinstance(part, int)
    )


def _message(error: Mapping[str, Any]) -> str:
    context = dict(error.get("ctx", {}))
    if error["type"] == "value_error":
        return str(context["error"]).rstrip("。")
    if error["type"] == "missing" and not _field(error["loc"]):
        return "请求没有内容，应当是一个 JSON 对象"
    if error["type"] == "literal_error":
        context["expected"] = "、".join(re.findall(r"'([^']*)'", context["expected"]))
    words = _FIELD_MESSAGES.get(error["type"], "内容不合要求")
    return words.format(**context) if "{" in words else words
