"""What a request may hold, validated at the edge."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ui.dates import parse_day, today
from ui.questions import checked_conversation_id, checked_question

EXAMPLE_ID = "0f8c2f1e-6b0e-4a54-9d0c-5a3d7b1f9e42"  # of a conversation: nobody guesses such a one


def _day(value: object) -> object:
    if isinstance(value, str):
        return parse_day(value)
    if value is None or isinstance(value, date):
        return value
    raise ValueError("应当是文字，如 2026-11-22")


def _question(value: object) -> object:
    return checked_question(value) if isinstance(value, str) else value


def _conversation(value: object) -> object:
    return checked_conversation_id(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day)]
QuestionText = Annotated[str, BeforeValidator(_question)]
ConversationId = Annotated[str, BeforeValidator(_conversation)]
Facts = Annotated[dict[str, str | bool | int], Field(max_length=100)]


class Body(BaseModel):
    """A request body: unknown fields are refused, so that a typing error is seen."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = Field(None, description="测算日，默认今天", examples=["2026-11-22"])

    @property
    def day(self) -> date:
        """Return the day given, else today."""
        return self.as_of or today()


class AskBody(Body):
    """A question."""

    question: QuestionText = Field(
        description="问题，最多 2000 字", examples=["长宁区硬核技术攻关自筹800万元能拿多少？"]
    )
    conversation_id: ConversationId | None = Field(
        None,
        description="接着哪一次对话问，用上次返回的；自取时须猜不到，如 UUID。别的密钥开始的对话视为没有",
        examples=[EXAMPLE_ID],
    )
    documents: list[str] = Field(default_factory=list, max_length=100, description="只看这些文件，默认全部")


class EstimateBody(Body):
    """One measure and what is known of the company."""

    measure: str = Field(max_length=300, examples=["changning-ai-draft/7.1/hard-technology"])
    facts: Facts = Field(default_factory=dict, examples=[{"self_funded_investment": "800万元"}])


class MatchBody(Body):
    """What is known of the company."""

    facts: Facts = Field(default_factory=dict, examples=[{"self_funded_investment": "800万元"}])
