"""How the interface says no: problem+json (RFC 9457), or for `/v1/…` the shape OpenAI's clients expect.

In Chinese, with the request's id, and without a word of what happened inside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.api.gate.request_ids import request_id
from ui.api.json_response import Json

TITLES = {
    400: "请求有误",
    401: "需要密钥",
    404: "没有找到",
    405: "不支持这种请求方式",
    413: "内容太大",
    422: "内容不合要求",
    429: "请求太频繁",
    500: "服务内部出错",
    503: "暂时不可用",
}
NOT_READY = "政策库、索引或数据库暂时不可用，请管理员查看日志。"
STOPPING = "服务正在重启，这个回答没有说完，请稍后重试。"
UNEXPECTED = "请稍后重试；若一再出现，请联系管理员。"

_OPENAI_TYPES = {
    401: ("authentication_error", "invalid_api_key"),
    404: ("invalid_request_error", "not_found"),
    413: ("invalid_request_error", "request_too_large"),
    429: ("rate_limit_error", "rate_limit_exceeded"),
    500: ("server_error", "internal_error"),
    503: ("server_error", "overloaded"),
}
_SHAPED = "/v1/"


def problem_content(
    status: int, detail: str, errors: Sequence[Mapping[str, str]] = (), title: str | None = None
) -> dict[str, Any]:
    """Return a problem as its JSON."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": title or TITLES.get(status, "请求未能完成"),
        "status": status,
        "detail": detail,
    }
    if errors:
        content["errors"] = list(errors)
    if request_id():
        content["request_id"] = request_id()
    return content


def openai_error(status: int, detail: str, param: str | None = None) -> dict[str, Any]:
    """Return an error as OpenAI's clients read it."""
    kind, code = _OPENAI_TYPES.get(status, ("invalid_request_error", "invalid_value"))
    return {"error": {"message": detail, "type": kind, "param": param, "code": code}}


def refusal(
    path: str,
    status: int,
    detail: str,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Json:
    """Return the response that says no, in the shape callers of this path expect."""
    if path.startswith(_SHAPED):
        status = 400 if status == 422 else status
        param = errors[0]["field"] or None if errors else None
        return Json(openai_error(status, detail, param), status, headers)
    content = problem_content(status, detail, errors)
    return Json(content, status, headers, media_type="application/problem+json")
