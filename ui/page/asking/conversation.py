"""What one browser tab has asked so far: frozen, so that a tab can only ever see its own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace

from assistant.conversation import Answer


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer; until the answer is there, or when it failed, `answer` is None.

    `step` says in Chinese what is being done, `shown` what of the answer has been told so far. `verdict` is
    what the person thinks of the answer (赞 True, 踩 False), `is_reason_given` whether they said why.
    """

    question: str
    answer: Answer | None = None
    failure: str | None = None
    step: str = ""
    shown: str = ""
    verdict: bool | None = None
    is_reason_given: bool = False
    note: str = ""

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

    def working(self, step: str, shown: str) -> Conversation:
        """Return the conversation with what is being done about its last question."""
        return self._changed(step=step, shown=shown)

    def answered(self, answer: Answer, note: str = "") -> Conversation:
        """Return the conversation with its last question answered."""
        return self._changed(answer=answer, note=note)

    def failed(self, failure: str) -> Conversation:
        """Return the conversation with its last question marked as failed, and why in Chinese."""
        return self._changed(failure=failure)

    def judged(self, turn: int, verdict: bool | None, is_reason_given: bool) -> Conversation:
        """Return the conversation with a person's verdict on the answer of `turn`, counted from 1."""
        changed = [
            replace(one, verdict=verdict, is_reason_given=is_reason_given) if at == turn else one
            for at, one in enumerate(self.exchanges, start=1)
        ]
        return replace(self, exchanges=tuple(changed))

    def answer_of(self, turn: int) -> Answer | None:
        """Return the answer of `turn`, counted from 1; None where there is none."""
        return self.exchanges[turn - 1].answer if 0 < turn <= len(self.exchanges) else None

    def _changed(
        self,
        answer: Answer | None = None,
        failure: str | None = None,
        step: str = "",
        shown: str = "",
        note: str = "",
    ) -> Conversation:
        last = replace(self.exchanges[-1], answer=answer, failure=failure, step=step, shown=shown, note=note)
        return replace(self, exchanges=(*self.exchanges[:-1], last))
