"""What the assistant needs from outside, as Protocols of one or two methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.conversation import Turn


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a search may return: documents by slug; empty means all of them."""

    documents: tuple[str, ...] = ()
    as_of: date | None = None


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


class ConversationStore(Protocol):
    """Keeps the turns of a conversation."""

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """Return the turns so far, oldest first; empty for an unknown conversation."""

    def append(self, conversation_id: str, turn: Turn) -> None:
        """Add a turn."""
