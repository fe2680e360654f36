"""What the assistant needs from outside, as Protocols of one or two methods."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.conversation import ConversationSummary, Feedback, Turn
from corpus.model.document import DocumentStatus


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a search may return; every part that is empty lets everything pass.

    `documents` are slugs. `statuses` are judged on `as_of` (None among them: a text that states no validity);
    without statuses a day leaves nothing out, for a draft or an expired document is still found when asked
    for. `regions` are names as documents write them: a document holds in a region when it is that region's
    own or that of one around it, so that 上海市长宁区 lets the documents of 上海市 pass too. `levels` are
    those of the documents (city, district).
    """

    documents: tuple[str, ...] = ()
    as_of: date | None = None
    statuses: tuple[DocumentStatus | None, ...] = ()
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse statuses without the day they are judged on."""
        if self.statuses and self.as_of is None:
            raise ValueError("SearchFilter.statuses needs as_of, the day on which they are judged")

    @property
    def is_open(self) -> bool:
        """Tell whether everything passes."""
        return not (self.documents or self.statuses or self.regions or self.levels)


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found. `score` is comparable within one search; `parts` explains it, name by name."""

    clause_id: str
    score: float
    parts: tuple[tuple[str, float], ...] = ()


class ClauseIndex(Protocol):
    """Finds clauses for a question."""

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the best clauses, best first."""


class Embedder(Protocol):
    """Turns texts into vectors of one fixed length. `name` changes whenever the vectors would."""

    @property
    def name(self) -> str:
        """Identify the model and its version; part of the index key."""

    def embed(self, texts: Sequence[str], is_query: bool = False) -> Sequence[Sequence[float]]:
        """Return one unit-length vector a text."""


class NotKeptError(Exception):
    """Raised by a store that cannot read or keep a conversation; the message is Chinese and for people.

    `turns` is what could be remembered all the same.
    """

    def __init__(self, message: str, turns: tuple[Turn, ...] = ()) -> None:
        super().__init__(message)
        self.turns = turns


class ConversationStore(Protocol):
    """Keeps the turns of a conversation."""

    def turns(self, conversation_id: str, owner: str | None = None) -> tuple[Turn, ...]:
        """Return the latest turns, oldest first; empty for a conversation unknown, expired or of another.

        Raises:
            NotKeptError: the store fails.
        """

    def append(self, conversation_id: str, turn: Turn, owner: str | None = None) -> None:
        """Add a turn; a new conversation belongs to `owner`.

        Raises:
            NotKeptError: the store fails, or the conversation belongs to another owner.
        """


class ConversationArchive(Protocol):
    """Lets people see what is kept of their conversations, and have it deleted. Expired ones are gone.

    Where an `owner` is given, conversations of anyone else are as good as unknown.
    """

    def conversations(self, owner: str | None = None, limit: int = 50) -> tuple[ConversationSummary, ...]:
        """Return the conversations, the one last spoken in first; of one owner, or all."""

    def conversation(self, conversation_id: str, owner: str | None = None) -> ConversationSummary | None:
        """Return one conversation, None where there is none."""

    def is_of_another(self, conversation_id: str, owner: str) -> bool:
        """Tell whether there is such a conversation and it does not belong to `owner`.

        Raises:
            NotKeptError: the store fails and it cannot be known.
        """

    def rename(self, conversation_id: str, title: str, owner: str | None = None) -> bool:
        """Give a conversation another title; tell whether there was one."""

    def forget(self, conversation_id: str, owner: str | None = None) -> bool:
        """Delete a conversation with all its turns; tell whether there was one."""


class Conversations(ConversationStore, ConversationArchive, Protocol):
    """Both: what remembers for the assistant, and shows people what it remembers."""


class FeedbackStore(Protocol):
    """Keeps what people think of answers: one verdict an answer, the last one counts."""

    def give(self, feedback: Feedback) -> None:
        """Keep a verdict in place of an earlier one on the same answer."""

    def withdraw(self, conversation_id: str, turn: int) -> None:
        """Forget the verdict on an answer; there may be none."""

    def given(self, conversation_id: str) -> tuple[Feedback, ...]:
        """Return the verdicts on a conversation's answers, in the order of the answers."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a language model. `role` is system, user or assistant."""

    role: str
    text: str


class LanguageModelError(Exception):
    """Raised where a language model gives no whole reply; the message says why, in Chinese, no secrets."""


class LanguageModel(Protocol):
    """Writes text. What it writes is data: nothing of it is believed or shown unless it has been checked."""

    def write(self, messages: Sequence[Message], within: float) -> Generator[str, None, None]:
        """Yield the reply piece by piece, whole within so many seconds.

        Raises:
            LanguageModelError: there is no reply, or it breaks off.
        """
