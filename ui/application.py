"""What every face stands on: a corpus, a search index, and someone who answers questions about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from assistant.conversation import Answer, Event, Question, Turn

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from assistant.adapters.hybrid_index import HybridIndex
    from assistant.ports import Conversations, FeedbackStore, Hit, SearchFilter
    from assistant.settings import Settings
    from corpus.store import Corpus


class Answers(Protocol):
    """Answers questions."""

    def ask(self, question: Question) -> Answer:
        """Return the answer to one question."""

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield each step as it starts, the text piece by piece, and last the whole answer."""


class Index(Protocol):
    """The search index, opened or built on first use."""

    def opened(self, progress: bool = False, rebuild: bool = False) -> HybridIndex:
        """Return the open index; say in Chinese why it cannot be opened."""

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the best clauses, best first, opening the index before if need be."""


class Database(Protocol):
    """Where everything is kept that must outlive the process; opened when first asked for."""

    def opened(self) -> Engine:
        """Return the one engine of this process; say in Chinese why it cannot be opened."""


class Application(Protocol):
    """The loaded program; what is not used is not loaded."""

    @property
    def settings(self) -> Settings:
        """Return what was set."""

    @property
    def corpus(self) -> Corpus:
        """Return the checked corpus."""

    @property
    def index(self) -> Index:
        """Return the search index, perhaps not yet open."""

    @property
    def assistant(self) -> Answers:
        """Return who answers."""

    @property
    def hermetic(self) -> Answers:
        """Return who answers without keeping anything beyond this run."""

    def read_again(self, questions: Sequence[str], as_of: date) -> tuple[Turn, ...]:
        """Return the turns of a conversation someone else keeps, its questions read anew."""

    @property
    def database(self) -> Database:
        """Return the database all that is kept is in."""

    @property
    def conversations(self) -> Conversations:
        """Return what is kept of conversations."""

    @property
    def feedback(self) -> FeedbackStore:
        """Return what keeps people's verdicts on answers."""

    def refresh(self) -> None:
        """Take up documents that were added or removed; everything else stays."""

    def warm_up(self) -> None:
        """Load whatever a first answer would otherwise wait for; say in Chinese what cannot be loaded."""
