"""The lanes the bots' database work runs in: each does for many posts at once what one post needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ui.bots.batches import Batches
from ui.bots.intake import Post
from ui.bots.jobs import Jobs
from ui.bots.records import Accepted, JobState
from ui.bots.replies import Ask, Replies


class Lanes:
    """Putting on record, replying, confirming, and looking what is done; none waits behind another."""

    def __init__(self, jobs: Jobs, replies: Replies) -> None:
        self._jobs = jobs
        self._replies = replies
        self.intake: Batches[Post, Accepted] = Batches(self._accepted, "bot-intake")
        self.replies: Batches[Ask, str | None] = Batches(self._replied, "bot-replies")
        self.delivered: Batches[str, None] = Batches(self._delivered, "bot-delivered")
        self.done: Batches[Collection[str], set[str]] = Batches(self._done, "bot-done")
        self.states: Batches[str, JobState | None] = Batches(self._states, "bot-states")

    def stop(self) -> None:
        """Finish what is under way."""
        for lane in (self.intake, self.replies, self.delivered, self.done, self.states):
            lane.stop()

    def _accepted(self, posts: Sequence[Post]) -> list[Accepted]:
        return self._jobs.accept_all(posts)

    def _replied(self, asks: Sequence[Ask]) -> list[str | None]:
        return self._replies.reply_all(asks)

    def _delivered(self, keys: Sequence[str]) -> list[None]:
        self._replies.delivered(*keys)
        return [None] * len(keys)

    def _done(self, asked: Sequence[Collection[str]]) -> list[set[str]]:
        done = self._jobs.done_of({key for keys in asked for key in keys})
        return [done.intersection(keys) for keys in asked]

    def _states(self, keys: Sequence[str]) -> list[JobState | None]:
        found = self._jobs.states_of(set(keys))
        return [found.get(key) for key in keys]
