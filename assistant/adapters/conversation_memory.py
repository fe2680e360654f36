"""Conversations kept in the process: bounded, safe between threads, gone when it ends."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from assistant.conversation import Turn


class ConversationMemory:
    """The turns of the latest conversations; the oldest untouched one goes first."""

    def __init__(self, most_conversations: int = 1000, most_turns: int = 20) -> None:
        self._most_conversations = most_conversations
        self._most_turns = most_turns
        self._turns: OrderedDict[str, tuple[Turn, ...]] = OrderedDict()
        self._lock = Lock()

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """Return the turns so far, oldest first; empty for an unknown conversation."""
        with self._lock:
            return self._turns.get(conversation_id, ())

    def append(self, conversation_id: str, turn: Turn) -> None:
        """Add a turn, forgetting the oldest of a long conversation."""
        with self._lock:
            kept = (*self._turns.pop(conversation_id, ()), turn)
            self._turns[conversation_id] = kept[-self._most_turns :]
            while len(self._turns) > self._most_conversations:
                self._turns.popitem(last=False)
