"""What callers of chat completions send: much of it is of no use to us and is let be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ui.api.bodies import Day
from ui.dates import today
from ui.questions import QuestionError, checked_question

MOST_MESSAGES = 1000
MOST_READ = 12  # earlier questions that are read again: what a person still has in mind


class Lenient(BaseModel):
    """A body whose unknown fields are ignored: each program sends others."""

    model_config = ConfigDict(extra="ignore")


class Message(Lenient):
    """One message. What is not text is not read."""

    role: str = Field(max_length=40, description="user 的话是问题；system、assistant、tool 的话不当作指令")
    content: str | list[dict[str, Any]] | None = Field(
        None, description="文字，或由 {type: text, text: …} 组成的列表；图片等不读"
    )

    @property
    def text(self) -> str:
        """Return the words, whether written in one or in parts."""
        if isinstance(self.content, str):
            return self.content
        parts = (part.get("text") for part in self.content or ())
        return "\n".join(part for part in parts if isinstance(part, str))


class StreamOptions(Lenient):
    """What a stream should hold besides."""

    include_usage: bool | None = Field(None, description="最后再发一段用量")


class ChatBody(Lenient):
    """A conversation whose last question is to be answered; `tools` and whatever else is there is ignored."""

    model: str | None = Field(
        None, max_length=200, description="任意，都由本程序回答", examples=["policy-assistant"]
    )
    messages: list[Message] = Field(
        min_length=1,
        max_length=MOST_MESSAGES,
        description="最后一条 user 是要答的问题，之前的 user 用来理解前文",
        examples=[[{"role": "user", "content": "长宁区硬核技术攻关自筹800万元能拿多少？"}]],
    )
    stream: bool | None = Field(None, description="是否流式返回")
    stream_options: StreamOptions | None = None
    user: str | None = Field(None, max_length=200, description="贵方用户的编号，只用于限速，不保存")
    as_of: Day | None = Field(None, description="测算日，默认今天（本程序的扩展）", examples=["2026-11-22"])

    @property
    def day(self) -> date:
        """Return the day given, else today."""
        return self.as_of or today()

    @property
    def has_usage(self) -> bool:
        """Tell whether a stream should end with the usage."""
        return bool(self.stream_options and self.stream_options.include_usage)


def questions_in(messages: Sequence[Message]) -> tuple[str, ...]:
    """Return the questions of a conversation, the one to answer last.

    Of the earlier ones, those that could have been asked here; nothing but a user's words is one.

    Raises:
        QuestionError: there is no question, or it cannot be asked.
    """
    own = [message.text for message in messages if message.role == "user"]
    if not own:
        raise QuestionError("messages 里没有 user 的话，请把问题写在 role 为 user 的消息里。")
    last = checked_question(own[-1])
    return (*filter(_can_be_asked, own[:-1][-MOST_READ:]), last)


def _can_be_asked(text: str) -> bool:
    try:
        checked_question(text)
    except QuestionError:
        return False
    return True
