"""Answers to be sent to their users: each part is taken by one sender, and leaves once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Row

from ui.bots.records import Way
from ui.bots.replies import STREAM_OVER_S, free_parts
from ui.bots.store import Store
from ui.bots.tables import messages, parts

MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Errand:
    """A part to send to a user."""

    message: str
    n: int
    text: str
    question: str
    channel: str
    recipient: str
    way: Way
    response_url: str | None
    tries: int


class Outbox:
    """Hands out parts of answers to those who send them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def errands(self, claimed_by: str, most: int, claim_s: float) -> list[Errand]:
        """Take the parts of up to `most` answers that are to be sent to their users, in order."""
        now = self._store.clock()
        due = self._due(now)
        with self._store.reading() as connection:
            if connection.scalar(select(parts.c.message).join(messages).where(due).limit(1)) is None:
                return []
        with self._store.writing() as connection:
            self._close_streams(connection, now)
            first = (
                select(parts.c.message).join(messages).where(due, messages.c.way.in_((Way.PUSH, Way.LATE)))
            )
            keys = set(connection.scalars(first.order_by(messages.c.received_at).limit(most)))
            chosen = free_parts(now).where(parts.c.message.in_(keys))
            rows = connection.execute(chosen.with_for_update(of=parts, skip_locked=True)).all()
            for row in rows:
                change = {"claimed_by": claimed_by, "claimed_until": now + claim_s}
                _change(connection, row.message, (row.n,), **change)
        return [_errand(row) for row in sorted(rows, key=lambda row: (row.received_at, row.message, row.n))]

    def sent(self, errand: Errand) -> None:
        """Keep in mind that a part has reached the platform."""
        with self._store.writing() as connection:
            _change(connection, errand.message, (errand.n,), delivered_at=self._store.clock())

    def put_off(self, errands: Sequence[Errand], seconds: float) -> None:
        """Try parts of one answer again later; after too many tries they wait for the next message."""
        if any(errand.tries + 1 >= MOST_TRIES for errand in errands):
            self.leave_for_reply(errands)
            return
        with self._store.writing() as connection:
            until = self._store.clock() + seconds
            for one in errands:
                change = {"claimed_by": None, "claimed_until": until, "tries": one.tries + 1}
                _change(connection, one.message, (one.n,), **change)

    def leave_for_reply(self, errands: Sequence[Errand]) -> None:
        """Let parts that cannot be sent wait for the user's next message."""
        with self._store.writing() as connection:
            for one in errands:
                row = messages.c.key == one.message
                connection.execute(update(messages).where(row).values(way=Way.PASSIVE, response_url=None))
                _change(connection, one.message, (one.n,), claimed_by=None, claimed_until=0.0)

    def turn_late(self, key: str) -> None:
        """Send the answer of a stream that had to be closed by its URL, or else with the next message."""
        with self._store.writing() as connection:
            row = (messages.c.key == key) & (messages.c.way == Way.STREAM)
            connection.execute(update(messages).where(row).values(way=Way.LATE))

    def _due(self, now: float) -> Any:
        is_free = parts.c.delivered_at.is_(None) & (parts.c.claimed_until <= now)
        is_unpolled = (messages.c.way == Way.STREAM) & (messages.c.received_at < now - STREAM_OVER_S)
        return is_free & (messages.c.way.in_((Way.PUSH, Way.LATE)) | is_unpolled)

    def _close_streams(self, connection: Connection, now: float) -> None:
        """Nobody polls for these any more: they go by their URL, or where there is none, with a reply."""
        over = (messages.c.way == Way.STREAM) & (messages.c.received_at < now - STREAM_OVER_S)
        connection.execute(update(messages).where(over).values(way=Way.LATE))
        lost = (messages.c.way == Way.LATE) & messages.c.response_url.is_(None)
        connection.execute(update(messages).where(lost).values(way=Way.PASSIVE))


def _change(connection: Connection, message: str, numbers: Sequence[int], **values: Any) -> None:
    which = (parts.c.message == message) & parts.c.n.in_(numbers)
    connection.execute(update(parts).where(which).values(**values))


def _errand(row: Row[Any]) -> Errand:
    return Errand(
        row.message,
        row.n,
        row.text,
        row.question,
        row.channel,
        row.recipient or "",
        Way(row.way),
        row.response_url,
        row.tries,
    )
