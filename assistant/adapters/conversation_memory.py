"""Conversations kept in the process: bounded, safe between threads, gone when it ends."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock

from assistant.conversation import ConversationSummary, Turn
from assistant.ports import NotKeptError

MOST_TITLE = 60
TAKEN = "这个对话编号已有人在用，请换一个"


def title_of(question: str) -> str:
    """Return a question as the title of its conversation.

    >>> title_of("首版次 " + "补" * 100)[-3:]
    '补补…'
    """
    words = " ".join(question.split())
    return words if len(words) <= MOST_TITLE else words[: MOST_TITLE - 1] + "…"


@dataclass(frozen=True, slots=True)
class _Kept:
    summary: ConversationSummary
    turns: tuple[Turn, ...]


class ConversationMemory:
    """The turns of the latest conversations; the oldest untouched one goes first."""

    def __init__(
        self, most_conversations: int = 1000, most_turns: int = 50, clock: Callable[[], float] = time.time
    ) -> None:
        self._most_conversations = most_conversations
        self._most_turns = most_turns
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def turns(self, conversation_id: str, owner: str | None = None) -> tuple[Turn, ...]:
        """Return the turns so far, oldest first; empty for a conversation unknown or of another."""
        with self._lock:
            known = self._of(conversation_id, owner) is not None
            return self._kept[conversation_id].turns if known else ()

    def append(self, conversation_id: str, turn: Turn, owner: str | None = None) -> None:
        """Add a turn, forgetting the oldest of a long conversation.

        Raises:
            NotKeptError: the conversation belongs to another owner.
        """
        now = datetime.fromtimestamp(self._clock(), UTC)
        with self._lock:
            if self._is_of_another(conversation_id, owner):
                raise NotKeptError(TAKEN)
            kept = self._kept.pop(conversation_id, None) or _Kept(
                ConversationSummary(conversation_id, title_of(turn.question), 0, now, now, owner), ()
            )
            summary = replace(kept.summary, turns=kept.summary.turns + 1, touched_at=now)
            turns = (*kept.turns, replace(turn, at=now))[-self._most_turns :]
            self._kept[conversation_id] = _Kept(summary, turns)
            while len(self._kept) > self._most_conversations:
                self._kept.popitem(last=False)

    def conversations(self, owner: str | None = None, limit: int = 50) -> tuple[ConversationSummary, ...]:
        """Return the conversations, the one last spoken in first."""
        with self._lock:
            found = [kept.summary for kept in reversed(self._kept.values())]
        return tuple(one for one in found if owner in {None, one.owner})[:limit]

    def conversation(self, conversation_id: str, owner: str | None = None) -> ConversationSummary | None:
        """Return one conversation, None where there is none."""
        with self._lock:
            return self._of(conversation_id, owner)

    def is_of_another(self, conversation_id: str, owner: str) -> bool:
        """Tell whether there is such a conversation and it does not belong to `owner`."""
        with self._lock:
            return self._is_of_another(conversation_id, owner)

    def rename(self, conversation_id: str, title: str, owner: str | None = None) -> bool:
        """Give a conversation another title; tell whether there was one."""
        with self._lock:
            summary = self._of(conversation_id, owner)
            if summary is not None:
                kept = self._kept[conversation_id]
                self._kept[conversation_id] = replace(kept, summary=replace(summary, title=title_of(title)))
            return summary is not None

    def forget(self, conversation_id: str, owner: str | None = None) -> bool:
        """Delete a conversation; tell whether there was one."""
        with self._lock:
            if self._of(conversation_id, owner) is None:
                return False
            del self._kept[conversation_id]
            return True

    def _is_of_another(self, conversation_id: str, owner: str | None) -> bool:
        return conversation_id in self._kept and self._of(conversation_id, owner) is None

    def _of(self, conversation_id: str, owner: str | None) -> ConversationSummary | None:
        kept = self._kept.get(conversation_id)
        return kept.summary if kept and owner in {None, kept.summary.owner} else None
