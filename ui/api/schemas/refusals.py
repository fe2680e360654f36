"""The refusals of the interface, as its description shows them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ui.api.refusals import TITLES
from ui.api.schemas.shape import Shape, named

JSON_BODY = (413, 422)
GUARDED = (401, 429)
NOT_FOUND = 404
UNAVAILABLE = 503
ANSWERING = (*GUARDED, *JSON_BODY, 500, UNAVAILABLE)

_WHEN = {
    401: "设置了密钥，而请求没有带或不对",
    404: "没有这样的编号；说明里列出相近的",
    413: "请求内容超过 64 KB",
    422: "内容不合要求，逐项说明",
    429: "请求太频繁；Retry-After 是要等的秒数",
    500: "服务内部出错，详情只在日志里",
    503: "排队已满，或政策库、索引、数据库暂时不可用；可能带 Retry-After（秒）",
}
_DETAILS = {
    401: "请在 Authorization 里写 Bearer 加密钥，或用 X-API-Key 请求头。",
    404: "没有找到。",
    413: "请求内容超过 64 KB，请缩短后重试。",
    422: "question：缺少这一项。",
    429: "提问太频繁，请 12 秒后再试。",
    500: "请稍后重试；若一再出现，请联系管理员。",
    503: "现在提问的人太多，请 3 秒后再试。",
}


class Fault(Shape):
    """One thing that is not as it should be."""

    model_config = named("不合要求的一项")

    field: str = Field(description="哪一项", examples=["question"])
    message: str = Field(description="哪里不对", examples=["缺少这一项"])


class Problem(Shape):
    """An error as problem+json (RFC 9457)."""

    model_config = named("错误")

    type: str = Field(description="总是 about:blank", examples=["about:blank"])
    title: str = Field(description="哪一类错误", examples=["内容不合要求"])
    status: int = Field(description="HTTP 状态码", examples=[422])
    detail: str = Field(description="中文说明，可直接给用户看", examples=["question：缺少这一项。"])
    errors: list[Fault] | None = Field(None, description="逐项说明，只在 422 时有")
    request_id: str | None = Field(None, description="请求编号，与 X-Request-ID 响应头相同")


class OpenAIFault(Shape):
    """What an error says."""

    model_config = named("错误内容（OpenAI 形式）")

    message: str = Field(description="中文说明")
    type: str = Field(description="错误类别", examples=["invalid_request_error"])
    param: str | None = Field(description="哪一项")
    code: str = Field(description="错误代码", examples=["invalid_value"])


class OpenAIError(Shape):
    """An error as OpenAI's clients know it."""

    model_config = named("错误（OpenAI 形式）")

    error: OpenAIFault


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the description of the refusals a route may give."""
    return {status: _refusal(status) for status in sorted(statuses)}


def openai_refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the same for the routes made for OpenAI's clients."""
    return {
        status: {
            **_retrying(status),
            "model": OpenAIError,
            "description": _WHEN.get(status, _WHEN[422]),
        }
        for status in statuses
    }


def _refusal(status: int) -> dict[str, Any]:
    example = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": _DETAILS[status]}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        **_retrying(status),
        "description": _WHEN[status],
        "content": {"application/problem+json": {"schema": schema, "example": example}},
    }


def _retrying(status: int) -> dict[str, Any]:
    """Return the header that says when to come back, for the refusals that have it."""
    header = {"description": "多少秒后再试", "schema": {"type": "integer", "minimum": 1}}
    return {"headers": {"Retry-After": header}} if status in {429, 503} else {}
