"""The streamed answer, as the description shows it."""

from __future__ import annotations

from typing import Any

_EXAMPLE = """event: step
data: {"name": "retrieve", "label": "正在查找条款"}

event: text
data: {"text": "按草案测算，最高可获240万元〔1〕。"}

event: answer
data: {"outcome": "answered", "text": "按草案测算，最高可获240万元〔1〕。", "…": "与 /ask 的回答相同"}

"""
_EVENT = {
    "type": "object",
    "properties": {
        "event": {"type": "string", "enum": ["step", "text", "answer", "error"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["event", "data"],
}
STREAM: dict[str, Any] = {
    "description": "事件流：step、text、answer，或 error",
    "content": {"text/event-stream": {"itemSchema": _EVENT, "example": _EXAMPLE}},
}
