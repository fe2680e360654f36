"""What users of a 智能机器人 think of answers (赞, 踩), kept where every face keeps it."""

from __future__ import annotations

from collections.abc import Callable

from assistant.conversation import Feedback
from assistant.ports import FeedbackStore
from ui.bots.bot_events import FeedbackEvent
from ui.bots.jobs import Jobs

_REASONS = {1: "与问题无关", 2: "内容不完整", 3: "内容有错误", 4: "数据分析错误"}
_GOOD, _BAD, _WITHDRAWN = 1, 2, 3


class Verdicts:
    """Keeps verdicts with the question and answer they are about. `store` opens where they are kept."""

    def __init__(self, jobs: Jobs, store: Callable[[], FeedbackStore]) -> None:
        self._jobs = jobs
        self._store = store

    def keep(self, given: FeedbackEvent, channel: str) -> None:
        """Keep a verdict in place of an earlier one; one withdrawn goes, one on nothing of ours is let be."""
        about = self._jobs.answered(given.id)
        if about is None:
            return
        if given.type == _WITHDRAWN:
            self._store().withdraw(about.conversation, about.turn)
        elif given.type in {_GOOD, _BAD}:
            reasons = [_REASONS.get(reason, str(reason)) for reason in given.inaccurate_reason_list]
            reason = "；".join(filter(None, ("、".join(reasons), given.content.strip())))
            is_good = given.type == _GOOD
            self._store().give(
                Feedback(
                    about.conversation, about.turn, is_good, reason, about.question, about.answer, channel
                )
            )
