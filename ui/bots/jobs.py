"""Jobs keyed by message: each message is computed once, whoever posts it how often, to whichever worker.

A worker takes a job for a while (a lease) and renews it as long as it lives; the job of a killed worker is
taken over. What a worker that lost its lease still brings is dropped. The clock of leases never goes back
(forward_clock).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, insert, select, update
from sqlalchemy.engine import Row

from ui.bots.commands import Kind
from ui.bots.intake import Intake, Post, part_rows
from ui.bots.records import Accepted, AnsweredQuestion, Job, JobState, Limits, NewMessage, Way
from ui.bots.rendering import Source
from ui.bots.store import Store
from ui.bots.tables import in_order, messages, parts, people

MOST_RUNS = 3
_RETRY_S = 2.0


class Jobs:
    """The messages of all workers and what became of them."""

    def __init__(self, store: Store, limits: Limits | None = None) -> None:
        self._store = store
        self._limits = limits or Limits()
        self._intake = Intake(store, self._limits)

    def accept(self, new: NewMessage, ready: Sequence[str] | None = None) -> Accepted:
        """Put a message on record, with its answer where that is `ready`; posted again, it is counted."""
        return self.accept_all((Post(new, ready),))[0]

    def accept_all(self, posts: Sequence[Post]) -> list[Accepted]:
        """Put messages on record in one transaction, in their order."""
        return self._intake.accept_all(posts)

    def claim(self, owner: str, most: int, lease_s: float) -> list[Job]:
        """Take jobs that wait, or whose worker has gone silent, oldest first; a person's in their turn."""
        now = self._store.clock()
        free = (messages.c.state != "done") & (messages.c.lease_until <= now) & self._is_in_turn(now)
        with self._store.reading() as connection:
            if connection.scalar(select(messages.c.key).where(free).limit(1)) is None:
                return []
        with self._store.writing() as connection:
            oldest = select(messages.c.key).where(free).order_by(messages.c.received_at).limit(most)
            keys = connection.scalars(oldest.with_for_update(skip_locked=True)).all()
            taken = connection.execute(
                update(messages)
                .where(messages.c.key.in_(keys))
                .values(state="running", owner=owner, lease_until=now + lease_s, runs=messages.c.runs + 1)
                .returning(messages)
            ).all()
        return [_job(row) for row in sorted(taken, key=lambda row: row.received_at)]

    def _is_in_turn(self, now: float) -> ColumnElement[bool]:
        """Tell whether nothing asked before it in its conversation is open, or it has waited long enough."""
        earlier = messages.alias()
        is_before = (
            (earlier.c.person == messages.c.person)
            & (earlier.c.conversation == messages.c.conversation)
            & (earlier.c.turn < messages.c.turn)
            & (earlier.c.state != "done")
        )
        has_waited = messages.c.received_at <= now - self._limits.in_turn_s
        return has_waited | ~exists().where(is_before)

    def renew(self, owner: str, keys: Collection[str], lease_s: float) -> None:
        """Keep jobs that are still being computed."""
        with self._store.writing() as connection:
            mine = (messages.c.owner == owner) & (messages.c.state == "running") & messages.c.key.in_(keys)
            until = self._store.clock() + lease_s
            theirs = messages.c.key.in_(in_order(mine))
            connection.execute(update(messages).where(theirs).values(lease_until=until))

    def finish(self, job: Job, owner: str, answer: Sequence[str], sources: Sequence[Source] = ()) -> bool:
        """Keep the answer of a job; False where another worker has taken the job over meanwhile."""
        kept = json.dumps([asdict(source) for source in sources], ensure_ascii=False)
        with self._store.writing() as connection:
            person = connection.scalar(
                update(messages)
                .where(messages.c.key == job.key, messages.c.owner == owner, messages.c.state == "running")
                .values(state="done", sources=kept)
                .returning(messages.c.person)
            )
            if person is not None and answer:
                connection.execute(insert(parts), part_rows(job.key, person, answer))
            return person is not None

    def give_back(self, job: Job, owner: str) -> None:
        """Let a job that failed be tried again in a moment."""
        with self._store.writing() as connection:
            mine = (messages.c.key == job.key) & (messages.c.owner == owner)
            later = self._store.clock() + _RETRY_S
            connection.execute(update(messages).where(mine).values(state="waiting", lease_until=later))

    def done_of(self, keys: Collection[str]) -> set[str]:
        """Return those of the messages that are done."""
        with self._store.reading() as connection:
            found = select(messages.c.key).where(messages.c.key.in_(keys), messages.c.state == "done")
            return set(connection.scalars(found))

    def states_of(self, keys: Collection[str]) -> dict[str, JobState]:
        """Return how messages stand; those that are not on record are left out."""
        with self._store.reading() as connection:
            rows = connection.execute(select(messages).where(messages.c.key.in_(keys))).all()
        return {row.key: self._state(row) for row in rows}

    def _state(self, row: Row[Any]) -> JobState:
        age = self._store.clock() - row.received_at
        return JobState(row.state == "done", Way(row.way), row.reply, age, row.progress)

    def write_progress(self, key: str, text: str) -> None:
        """Keep the answer so far, for who polls for it."""
        with self._store.writing() as connection:
            connection.execute(update(messages).where(messages.c.key == key).values(progress=text))

    def answered(self, key: str) -> AnsweredQuestion | None:
        """Return a question with its answer; None where it is not on record."""
        with self._store.reading() as connection:
            row = connection.execute(select(messages).where(messages.c.key == key)).first()
            texts = select(parts.c.text).where(parts.c.message == key).order_by(parts.c.n)
            answer = "\n".join(connection.scalars(texts))
        return None if row is None else AnsweredQuestion(row.conversation, row.turn, row.question, answer)

    def open_of(self, person: str) -> list[str]:
        """Return the keys of a person's questions that are not done, oldest first."""
        with self._store.reading() as connection:
            mine = (messages.c.person == person) & (messages.c.state != "done")
            found = select(messages.c.key).where(mine).order_by(messages.c.received_at)
            return list(connection.scalars(found))

    def last_sources(self, person: str) -> tuple[Source, ...] | None:
        """Return the sources of the last answer a person has seen; None before the first."""
        seen = parts.c.delivered_at.is_not(None) | parts.c.claimed_by.is_not(None)
        with self._store.reading() as connection:
            kept = connection.scalar(
                select(messages.c.sources)
                .join(parts)
                .where(messages.c.person == person, messages.c.kind == Kind.QUESTION, seen)
                .order_by(messages.c.received_at.desc())
                .limit(1)
            )
        return None if kept is None else tuple(Source(**each) for each in json.loads(kept))

    def forget(self, older_than_s: float, people_older_than_s: float) -> int:
        """Delete older messages, return how many; people are known as long as their conversations."""
        now = self._store.clock()
        before, gone_before = now - older_than_s, now - people_older_than_s
        with self._store.writing() as connection:
            old = select(messages.c.key).where(messages.c.received_at < before)
            connection.execute(delete(parts).where(parts.c.message.in_(old)))
            gone = connection.execute(delete(messages).where(messages.c.received_at < before)).rowcount
            connection.execute(delete(people).where(people.c.touched_at < gone_before))
            return gone


def _job(row: Row[Any]) -> Job:
    return Job(row.key, row.question, row.conversation, row.runs, row.channel, Way(row.way))
