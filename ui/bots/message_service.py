"""What every channel does with a message: put it on record, have it answered, wait, and reply."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.bots.answering import Answerer
from ui.bots.arrivals import Arrivals
from ui.bots.commands import Command, Kind, read_command
from ui.bots.intake import Post
from ui.bots.jobs import Jobs
from ui.bots.lanes import Lanes
from ui.bots.outbox import Outbox
from ui.bots.records import Accepted, NewMessage, Taken, Way
from ui.bots.rendering import MESSAGE_BYTES, clause_parts, source_lines
from ui.bots.replies import Ask
from ui.bots.threads import Threads
from ui.bots.waiting import Waiting
from ui.bots.words import bot_words

LOG = logging.getLogger(__name__)
REPLY_S = (
    0.003  # what one reply takes of a second: those of many posts are spread over the time before the cut
)
PATIENCE_S = 5.0  # how much longer than the hold a line stays open that the platform should have cut


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text a user wrote, from any platform. `id` is the platform's own for the message."""

    channel: str
    account: str
    user: str
    id: str
    text: str
    way: Way = Way.PASSIVE
    response_url: str | None = None
    limit: int = MESSAGE_BYTES


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer a post with, empty for nothing; `key` is what to confirm by once it is sent."""

    text: str = ""
    key: str | None = None


class MessageService:
    """Serves every channel. `clause_text` returns the words of a clause, None where it is gone."""

    def __init__(
        self,
        jobs: Jobs,
        outbox: Outbox,
        lanes: Lanes,
        answering: Answerer,
        waiting: Waiting,
        clause_text: Callable[[str], str | None],
        threads: Threads,
    ) -> None:
        self.arrivals = Arrivals()
        self.threads = threads
        self.jobs = jobs
        self.outbox = outbox
        self.lanes = lanes
        self._answering = answering
        self._waiting = waiting
        self._held = 0
        self._clause_text = clause_text

    async def take(self, incoming: Incoming, secret: bytes) -> tuple[NewMessage, Accepted]:
        """Put a message on record before anything else is done about it, and have a question answered.

        Raises:
            DatabaseUnavailableError: it could not be put on record; the platform will post it again.
        """
        person = hashed(secret, incoming.channel, incoming.account, incoming.user)
        command = read_command(incoming.text)
        ready = self._ready(command)
        if command.kind is Kind.SOURCE:
            ready = await self.threads.run(self._clause, command.number, person, incoming.limit)
        is_at_hand = ready is not None and incoming.way is Way.PUSH
        new = NewMessage(
            key=hashed(secret, incoming.channel, incoming.account, incoming.user, incoming.id),
            channel=incoming.channel,
            person=person,
            recipient=incoming.user,
            kind=command.kind,
            text=incoming.text,
            way=Way.PASSIVE if is_at_hand else incoming.way,
            response_url=incoming.response_url,
        )
        # Even where the line is cut by now: what is on record is answered, whatever becomes of the post.
        accepted = await self.lanes.intake.run(Post(new, ready))
        if accepted is None:
            raise TypeError("what is put on record is always wanted")
        if accepted.taken is Taken.NEW:
            self._answering.wake()
        return new, accepted

    def left_of(self, arrived: float, seconds: float) -> float:
        """Return how long a post may still be held, of the seconds counted from its arrival.

        The more posts are held, the earlier the last of them is let go: all have to be replied to in time.
        """
        return self.arrivals.left_of(arrived, seconds - REPLY_S * self._held)

    async def hold(self, new: NewMessage, seconds: float, gone: asyncio.Task[None]) -> bool:
        """Wait for what a message wants; True once it is there."""
        self._held += 1
        try:
            return await self._wanted(new, seconds, gone)
        finally:
            self._held -= 1

    async def _wanted(self, new: NewMessage, seconds: float, gone: asyncio.Task[None]) -> bool:
        keys: Sequence[str] = (new.key,)
        if new.kind is Kind.MORE:
            keys = await self.threads.run(self.jobs.open_of, new.person)
            if not keys:
                return True
        elif new.kind is not Kind.QUESTION:
            return True
        return await self._waiting.for_any(keys, seconds, gone)

    async def hold_for(self, key: str, seconds: float, gone: asyncio.Task[None]) -> bool:
        """Wait for the answer to one message."""
        return await self._waiting.for_any((key,), seconds, gone)

    async def reply(self, ask: Ask, gone: asyncio.Task[None]) -> Reply | None:
        """Return what a post is answered with; None where it may wait, or nobody listens any more."""
        text = await self.lanes.replies.run(ask, lambda: not gone.done())
        return None if text is None else Reply(text, ask.key)

    def refusal(self, accepted: Accepted) -> str | None:
        """Return the honest words for a message that was not taken."""
        if accepted.taken in {Taken.FULL, Taken.TOO_MANY, Taken.TOO_FAST}:
            return bot_words().say(accepted.taken.value, waiting=accepted.waiting)
        return None

    def _ready(self, command: Command) -> tuple[str, ...] | None:
        """Return the answer to a wish that needs no thinking; None for a question."""
        if command.kind is Kind.FRESH:
            return (bot_words().say("fresh"),)
        return () if command.kind is Kind.MORE else None

    def _clause(self, number: int | None, person: str, limit: int) -> tuple[str, ...]:
        words = bot_words()
        sources = self.jobs.last_sources(person)
        if sources is None:
            return (words.say("no_answer_yet"),)
        if not sources:
            return (words.say("no_sources"),)
        known = words.say("known_sources", names="、".join(f"“依据{one.n}”" for one in sources))
        if number is None:
            return ("\n".join((words.say("sources"), *source_lines(sources), known)),)
        source = next((one for one in sources if one.n == number), None)
        if source is None:
            return (words.say("no_such_source", n=number, known=known),)
        text = self._clause_text(source.clause)
        return clause_parts(source, text, limit) if text else (words.say("gone_clause", n=number),)


def hashed(secret: bytes, *names: str) -> str:
    """Return a name that cannot be led back to who it stands for, nor guessed without the secret.

    >>> len(hashed(b"secret", "wechat", "openid")), hashed(b"a", "x") == hashed(b"b", "x")
    (40, False)
    """
    return hmac.new(secret, "\x1f".join(names).encode(), hashlib.sha256).hexdigest()[:40]
