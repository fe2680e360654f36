"""What a 智能机器人 is posted, validated: a text, a poll for a stream, an event."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ui.bots.errors import MalformedError


def _text(value: object) -> str:
    return value.replace("\x00", "") if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and abs(value) < 10**9 else 0


def _numbers(value: object) -> list[int]:
    return [_number(each) for each in value[:20]] if isinstance(value, list) else []


def _object(value: object) -> object:
    return value if isinstance(value, dict) else {}


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[int, BeforeValidator(_number)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Content(_Part):
    """Words, typed or heard."""

    content: Text = ""


class Item(_Part):
    """One piece of a mixed message."""

    msgtype: Text = ""
    text: Annotated[Content, BeforeValidator(_object)] = Field(default_factory=Content)


class Mixed(_Part):
    """Texts and pictures together."""

    msg_item: Annotated[
        list[Item],
        BeforeValidator(
            lambda value: (
                [each for each in value[:50] if isinstance(each, dict)] if isinstance(value, list) else []
            )
        ),
    ] = Field(default_factory=list)


class Stream(_Part):
    """Which answer is polled for."""

    id: Text = ""


class User(_Part):
    """Who wrote."""

    userid: Text = ""


class FeedbackEvent(_Part):
    """What a user thinks of an answer."""

    id: Text = ""
    type: Number = 0
    content: Text = ""
    inaccurate_reason_list: Annotated[list[int], BeforeValidator(_numbers)] = Field(default_factory=list)


class Event(_Part):
    """Something that happened."""

    eventtype: Text = ""
    feedback_event: Annotated[FeedbackEvent, BeforeValidator(_object)] = Field(default_factory=FeedbackEvent)


class BotMessage(_Part):
    """One callback of a 智能机器人."""

    msgid: Text = ""
    aibotid: Text = ""
    chatid: Text = ""
    chattype: Text = ""
    response_url: Text = ""
    msgtype: Text = ""
    sender: Annotated[User, BeforeValidator(_object)] = Field(default_factory=User, alias="from")
    text: Annotated[Content, BeforeValidator(_object)] = Field(default_factory=Content)
    voice: Annotated[Content, BeforeValidator(_object)] = Field(default_factory=Content)
    mixed: Annotated[Mixed, BeforeValidator(_object)] = Field(default_factory=Mixed)
    stream: Annotated[Stream, BeforeValidator(_object)] = Field(default_factory=Stream)
    event: Annotated[Event, BeforeValidator(_object)] = Field(default_factory=Event)

    @property
    def words(self) -> str:
        """Return what the user said, without the mark (@…) that calls the bot in a group."""
        said = {
            "text": self.text.content,
            "voice": self.voice.content,
            "mixed": " ".join(item.text.content for item in self.mixed.msg_item),
        }.get(self.msgtype, "")
        said = said.strip()
        if self.chattype == "group" and said.startswith("@"):
            said = said.partition(" ")[2] if " " in said else said
        return said.strip()


def read_bot_message(text: str) -> BotMessage:
    """Return the message in a JSON text.

    Raises:
        MalformedError: it is no JSON object.
    """
    try:
        return BotMessage.model_validate_json(text)
    except (ValidationError, RecursionError):
        raise MalformedError("内容不是可用的 JSON。") from None
