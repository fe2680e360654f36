"""Messages come in: on record once, whoever posts them how often; refused honestly where too many wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from ui.bots.commands import Kind
from ui.bots.records import Accepted, Limits, NewMessage, Taken, Way
from ui.bots.store import Store
from ui.bots.tables import messages, parts, people


class Intake:
    """Puts messages on record."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    def accept(self, new: NewMessage, ready: Sequence[str] | None = None) -> Accepted:
        """Put a message on record, with its answer where that is `ready`; posted again, it is counted."""
        with self._store.writing() as connection:
            known = connection.execute(
                update(messages)
                .where(messages.c.key == new.key)
                .values(posts=messages.c.posts + 1)
                .returning(messages.c.posts, messages.c.reply)
            ).first()
            if known is not None:
                return Accepted(Taken.AGAIN, known.posts, known.reply)
            refused = self._refusal(connection, new, is_question=ready is None)
            if refused is not None:
                return refused
            if self._store.insert_new(connection, messages, self._row(new, ready)):
                epoch, turn = self._place(connection, new)
                conversation = f"{new.channel}-{new.person}-{epoch}"
                placed = update(messages).where(messages.c.key == new.key)
                connection.execute(placed.values(conversation=conversation, turn=turn))
                add_parts(connection, new.key, new.person, ready or ())
                return Accepted(Taken.NEW)
        return self.accept(new, ready)  # another worker was quicker by a moment

    def _refusal(self, connection: Connection, new: NewMessage, is_question: bool) -> Accepted | None:
        """Say no, honestly, to too much at once; nothing is put on record then."""
        lately = messages.c.received_at > self._store.clock() - 60
        sent = connection.scalar(select(func.count()).where(lately, messages.c.person == new.person)) or 0
        if sent >= self._limits.a_minute:
            return Accepted(Taken.TOO_FAST)
        if not is_question:
            return None
        waits = messages.c.state != "done"
        own = connection.scalar(select(func.count()).where(waits, messages.c.person == new.person)) or 0
        if own >= self._limits.of_one_person:
            return Accepted(Taken.TOO_MANY, waiting=own)
        if (connection.scalar(select(func.count()).where(waits)) or 0) >= self._limits.waiting:
            return Accepted(Taken.FULL)
        return None

    def _row(self, new: NewMessage, ready: Sequence[str] | None) -> dict[str, Any]:
        return {
            "key": new.key,
            "channel": new.channel,
            "person": new.person,
            "recipient": new.recipient if new.way is Way.PUSH else None,
            "kind": new.kind,
            "question": new.text,
            "conversation": "",
            "turn": 0,
            "received_at": self._store.clock(),
            "posts": 1,
            "state": "waiting" if ready is None else "done",
            "lease_until": 0.0,
            "runs": 0,
            "way": new.way,
            "response_url": new.response_url,
        }

    def _place(self, connection: Connection, new: NewMessage) -> tuple[int, int]:
        """Return which of the person's conversations this is, and which question of it."""
        now = self._store.clock()
        first = {"person": new.person, "epoch": 0, "asked": 0, "touched_at": now}
        self._store.insert_new(connection, people, first)
        is_fresh, is_question = new.kind is Kind.FRESH, new.kind is Kind.QUESTION
        values: dict[str, Any] = {"touched_at": now, "epoch": people.c.epoch + int(is_fresh)}
        values["asked"] = 0 if is_fresh else people.c.asked + int(is_question)
        touched = update(people).where(people.c.person == new.person).values(**values)
        epoch, asked = connection.execute(touched.returning(people.c.epoch, people.c.asked)).one()
        return epoch, asked


def add_parts(connection: Connection, key: str, person: str, texts: Sequence[str]) -> None:
    """Keep the parts of an answer, nobody having seen them."""
    if texts:
        rows = [
            {"message": key, "n": n, "person": person, "text": text, "claimed_until": 0.0, "tries": 0}
            for n, text in enumerate(texts)
        ]
        connection.execute(insert(parts), rows)
