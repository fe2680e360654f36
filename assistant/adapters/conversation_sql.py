"""Conversations kept in a database: SQLite or PostgreSQL, several processes at once, gone after some days.

A turn's number is given inside the transaction that holds its conversation's row, so two who speak in one
conversation at once lose nothing and have an order. What expired is never shown, even before it is deleted;
deleting it takes a few conversations at a time, beside an append.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from assistant.adapters.conversation_memory import TAKEN, title_of
from assistant.adapters.database import metadata, reading, writing
from assistant.adapters.errors import DatabaseUnavailableError
from assistant.adapters.turn_rows import moment, row_of, storable, turn_of_row
from assistant.conversation import ConversationSummary, Turn
from assistant.ports import NotKeptError

MOST_ID = 128
_DAY_MS = 24 * 60 * 60 * 1000
_PURGED_AT_ONCE = 20

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(MOST_ID), primary_key=True),
    Column("owner", String(MOST_ID)),
    Column("title", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("touched_ms", BigInteger, nullable=False),
    Column("turns", Integer, nullable=False),
    Index("conversations_by_age", "touched_ms"),
    Index("conversations_of_owner", "owner", "touched_ms"),
)
turns = Table(
    "conversation_turns",
    metadata,
    Column(
        "conversation_id",
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer_text", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reading", Text, nullable=False),
)


class SqlConversations:
    """Conversations in the database behind an engine, whose tables are there."""

    def __init__(
        self, engine: Engine, days: int = 30, most_turns: int = 200, clock: Callable[[], float] = time.time
    ) -> None:
        self._engine = engine
        self._days = days
        self._most_turns = most_turns
        self._clock = clock

    def turns(self, conversation_id: str, owner: str | None = None) -> tuple[Turn, ...]:
        """Return the latest turns, oldest first; empty for a conversation unknown, expired or of another."""
        columns = (turns.c.question, turns.c.answer_text, turns.c.outcome, turns.c.reading, turns.c.at_ms)
        latest = (
            select(*columns)
            .join(conversations)
            .where(self._is_one(conversation_id, owner))
            .order_by(turns.c.number.desc())
            .limit(self._most_turns)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(latest).all()
        return tuple(turn_of_row(*row) for row in reversed(rows))

    def append(self, conversation_id: str, turn: Turn, owner: str | None = None) -> None:
        """Add a turn; an expired conversation of that id starts anew.

        Raises:
            NotKeptError: the conversation belongs to another owner.
        """
        now = self._now()
        with writing(self._engine) as connection:
            is_expired = and_(conversations.c.id == conversation_id, ~self._is_kept())
            connection.execute(delete(conversations).where(is_expired))
            number = self._counted(connection, conversation_id, turn, owner, now)
            row = {"conversation_id": conversation_id, "number": number, "at_ms": now, **row_of(turn)}
            connection.execute(insert(turns).values(**row))
        if number == 1:
            with suppress(DatabaseUnavailableError):  # the turn is kept; what is old may go another time
                self._purge()

    def conversations(self, owner: str | None = None, limit: int = 50) -> tuple[ConversationSummary, ...]:
        """Return the conversations, the one last spoken in first."""
        order = (conversations.c.touched_ms.desc(), conversations.c.id)
        listed = select(conversations).where(self._is_kept(), *_of(owner)).order_by(*order).limit(limit)
        with reading(self._engine) as connection:
            return tuple(map(_summary, connection.execute(listed)))

    def conversation(self, conversation_id: str, owner: str | None = None) -> ConversationSummary | None:
        """Return one conversation, None where there is none."""
        with reading(self._engine) as connection:
            row = connection.execute(
                select(conversations).where(self._is_one(conversation_id, owner))
            ).one_or_none()
        return None if row is None else _summary(row)

    def is_of_another(self, conversation_id: str, owner: str) -> bool:
        """Tell whether there is such a conversation and it does not belong to `owner`."""
        found = self.conversation(conversation_id)
        return found is not None and found.owner != owner

    def rename(self, conversation_id: str, title: str, owner: str | None = None) -> bool:
        """Give a conversation another title; tell whether there was one."""
        named = update(conversations).values(title=storable(title_of(title)))
        with writing(self._engine) as connection:
            return connection.execute(named.where(self._is_one(conversation_id, owner))).rowcount > 0

    def forget(self, conversation_id: str, owner: str | None = None) -> bool:
        """Delete a conversation with all its turns; tell whether there was one."""
        with writing(self._engine) as connection:
            gone = delete(conversations).where(self._is_one(conversation_id, owner))
            return connection.execute(gone).rowcount > 0

    def _counted(
        self, connection: Connection, conversation_id: str, turn: Turn, owner: str | None, now: int
    ) -> int:
        """Note that a turn is added, and return its number; the row stays locked until the end."""
        new = {"id": conversation_id, "owner": owner, "title": storable(title_of(turn.question))}
        times = {"started_ms": now, "touched_ms": now, "turns": 1}
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        added = dialect.insert(conversations).values(**new, **times)
        kept = added.on_conflict_do_update(
            index_elements=["id"],
            set_={"turns": conversations.c.turns + 1, "touched_ms": now},
            where=and_(True, *_of(owner)),
        )
        number = connection.execute(kept.returning(conversations.c.turns)).scalar_one_or_none()
        if number is None:
            raise NotKeptError(TAKEN)
        return int(number)

    def _purge(self) -> None:
        """Delete a few expired conversations; those another process is deleting are left to it."""
        old = (
            select(conversations.c.id)
            .where(~self._is_kept())
            .order_by(conversations.c.touched_ms)
            .limit(_PURGED_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        with writing(self._engine) as connection:
            found = connection.scalars(old).all()
            if found:
                connection.execute(delete(conversations).where(conversations.c.id.in_(found)))

    def _now(self) -> int:
        return round(self._clock() * 1000)

    def _is_kept(self) -> ColumnElement[bool]:
        return conversations.c.touched_ms >= self._now() - self._days * _DAY_MS

    def _is_one(self, conversation_id: str, owner: str | None) -> ColumnElement[bool]:
        return and_(conversations.c.id == conversation_id, self._is_kept(), *_of(owner))


def _of(owner: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if owner is None else (conversations.c.owner == owner,)


def _summary(row: Any) -> ConversationSummary:
    return ConversationSummary(
        row.id, row.title, row.turns, moment(row.started_ms), moment(row.touched_ms), row.owner
    )
