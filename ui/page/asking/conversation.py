"""What one browser tab has asked so far: frozen, so that a tab can only ever see its own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace

from assistant.conversation import Answer


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer; until the answer is there, or when it failed, `answer` is None."""

    question: str
    answer: Answer | None = None
    failure: str | None = None

    @property
    def is_pending(self) -> bool:
        """Tell whether the answer is still being worked out."""
        return self.answer is None and self.failure is None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The exchanges so far, oldest first."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    exchanges: tuple[Exchange, ...] = ()

    def asked(self, question: str) -> Conversation:
        """Return the conversation with a new, unanswered question."""
        return replace(self, exchanges=(*self.exchanges, Exchange(question)))

    def answered(self, answer: Answer) -> Conversation:
        """Return the conversation with its last question answered."""
        return self._ended(answer=answer)

    def failed(self, failure: str) -> Conversation:
        """Return the conversation with its last question marked as failed, and why in Chinese."""
        return self._ended(failure=failure)

    def _ended(self, answer: Answer | None = None, failure: str | None = None) -> Conversation:
        last = replace(self.exchanges[-1], answer=answer, failure=failure)
        return replace(self, exchanges=(*self.exchanges[:-1], last))
