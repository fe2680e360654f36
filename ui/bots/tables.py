"""What the bots keep: messages with their jobs, the parts of answers, people's conversations.

Nobody's id stands here in the clear but `recipient`, which is kept while an answer may still have to be sent.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    select,
)

from assistant.adapters.database import metadata

messages = Table(
    "bot_messages",
    metadata,
    Column("key", String(64), primary_key=True),  # of the platform's MsgId: one message, one job
    Column("channel", String(20), nullable=False),
    Column("person", String(64), nullable=False),
    Column("recipient", Text),
    Column("kind", String(12), nullable=False),
    Column("question", Text, nullable=False),
    Column("conversation", String(128), nullable=False),
    Column("turn", Integer, nullable=False),  # which of the conversation's questions it is, from 1
    Column("received_at", Float, nullable=False),
    Column("posts", Integer, nullable=False),  # how often the platform has posted it
    Column("state", String(12), nullable=False),  # waiting, running, done
    Column("owner", String(40)),
    Column("lease_until", Float, nullable=False),
    Column("runs", Integer, nullable=False),
    Column("progress", Text),  # the answer so far, while it is being written
    Column("sources", Text),
    Column("reply", Text),  # what was answered to the post itself; the same again to another
    Column("way", String(12), nullable=False),  # how its answer travels: passive, push, stream, late
    Column("response_url", Text),
    Index("bot_messages_by_state", "state", "lease_until"),
    Index("bot_messages_by_person", "person", "received_at"),
    Index("bot_messages_by_age", "received_at"),
)

parts = Table(
    "bot_parts",
    metadata,
    Column("message", String(64), ForeignKey("bot_messages.key", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("person", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("claimed_by", String(64)),
    Column("claimed_until", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("delivered_at", Float),
    Index("bot_parts_by_person", "person", "delivered_at"),
    Index("bot_parts_by_delivery", "delivered_at", "claimed_until"),
)

people = Table(
    "bot_people",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("epoch", Integer, nullable=False),  # how often a new conversation was begun
    Column("asked", Integer, nullable=False),  # questions of this conversation
    Column("touched_at", Float, nullable=False),
)


def in_order(which: ColumnElement[bool]) -> Select[Any]:
    """Return the keys of some messages, locked in one order so that no two writers wait for each other."""
    return select(messages.c.key).where(which).order_by(messages.c.key).with_for_update()
