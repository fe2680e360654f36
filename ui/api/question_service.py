"""What the routes that answer share: who answers, the queue before it, the figures, and the closing down."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from assistant.conversation import Answer, Question
from ui.api.gate.draining import Drain
from ui.api.gate.queue import OverdueError, Queue
from ui.api.gate.rates import Rates
from ui.api.settings import ApiSettings
from ui.api.watch.metrics import Metrics
from ui.application import Application
from ui.time_limit import overdue

LOG = logging.getLogger("policy.answers")


@dataclass(frozen=True, slots=True)
class QuestionService:
    """Where questions of the interface are answered."""

    application: Application
    settings: ApiSettings
    queue: Queue
    drain: Drain
    metrics: Metrics
    rates: Rates | None = None

    async def ask(self, question: Question, channel: str) -> Answer:
        """Return the answer, in its turn; one that takes too long is an answer that says so.

        Raises:
            BusyError: too many wait.
        """
        try:
            answer = await self.queue.run(
                lambda: self.application.assistant.ask(question), self.settings.answer_s
            )
        except OverdueError:
            LOG.error("a question took longer than %s s", self.settings.answer_s)
            answer = overdue(question)
        self.answered(answer, channel)
        return answer

    def answered(self, answer: Answer, channel: str) -> None:
        """Note an answer: its outcome, and its question only where a setting lets it."""
        self.metrics.answered(answer, channel)
        about = {"channel": channel, "outcome": answer.outcome.value}
        words = {"question": answer.question} if self.settings.log_questions else {}
        LOG.info("answered", extra=about | words)
