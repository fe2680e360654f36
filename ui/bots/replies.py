"""What a post is replied with: what it was told before, else what waits for its writer, else a notice.

Many posts are replied to in one transaction: its statements are as many for three hundred as for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update
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
NOBODY_WAITS_FROM = 30


@dataclass(frozen=True, slots=True)
class Ask:
    """A post to reply to, by its message.

    `limit` is in bytes. `is_quiet` leaves notices out. `may_wait`: the platform will post it again, so that a
    notice may be put off to a later post.
    """

    key: str
    limit: int = MESSAGE_BYTES
    is_quiet: bool = False
    may_wait: bool = False


@dataclass(slots=True)
class _Batch:
    """What one transaction replies: free parts and open questions by person, and what is to be changed."""

    free: dict[str, list[Row[Any]]]
    running: dict[str, int]
    is_crowded: bool
    replied: list[dict[str, Any]] = field(default_factory=list)
    claimed: list[dict[str, Any]] = field(default_factory=list)


class Replies:
    """Replies to posts. `posts_over_s`: after it, no post of a message can still be open.

    With `crowd` questions open or more, nobody's notice is put off to a later post.
    """

    def __init__(self, store: Store, posts_over_s: float, crowd: int = NOBODY_WAITS_FROM) -> None:
        self._store = store
        self._posts_over_s = posts_over_s
        self._crowd = crowd

    def reply(self, key: str, limit: int = MESSAGE_BYTES, is_quiet: bool = False) -> str:
        """Return what to reply to a message; empty where there is nothing to say."""
        return self.reply_all((Ask(key, limit, is_quiet),))[0] or ""

    def reply_all(self, asks: Sequence[Ask]) -> list[str | None]:
        """Return what to reply to each; None where it may wait for the answer, empty for nothing to say.

        What is replied to a message once is replied to it for ever. The parts in a reply count as delivered
        once `delivered` is called, and are free again if that does not happen.
        """
        now, wanted = self._store.clock(), {ask.key for ask in asks}
        with self._store.writing() as connection:
            chosen = select(messages).where(messages.c.key.in_(wanted)).order_by(messages.c.key)
            rows = {row.key: row for row in connection.execute(chosen.with_for_update())}
            told = {key: str(row.reply) for key, row in rows.items() if row.reply is not None}
            batch = self._batch(connection, [row for key, row in rows.items() if key not in told], now)
            replies: list[str | None] = []
            for ask in asks:
                row = rows.get(ask.key)
                if ask.key not in told and row is not None:
                    text = self._said(batch, row, ask, now)
                    if text is None:
                        replies.append(None)
                        continue
                    told[ask.key] = text
                replies.append(told.get(ask.key, ""))
            _keep(connection, batch)
        return replies

    def delivered(self, *claimed_by: str) -> None:
        """Keep in mind that what was claimed has been sent."""
        with self._store.writing() as connection:
            mine = parts.c.claimed_by.in_(claimed_by) & parts.c.delivered_at.is_(None)
            connection.execute(update(parts).where(mine).values(delivered_at=self._store.clock()))

    def _batch(self, connection: Connection, rows: Sequence[Row[Any]], now: float) -> _Batch:
        """Look up what waits for the writers of some messages."""
        if not rows:
            return _Batch({}, {}, is_crowded=False)
        persons = sorted({row.person for row in rows})
        free: dict[str, list[Row[Any]]] = {}
        of_them = free_parts(now).where(parts.c.person.in_(persons)).order_by(parts.c.message, parts.c.n)
        for each in connection.execute(of_them.with_for_update(of=parts)):
            free.setdefault(each.person, []).append(each)
        is_open = messages.c.state != "done"
        counted = select(messages.c.person, func.count().label("n")).where(
            is_open, messages.c.person.in_(persons)
        )
        running = {row.person: row.n for row in connection.execute(counted.group_by(messages.c.person))}
        everybody = connection.scalar(select(func.count()).select_from(messages).where(is_open)) or 0
        return _Batch(free, running, is_crowded=everybody >= self._crowd)

    def _said(self, batch: _Batch, row: Row[Any], ask: Ask, now: float) -> str | None:
        """Return the reply to one message, and note it; None where it may wait and something is to come."""
        running = batch.running.get(row.person, 0)
        packed = self._packed(batch, row, ask.limit, running, now)
        is_coming = running if row.kind == Kind.MORE else row.state != "done"
        if packed is None and is_coming and ask.may_wait and not batch.is_crowded:
            return None
        text = packed.text if packed else "" if ask.is_quiet else _notice(row, running)
        way = Way.PASSIVE if row.way == Way.STREAM else row.way  # the rest comes when asked for
        batch.replied.append({"of": row.key, "reply": text, "way": way})
        for one in packed.taken if packed else ():
            batch.claimed.append({"of": one.message, "part": one.n, "by": row.key, "until": now + CLAIM_S})
        return text

    def _packed(self, batch: _Batch, row: Row[Any], limit: int, running: int, now: float) -> Packed | None:
        """Return what a reply to this message brings; None where nothing waits."""
        found = [each for each in batch.free.get(row.person, ()) if _may_be_replied(each, row.key, now)]
        chosen = found if row.kind == Kind.MORE else [each for each in found if self._fits_in(each, row, now)]
        if not chosen:
            return None
        begun = {each.message for each in chosen}
        rest = sum(each.message in begun for each in found) - len(chosen)
        waiting = [_pending(each, row.key) for each in _in_order(chosen)]
        packed = pack(waiting, rest, running, limit)
        gone = {(one.message, one.n) for one in packed.taken}
        left = [each for each in batch.free[row.person] if (each.message, each.n) not in gone]
        batch.free[row.person] = left  # each part leaves once
        return packed

    def _fits_in(self, part: Row[Any], row: Row[Any], now: float) -> bool:
        """Tell whether a part goes with the reply to a question: its own, or one an earlier one misses."""
        is_missed = part.n == 0 and (part.reply is not None or part.received_at < now - self._posts_over_s)
        return bool(part.message == row.key or is_missed)


_COLUMNS = (
    parts.c.message,
    parts.c.n,
    parts.c.person,
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


def free_parts(now: float) -> Select[Any]:
    """Return the parts that are neither delivered nor with anyone who delivers them."""
    is_free = parts.c.delivered_at.is_(None) & (parts.c.claimed_until <= now)
    return select(*_COLUMNS).join(messages, parts.c.message == messages.c.key).where(is_free)


def _may_be_replied(part: Row[Any], key: str, now: float) -> bool:
    """Tell whether a part may go with the reply to a message: not what is about to be sent or polled for."""
    is_over = part.way == Way.STREAM and part.received_at < now - STREAM_OVER_S
    is_own = part.message == key and part.way != Way.PUSH
    return bool(part.way == Way.PASSIVE or is_own or is_over)


def _in_order(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Beginnings first, oldest first; then what follows, the latest answer's before older ones'."""
    return sorted(rows, key=lambda row: (row.n > 0, -row.received_at if row.n else row.received_at, row.n))


def _notice(row: Row[Any], running: int) -> str:
    """Say that the answer is still to come, or that there is none."""
    words = bot_words()
    if row.kind == Kind.MORE:
        return words.say("still_working" if running else "nothing_more")
    if row.state == "done":
        return ""
    return words.say("notice" if row.runs else "busy", question=excerpt(row.question))


def _pending(row: Row[Any], key: str) -> Pending:
    return Pending(row.message, row.n, row.text, row.question, row.message == key, row.kind == Kind.QUESTION)


def _keep(connection: Connection, batch: _Batch) -> None:
    """Write down what was replied, and which parts left with it."""
    if batch.replied:
        said = update(messages).where(messages.c.key == bindparam("of"))
        connection.execute(said.values(reply=bindparam("reply"), way=bindparam("way")), batch.replied)
    if batch.claimed:
        with_it = (parts.c.message == bindparam("of")) & (parts.c.n == bindparam("part"))
        changed = update(parts).where(with_it)
        connection.execute(
            changed.values(claimed_by=bindparam("by"), claimed_until=bindparam("until")), batch.claimed
        )
