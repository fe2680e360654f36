"""What the assistant needs from outside, as Protocols of one or two methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.conversation import Turn
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


class ConversationStore(Protocol):
    """Keeps the turns of a conversation."""

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """Return the turns so far, oldest first; empty for an unknown conversation."""

    def append(self, conversation_id: str, turn: Turn) -> None:
        """Add a turn."""
