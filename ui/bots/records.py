"""What the bots know of a message: how it came in, how far it is, and how its answer travels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.bots.commands import Kind

LONGEST_RUN_S = 600.0  # a job that runs longer is left to the end of its lease


class Way(StrEnum):
    """How an answer travels: in the reply, sent to the user, in a stream polled for, or late by its URL."""

    PASSIVE = "passive"
    PUSH = "push"
    STREAM = "stream"
    LATE = "late"


class Taken(StrEnum):
    """What became of a message that was handed in."""

    NEW = "new"
    AGAIN = "again"
    FULL = "full"
    TOO_MANY = "too_many"
    TOO_FAST = "too_fast"


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message as it came in. `recipient` is the id the platform wants for sending, `person` its hash."""

    key: str
    channel: str
    person: str
    recipient: str
    kind: Kind
    text: str
    way: Way = Way.PASSIVE
    response_url: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message on record: how it was taken, how often it was posted, and the reply it already got."""

    taken: Taken
    posts: int = 1
    reply: str | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A question to compute."""

    key: str
    question: str
    conversation: str
    runs: int
    channel: str
    way: Way = Way.PASSIVE


@dataclass(frozen=True, slots=True)
class JobState:
    """How a message stands, how its answer travels, what was replied, its age, its text so far."""

    is_done: bool
    way: Way
    reply: str | None
    age_s: float
    progress: str | None = None


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question, which of its conversation it was, and the answer as it was shown."""

    conversation: str
    turn: int
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may wait at once, over all and of one person; what one person may send a minute.

    `in_turn_s`: how long a question waits for the one its asker sent before it.
    """

    waiting: int = 10_000
    of_one_person: int = 5
    a_minute: int = 20
    in_turn_s: float = 4.5
