"""Verdicts on answers kept in the process: for a program put together without a database."""

from __future__ import annotations

from threading import Lock

from assistant.conversation import Feedback


class FeedbackMemory:
    """The verdicts given since the process began."""

    def __init__(self) -> None:
        self._verdicts: dict[tuple[str, int], Feedback] = {}
        self._lock = Lock()

    def give(self, feedback: Feedback) -> None:
        """Keep a verdict in place of an earlier one on the same answer."""
        with self._lock:
            self._verdicts[feedback.conversation_id, feedback.turn] = feedback

    def withdraw(self, conversation_id: str, turn: int) -> None:
        """Forget the verdict on an answer; there may be none."""
        with self._lock:
            self._verdicts.pop((conversation_id, turn), None)

    def given(self, conversation_id: str) -> tuple[Feedback, ...]:
        """Return the verdicts on a conversation's answers, in the order of the answers."""
        with self._lock:
            found = [one for (name, _), one in self._verdicts.items() if name == conversation_id]
        return tuple(sorted(found, key=lambda one: one.turn))
