"""What every face stands on: a corpus, and someone who answers questions about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assistant.conversation import Answer, Question

if TYPE_CHECKING:
    from corpus.store import Corpus


class Answers(Protocol):
    """Answers questions."""

    def ask(self, question: Question) -> Answer:
        """Return the answer to one question."""


class Application(Protocol):
    """The loaded program: reading `assistant` for the first time may open the search index."""

    @property
    def corpus(self) -> Corpus:
        """Return the checked corpus."""

    @property
    def assistant(self) -> Answers:
        """Return who answers."""
