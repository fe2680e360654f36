"""Answers nobody has seen yet: each part leaves once, in a reply, by a push, or with a later message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.engine import Connection, Row

from ui.bots.commands import Kind
from ui.bots.packing import Packed, Pending, pack
from ui.bots.records import Way
from ui.bots.rendering import MESSAGE_BYTES
from ui.bots.store import Store
from ui.bots.tables import messages, parts
from ui.bots.words import bot_words, excerpt

CLAIM_S = 30.0  # how long a part stays with a reply that was not seen to be sent
STREAM_OVER_S = 375.0  # 企业微信 polls for six minutes
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
    """Hands out parts of answers. `posts_over_s`: after it, no post of a message can still be open."""

    def __init__(self, store: Store, posts_over_s: float) -> None:
        self._store = store
        self._posts_over_s = posts_over_s

    def reply(self, key: str, limit: int = MESSAGE_BYTES, is_quiet: bool = False) -> str:
        """Return what to reply to a message: what it was told before, else what waits, else a notice.

        Empty where there is nothing to say; `is_quiet` leaves notices out. The parts in it count as delivered
        once `delivered` is called, and are free again if that does not happen.
        """
        with self._store.writing() as connection:
            row = connection.execute(select(messages).where(messages.c.key == key).with_for_update()).one()
            if row.reply is not None:
                return str(row.reply)
            packed = self._packed(connection, row, limit)
            text = packed.text if packed else "" if is_quiet else _notice(connection, row)
            way = Way.PASSIVE if row.way == Way.STREAM else row.way  # the rest comes when asked for
            connection.execute(update(messages).where(messages.c.key == key).values(reply=text, way=way))
            until = self._store.clock() + CLAIM_S
            for one in packed.taken if packed else ():
                _change(connection, one.message, (one.n,), claimed_by=key, claimed_until=until)
            return text

    def delivered(self, claimed_by: str) -> None:
        """Keep in mind that what was claimed has been sent."""
        with self._store.writing() as connection:
            mine = (parts.c.claimed_by == claimed_by) & parts.c.delivered_at.is_(None)
            connection.execute(update(parts).where(mine).values(delivered_at=self._store.clock()))

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
            chosen = _free_parts(now).where(parts.c.message.in_(keys))
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

    def _packed(self, connection: Connection, row: Row[Any], limit: int) -> Packed | None:
        """Return what a reply to this message brings; None where nothing waits."""
        now = self._store.clock()
        of_person = _free_parts(now).where(parts.c.person == row.person, _may_be_replied(row.key, now))
        found = connection.execute(of_person.with_for_update(of=parts)).all()
        chosen = found if row.kind == Kind.MORE else [each for each in found if self._fits_in(each, row, now)]
        if not chosen:
            return None
        begun = {each.message for each in chosen}
        rest = sum(each.message in begun for each in found) - len(chosen)
        waiting = [_pending(each, row.key) for each in _in_order(chosen)]
        return pack(waiting, rest, _running(connection, row), limit)

    def _fits_in(self, part: Row[Any], row: Row[Any], now: float) -> bool:
        """Tell whether a part goes with the reply to a question: its own, or one an earlier one misses."""
        is_missed = part.n == 0 and (part.reply is not None or part.received_at < now - self._posts_over_s)
        return bool(part.message == row.key or is_missed)

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


_COLUMNS = (
    parts.c.message,
    parts.c.n,
    parts.c.text,
    parts.c.tries,
    messages.c.question,
    messages.c.kind,
    messages.c.reply,
    messages.c.received_at,
    messages.c.channel,
    messages.c.recipient,
    messages.c.way,
    messages.c.response_url,
)


def _free_parts(now: float) -> Select[Any]:
    is_free = parts.c.delivered_at.is_(None) & (parts.c.claimed_until <= now)
    return select(*_COLUMNS).join(messages, parts.c.message == messages.c.key).where(is_free)


def _may_be_replied(key: str, now: float) -> Any:
    """What is about to be sent or polled for is not taken into the reply to another message."""
    is_over = (messages.c.way == Way.STREAM) & (messages.c.received_at < now - STREAM_OVER_S)
    is_own = (messages.c.key == key) & (messages.c.way != Way.PUSH)
    return (messages.c.way == Way.PASSIVE) | is_own | is_over


def _in_order(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Beginnings first, oldest first; then what follows, the latest answer's before older ones'."""
    return sorted(rows, key=lambda row: (row.n > 0, -row.received_at if row.n else row.received_at, row.n))


def _change(connection: Connection, message: str, numbers: Sequence[int], **values: Any) -> None:
    which = (parts.c.message == message) & parts.c.n.in_(numbers)
    connection.execute(update(parts).where(which).values(**values))


def _running(connection: Connection, row: Row[Any]) -> int:
    """Count the person's questions that are still being computed."""
    theirs = (messages.c.person == row.person) & (messages.c.state != "done")
    return connection.scalar(select(func.count()).where(theirs)) or 0


def _notice(connection: Connection, row: Row[Any]) -> str:
    """Say that the answer is still to come, or that there is none."""
    words = bot_words()
    if row.kind == Kind.MORE:
        return words.say("still_working" if _running(connection, row) else "nothing_more")
    if row.state == "done":
        return ""
    return words.say("notice" if row.runs else "busy", question=excerpt(row.question))


def _pending(row: Row[Any], key: str) -> Pending:
    return Pending(row.message, row.n, row.text, row.question, row.message == key, row.kind == Kind.QUESTION)


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
