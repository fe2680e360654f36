"""The durable store of conversations, opened when first needed, and what happens when it cannot be.

While nothing can be written, turns are remembered in the process, so that a conversation goes on; the
assistant is told with every one of them that it was not kept. What was kept earlier is still read as long as
reading works: a full disk or a directory that may not be written stops writing alone. A database that failed
is tried again after a while, not with every question: nobody waits for a dead server twice in a row.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.adapters.errors import DatabaseUnavailableError, noted
from assistant.conversation import ConversationSummary, Turn
from assistant.ports import Conversations, NotKeptError

LOG = logging.getLogger(__name__)
T = TypeVar("T")
_AGAIN_AFTER_S = 30.0
_SEE_LOG = "请管理员凭编号 {reference} 查看日志。"


class _FailedError(Exception):
    """The database fails; `reference` is under which the log tells how."""

    def __init__(self, reference: str) -> None:
        super().__init__(_SEE_LOG.format(reference=reference))
        self.reference = reference


class DurableConversations:
    """Conversations in the store that `opening` opens."""

    def __init__(
        self, opening: Callable[[], Conversations], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._opening = opening
        self._clock = clock
        self._spare = ConversationMemory()
        self._store: Conversations | None = None
        self._failed: tuple[float, str] | None = None  # when, and the reference in the log
        self._failed_to_write: tuple[float, str] | None = None
        self._lock = Lock()

    def turns(self, conversation_id: str, owner: str | None = None) -> tuple[Turn, ...]:
        """Return the latest turns, oldest first.

        Raises:
            NotKeptError: the database cannot be read; the error holds what this process remembers.
        """
        spare = self._spare.turns(conversation_id, owner)
        try:
            kept = self._tried(lambda store: store.turns(conversation_id, owner))
        except _FailedError as failure:
            raise NotKeptError(str(failure), spare) from failure
        return (*kept, *spare)

    def append(self, conversation_id: str, turn: Turn, owner: str | None = None) -> None:
        """Add a turn, those that could not be kept earlier first.

        Raises:
            NotKeptError: the database cannot be written, and the turn is remembered in this process alone;
                or the conversation belongs to another owner.
        """
        waiting = (*self._spare.turns(conversation_id, owner), turn)
        try:
            for one in waiting:
                self._add(conversation_id, one, owner)
        except _FailedError as failure:
            self._spare.append(conversation_id, turn, owner)
            raise NotKeptError(str(failure)) from failure
        self._spare.forget(conversation_id, owner)

    def is_of_another(self, conversation_id: str, owner: str) -> bool:
        """Tell whether there is such a conversation and it does not belong to `owner`.

        Raises:
            NotKeptError: the database cannot be read, and this process remembers none.
        """
        if self._spare.is_of_another(conversation_id, owner):
            return True
        try:
            return self._tried(lambda store: store.is_of_another(conversation_id, owner))
        except _FailedError as failure:
            raise NotKeptError(str(failure)) from failure

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
        self._tried(lambda store: store.append(conversation_id, turn, owner), is_write=True)

    def _tried(self, work: Callable[[Conversations], T], is_write: bool = False) -> T:
        """Do the work unless its kind failed a moment ago.

        Raises:
            _FailedError: it fails, or did a moment ago.
        """
        self._refuse_if_failed(is_write)
        try:
            done = work(self._opened_once())
        except DatabaseUnavailableError as error:
            failed = self._note(error)
            if is_write:
                self._failed_to_write = failed
            else:
                self._failed = failed
            raise _FailedError(failed[1]) from error
        self._failed = None
        if is_write:
            self._failed_to_write = None
        return done

    def _opened_once(self) -> Conversations:
        """Return the store; one thread opens it, and the others learn how that went."""
        with self._lock:
            self._refuse_if_failed(is_write=False)
            try:
                return self._opened()
            except DatabaseUnavailableError as error:
                self._failed = self._note(error)
                raise _FailedError(self._failed[1]) from error

    def _note(self, error: DatabaseUnavailableError) -> tuple[float, str]:
        return self._clock(), noted(LOG, "conversations cannot be read or kept", error)

    def _refuse_if_failed(self, is_write: bool) -> None:
        for failed in (self._failed, self._failed_to_write if is_write else None):
            if failed and self._clock() < failed[0] + _AGAIN_AFTER_S:
                raise _FailedError(failed[1])

    def _asked(self, work: Callable[[Conversations], T]) -> T:
        """Do the work, whatever failed before."""
        with self._lock:
            store = self._opened()
        done = work(store)
        self._failed = None
        return done

    def _opened(self) -> Conversations:
        if self._store is None:
            self._store = self._opening()
        return self._store
