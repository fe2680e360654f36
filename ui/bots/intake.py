"""Messages come in: on record once, whoever posts them how often; refused honestly where too many wait.

Many are put on record in one transaction: its statements are as many for three hundred messages as for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from ui.bots.commands import Kind
from ui.bots.records import Accepted, Limits, NewMessage, Taken, Way
from ui.bots.store import Store
from ui.bots.tables import in_order, messages, parts, people


@dataclass(frozen=True, slots=True)
class Post:
    """A message as it was posted; its answer (parts of text) where that is `ready`."""

    message: NewMessage
    ready: Sequence[str] | None = None


@dataclass(slots=True)
class _Standing:
    """How a person stands: which conversation, how many questions of it, how many messages and open ones."""

    epoch: int
    asked: int
    lately: int
    waiting: int


@dataclass(slots=True)
class _Batch:
    """What one transaction puts on record."""

    standings: dict[str, _Standing]
    waiting: int  # questions not done, of everybody
    rows: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)


class Intake:
    """Puts messages on record."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    def accept_all(self, posts: Sequence[Post]) -> list[Accepted]:
        """Put messages on record, in their order; those posted again are counted."""
        accepted: dict[int, Accepted] = {}
        left = list(enumerate(posts))
        while left:  # a message that is in it twice is posted again by its second
            first = {post.message.key: at for at, post in reversed(left)}
            now = [(at, post) for at, post in left if first[post.message.key] == at]
            accepted.update(
                zip((at for at, _ in now), self._accepted([post for _, post in now]), strict=True)
            )
            left = [(at, post) for at, post in left if at not in accepted]
        return [accepted[at] for at in range(len(posts))]

    def _accepted(self, posts: Sequence[Post]) -> list[Accepted]:
        """Put messages of different keys on record, in one transaction."""
        with self._store.writing() as connection:
            # Whoever writes to us is locked first: of two workers that are posted the same message one waits
            # here for the other, and then finds it on record.
            standings = self._locked(connection, {post.message.person for post in posts})
            again = self._counted(connection, [post.message.key for post in posts])
            new = [post for post in posts if post.message.key not in again]
            taken = self._taken(connection, new, standings) if new else {}
        return [again.get(post.message.key) or taken[post.message.key] for post in posts]

    def _locked(self, connection: Connection, persons: Iterable[str]) -> dict[str, _Standing]:
        """Lock the people, in an order of their own so that no two workers wait for each other."""
        now, ordered = self._store.clock(), sorted(persons)
        unknown = [{"person": person, "epoch": 0, "asked": 0, "touched_at": now} for person in ordered]
        self._store.insert_missing(connection, people, unknown)
        theirs = select(people).where(people.c.person.in_(ordered)).order_by(people.c.person)
        found = connection.execute(theirs.with_for_update()).all()
        return {row.person: _Standing(row.epoch, row.asked, 0, 0) for row in found}

    def _counted(self, connection: Connection, keys: Sequence[str]) -> dict[str, Accepted]:
        """Count a post more of each message that is on record."""
        known = in_order(messages.c.key.in_(keys))
        counted = update(messages).where(messages.c.key.in_(known)).values(posts=messages.c.posts + 1)
        found = connection.execute(counted.returning(messages.c.key, messages.c.posts, messages.c.reply))
        return {row.key: Accepted(Taken.AGAIN, row.posts, row.reply) for row in found}

    def _taken(
        self, connection: Connection, new: Sequence[Post], standings: dict[str, _Standing]
    ) -> dict[str, Accepted]:
        """Put what is new on record, or refuse it."""
        batch = self._batch(connection, {post.message.person for post in new}, standings)
        taken = {post.message.key: self._refusal(post, batch) or self._noted(post, batch) for post in new}
        if batch.rows:
            connection.execute(insert(messages), batch.rows)
            self._keep_people(connection, {row["person"] for row in batch.rows}, batch.standings)
        if batch.parts:
            connection.execute(insert(parts), batch.parts)
        return taken

    def _batch(
        self, connection: Connection, persons: Iterable[str], standings: dict[str, _Standing]
    ) -> _Batch:
        """Look up what limits apply to."""
        theirs = messages.c.person.in_(sorted(persons))
        lately = messages.c.received_at > self._store.clock() - 60
        is_open = messages.c.state != "done"
        each = select(messages.c.person, func.count().label("n")).group_by(messages.c.person)
        for row in connection.execute(each.where(theirs, lately)):
            standings[row.person].lately = row.n
        for row in connection.execute(each.where(theirs, is_open)):
            standings[row.person].waiting = row.n
        everybody = connection.scalar(select(func.count()).select_from(messages).where(is_open))
        return _Batch(standings, everybody or 0)

    def _refusal(self, post: Post, batch: _Batch) -> Accepted | None:
        """Say no, honestly, to too much at once; nothing is put on record then."""
        standing = batch.standings[post.message.person]
        if standing.lately >= self._limits.a_minute:
            return Accepted(Taken.TOO_FAST)
        if post.ready is not None:
            return None
        if standing.waiting >= self._limits.of_one_person:
            return Accepted(Taken.TOO_MANY, waiting=standing.waiting)
        if batch.waiting >= self._limits.waiting:
            return Accepted(Taken.FULL)
        return None

    def _noted(self, post: Post, batch: _Batch) -> Accepted:
        """Note a new message: which of the person's conversations it is in, and which question of it."""
        new, standing = post.message, batch.standings[post.message.person]
        if new.kind is Kind.FRESH:
            standing.epoch, standing.asked = standing.epoch + 1, 0
        standing.asked += new.kind is Kind.QUESTION
        standing.lately += 1
        if post.ready is None:
            standing.waiting += 1
            batch.waiting += 1
        batch.rows.append(self._row(post, standing))
        batch.parts += part_rows(new.key, new.person, post.ready or ())
        return Accepted(Taken.NEW)

    def _row(self, post: Post, standing: _Standing) -> dict[str, Any]:
        new = post.message
        return {
            "key": new.key,
            "channel": new.channel,
            "person": new.person,
            "recipient": new.recipient if new.way is Way.PUSH else None,
            "kind": new.kind,
            "question": new.text,
            "conversation": f"{new.channel}-{new.person}-{standing.epoch}",
            "turn": standing.asked,
            "received_at": self._store.clock(),
            "posts": 1,
            "state": "waiting" if post.ready is None else "done",
            "lease_until": 0.0,
            "runs": 0,
            "way": new.way,
            "response_url": new.response_url,
        }

    def _keep_people(
        self, connection: Connection, persons: Iterable[str], standings: dict[str, _Standing]
    ) -> None:
        now = self._store.clock()
        changed = [
            {"who": each, "epoch": standings[each].epoch, "asked": standings[each].asked, "touched_at": now}
            for each in sorted(persons)
        ]
        connection.execute(update(people).where(people.c.person == bindparam("who")), changed)


def part_rows(key: str, person: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of the parts of an answer, nobody having seen them."""
    return [
        {"message": key, "n": n, "person": person, "text": text, "claimed_until": 0.0, "tries": 0}
        for n, text in enumerate(texts)
    ]
