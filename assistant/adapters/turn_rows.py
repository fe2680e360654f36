"""A turn as a row of a table: the words in columns of their own, the reading as JSON; and back.

A reading written by another release is read leniently: what it lacks has its default, what is new to us
is left out.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.conversation import Outcome, Turn

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_WORDS = ("question", "answer_text", "outcome", "at")


def row_of(turn: Turn) -> dict[str, str]:
    """Return the columns of a turn, fit for any database."""
    reading = {name: value for name, value in asdict(turn).items() if name not in _WORDS}
    return {
        "question": storable(turn.question),
        "answer_text": storable(turn.answer_text),
        "outcome": turn.outcome.value,
        "reading": json.dumps(reading, default=_written),
    }


def turn_of_row(question: str, answer_text: str, outcome: str, reading: str, at_ms: int) -> Turn:
    """Return the turn of a row; a reading that no longer fits is left out, the words are always there."""
    from pydantic import ValidationError

    words = {"question": question, "answer_text": answer_text, "outcome": outcome}
    try:
        turn = _turns().validate_python({**json.loads(reading), **words})
    except (ValidationError, ValueError, TypeError):
        turn = Turn(question, answer_text, Outcome(outcome))
    return replace(turn, at=moment(at_ms))


def moment(at_ms: int) -> datetime:
    """Return milliseconds since 1970 as a point in time.

    >>> moment(0).isoformat()
    '1970-01-01T00:00:00+00:00'
    """
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def storable(text: str) -> str:
    r"""Return a text without what no database takes: the zero character and halves of characters.

    >>> storable("补贴\x00多少\ud83d")
    '补贴多少?'
    """
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


@cache
def _turns() -> TypeAdapter[Turn]:
    from pydantic import TypeAdapter

    return TypeAdapter(Turn)


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a turn holds no {type(value).__name__}")
