"""Verdicts on answers (赞, 踩), in the database: given twice they are kept once, the last one counts."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Engine,
    Integer,
    String,
    Table,
    Text,
    delete,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from assistant.adapters.database import metadata, reading, writing
from assistant.adapters.turn_rows import storable
from assistant.conversation import Feedback

MOST_REASON = 500

verdicts = Table(
    "feedback",
    metadata,
    Column("conversation_id", String(128), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("is_good", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer_text", Text, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)


class SqlFeedback:
    """Verdicts in the database behind an engine, whose tables are there."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def give(self, feedback: Feedback) -> None:
        """Keep a verdict in place of an earlier one on the same answer."""
        row = {
            "conversation_id": feedback.conversation_id,
            "turn": feedback.turn,
            "is_good": feedback.is_good,
            "reason": storable(feedback.reason)[:MOST_REASON],
            "question": storable(feedback.question),
            "answer_text": storable(feedback.answer_text),
            "channel": feedback.channel,
            "at_ms": int(self._clock() * 1000),
        }
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        keys = ("conversation_id", "turn")
        told = {name: value for name, value in row.items() if name not in keys}
        kept = dialect.insert(verdicts).values(**row).on_conflict_do_update(index_elements=keys, set_=told)
        with writing(self._engine) as connection:
            connection.execute(kept)

    def withdraw(self, conversation_id: str, turn: int) -> None:
        """Forget the verdict on an answer; there may be none."""
        gone = delete(verdicts).where(verdicts.c.conversation_id == conversation_id, verdicts.c.turn == turn)
        with writing(self._engine) as connection:
            connection.execute(gone)

    def given(self, conversation_id: str) -> tuple[Feedback, ...]:
        """Return the verdicts on a conversation's answers, in the order of the answers."""
        columns = [column for column in verdicts.c if column.name != "at_ms"]
        listed = select(*columns).where(verdicts.c.conversation_id == conversation_id)
        with reading(self._engine) as connection:
            rows = connection.execute(listed.order_by(verdicts.c.turn)).all()
        return tuple(Feedback(**row._mapping) for row in rows)
