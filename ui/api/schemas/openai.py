"""Completions and models, as the description shows them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from ui.api.schemas.answer import AnswerOut, CitationOut
from ui.api.schemas.shape import Shape, named


class ModelOut(Shape):
    """A model."""

    model_config = named("模型")

    id: str = Field(examples=["policy-assistant"])
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsOut(Shape):
    """The models."""

    model_config = named("模型列表")

    object: Literal["list"]
    data: list[ModelOut]


class SaidOut(Shape):
    """The message of a completion."""

    model_config = named("回答的消息")

    role: Literal["assistant"]
    content: str = Field(description="正文，末尾列出依据")
    refusal: str | None


class ChoiceOut(Shape):
    """The one choice of a completion."""

    model_config = named("回答（只有一个）")

    index: int
    message: SaidOut
    logprobs: None
    finish_reason: Literal["stop"]


class UsageOut(Shape):
    """About how much it was."""

    model_config = named("用量（估计：一个汉字算一个）")

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionOut(Shape):
    """A completion."""

    model_config = named("OpenAI 形式的回答")

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    system_fingerprint: None
    choices: list[ChoiceOut]
    usage: UsageOut
    citations: list[CitationOut] = Field(description="依据（本程序的扩展）")
    policy_answer: AnswerOut = Field(description="完整回答（本程序的扩展）")


_CHUNK = {"type": "object", "properties": {"data": {"type": "string"}}, "required": ["data"]}
COMPLETION: dict[str, Any] = {
    "model": CompletionOut,
    "description": "回答；stream 为 true 时是以 [DONE] 结束的事件流",
    "content": {"text/event-stream": {"itemSchema": _CHUNK}},
}
