"""What came back: one reply a turn, in one shape, whoever answered.

A reply is read from our own answer JSON, or from bare text (a peer product). `Failure` says why there is
none; a number that is no number (NaN, Infinity) makes the whole reply invalid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from typing import Any

Json = Mapping[str, Any]


class Failure(StrEnum):
    """Why a question has no usable reply."""

    ERROR = "error"
    TIMEOUT = "timeout"
    INVALID = "invalid"


class InvalidReplyError(ValueError):
    """Raised for a reply that is not of the contract's shape."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as replied."""

    n: int
    clause: str
    quote: str
    start: int
    end: int
    status: str | None


@dataclass(frozen=True, slots=True)
class Estimated:
    """An estimate as replied; `words` are all its lines: steps, conditions, hints, explanation."""

    measure: str
    status: str
    amount: Decimal | None
    is_upper_bound: bool
    range: tuple[Decimal | None, ...]
    steps: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """The reply to one turn; `raw` is what came back, `seconds` how long it took to come."""

    question: str
    raw: Json
    seconds: float
    failure: Failure | None = None
    failure_note: str = ""

    @cached_property
    def text(self) -> str:
        """Return the words."""
        return str(self.raw.get("text", ""))

    @cached_property
    def outcome(self) -> str | None:
        """Return the machine-readable outcome, None for bare text."""
        found = self.raw.get("outcome")
        return str(found) if found is not None else None

    @property
    def is_text_only(self) -> bool:
        """Tell whether only words came back."""
        return self.outcome is None

    @cached_property
    def citations(self) -> tuple[Cited, ...]:
        """Return the citations."""
        return tuple(_cited(one) for one in self.raw.get("citations", ()))

    @cached_property
    def estimates(self) -> tuple[Estimated, ...]:
        """Return the estimates."""
        return tuple(_estimated(one) for one in self.raw.get("estimates", ()))

    @cached_property
    def totals(self) -> tuple[Decimal, ...]:
        """Return the combined sums that are stated: in force, and drafts."""
        stated = (_decimal(self.raw.get(name)) for name in ("total_yuan", "draft_total_yuan"))
        return tuple(total for total in stated if total is not None)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the facts asked for."""
        return tuple(str(one.get("fact")) for one in self.raw.get("missing", ()))

    @cached_property
    def read_by_people(self) -> str:
        """Return the words a person reads: the text and the warnings."""
        return "\n".join((self.text, *(str(one) for one in self.raw.get("warnings", ()))))


def read_reply(question: str, raw: Json, seconds: float) -> Reply:
    """Return a reply; one of the wrong shape or with a number that is none is a failure.

    >>> read_reply("q", {"outcome": "answered", "text": "好", "total_yuan": "NaN"}, 0.1).failure
    <Failure.INVALID: 'invalid'>
    """
    reply = Reply(question, raw, seconds)
    try:
        if not isinstance(raw.get("text"), str):
            raise InvalidReplyError("没有 text")
        _ = (reply.citations, reply.estimates, reply.totals, reply.missing)
    except (InvalidReplyError, KeyError, TypeError, ValueError, AttributeError) as error:
        return failed(question, Failure.INVALID, f"{type(error).__name__}：{error}", seconds)
    if reply.outcome == "error":
        return Reply(question, raw, seconds, Failure.ERROR, "回答以 error 结束")
    return reply


def failed(question: str, failure: Failure, note: str, seconds: float) -> Reply:
    """Return the reply that is none."""
    return Reply(question, {}, seconds, failure, note)


def _cited(raw: Json) -> Cited:
    return Cited(
        int(raw["n"]),
        str(raw["clause"]),
        str(raw["quote"]),
        int(raw["start"]),
        int(raw["end"]),
        raw.get("status"),
    )


def _estimated(raw: Json) -> Estimated:
    steps = tuple(str(step["text"]) for step in raw.get("steps", ()))
    conditions = [str(one.get(name) or "") for one in raw.get("conditions", ()) for name in ("text", "gap")]
    told = (raw.get("explanation") or "", *raw.get("hints", ()))
    limits: Sequence[object] = raw.get("range_yuan") or ()
    return Estimated(
        measure=str(raw["measure"]),
        status=str(raw["status"]),
        amount=_decimal(raw.get("amount_yuan")),
        is_upper_bound=bool(raw.get("is_upper_bound")),
        range=tuple(_decimal(one) for one in limits),
        steps=steps,
        words=(*steps, *conditions, *(str(one) for one in told)),
    )


def _decimal(raw: object) -> Decimal | None:
    if raw is None:
        return None
    try:
        value = Decimal(str(raw))
    except InvalidOperation as error:
        raise InvalidReplyError(f"“{raw}”不是数") from error
    if not value.is_finite():
        raise InvalidReplyError(f"“{raw}”不是有限的数")
    return value
