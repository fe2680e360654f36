"""The durable store of conversations, opened when first needed, and what happens when it cannot be.

While the database fails, turns are remembered in the process, so that a conversation goes on; the assistant
is told with every one of them that it was not kept. A database that failed is tried again after a while,
not with every question: nobody waits for a dead server twice in a row.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.adapters.errors import DatabaseUnavailableError
from assistant.conversation import ConversationSummary, Turn
from assistant.ports import Conversations, NotKeptError

T = TypeVar("T")
_AGAIN_AFTER_S = 30.0


class DurableConversations:
    """Conversations in the store that `opening` opens."""

    def __init__(
        self, opening: Callable[[], Conversations], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._opening = opening
        self._clock = clock
        self._spare = ConversationMemory()
        self._store: Conversations | None = None
        self._failure: tuple[float, str] | None = None
        self._lock = Lock()

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """Return the latest turns, oldest first.

        Raises:
            NotKeptError: the database fails; the error holds what this process remembers.
        """
        try:
            kept = self._tried(lambda store: store.turns(conversation_id))
        except DatabaseUnavailableError as error:
            raise NotKeptError(str(error), self._spare.turns(conversation_id)) from error
        return (*kept, *self._spare.turns(conversation_id))

    def append(self, conversation_id: str, turn: Turn, owner: str | None = None) -> None:
        """Add a turn, those that could not be kept earlier first.

        Raises:
            NotKeptError: the database fails; the turn is remembered in this process alone.
        """
        waiting = (*self._spare.turns(conversation_id), turn)
        try:
            for one in waiting:
                self._add(conversation_id, one, owner)
        except DatabaseUnavailableError as error:
            self._spare.append(conversation_id, turn, owner)
            raise NotKeptError(str(error)) from error
        self._spare.forget(conversation_id)

    def conversations(self, owner: str | None = None, limit: int = 50) -> tuple[ConversationSummary, ...]:
        """Return the conversations, the one last spoken in first."""
        return self._asked(lambda store: store.conversations(owner, limit))

    def conversation(self, conversation_id: str, owner: str | None = None) -> ConversationSummary | None:
        """Return one conversation, None where there is none."""
        return self._asked(lambda store: store.conversation(conversation_id, owner))

    def rename(self, conversation_id: str, title: str, owner: str | None = None) -> bool:
        """Give a conversation another title; tell whether there was one."""
        return self._asked(lambda store: store.rename(conversation_id, title, owner))

    def forget(self, conversation_id: str, owner: str | None = None) -> bool:
        """Delete a conversation, here and in the database; tell whether there was one."""
        was_here = self._spare.forget(conversation_id, owner)
        return self._asked(lambda store: store.forget(conversation_id, owner)) or was_here

    def _add(self, conversation_id: str, turn: Turn, owner: str | None) -> None:
        self._tried(lambda store: store.append(conversation_id, turn, owner))

    def _tried(self, work: Callable[[Conversations], T]) -> T:
        """Do the work unless the database failed a moment ago."""
        return self._asked(work, is_patient=False)

    def _asked(self, work: Callable[[Conversations], T], is_patient: bool = True) -> T:
        """Do the work; a failure is remembered for those who would not wait for another."""
        store = self._opened(is_patient)
        try:
            done = work(store)
        except DatabaseUnavailableError as error:
            self._failure = (self._clock(), str(error))
            raise
        self._failure = None
        return done

    def _opened(self, is_patient: bool) -> Conversations:
        """Return the store; one thread opens it, and the others learn how that went."""
        with self._lock:
            failure = self._failure
            if failure and not is_patient and self._clock() < failure[0] + _AGAIN_AFTER_S:
                raise DatabaseUnavailableError(failure[1])
            if self._store is None:
                try:
                    self._store = self._opening()
                except DatabaseUnavailableError as error:
                    self._failure = (self._clock(), str(error))
                    raise
            return self._store
