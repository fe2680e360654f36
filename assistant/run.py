"""One question on its way through the steps: what is done, what is left, how long each took."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.conversation import Answer, Outcome
from assistant.steps.read_with_model import with_note
from assistant.steps.shield import blocked_if_empty
from assistant.steps.state import State, Step, settled


@dataclass
class Run:
    """The state of one question, the steps still to take, and the words already shown."""

    state: State
    steps: Sequence[Step]
    taken: int = 0
    timings: list[tuple[str, int]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    is_kept: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether there is no answer yet and a step that may find one."""
        return self.state.answer is None and self.taken < len(self.steps)

    @property
    def next_name(self) -> str:
        """Return the name of the step to take next."""
        return self.steps[self.taken].__name__

    @property
    def answer(self) -> Answer:
        """Return the answer as it stands; where the steps found none, that is an error."""
        return self.state.answer or self._error()

    def advance(self) -> None:
        """Take the next step."""
        step, started = self.steps[self.taken], time.perf_counter()
        self.taken += 1
        self.state = with_note(blocked_if_empty(step(self.state)))
        self.timed(step.__name__, started)

    def settle(self, answer: Answer) -> None:
        """Put an answer in the place of the one that stands."""
        self.state = replace(self.state, answer=answer)

    def fail(self) -> None:
        """End with an error, whatever there was."""
        self.taken = len(self.steps)
        self.settle(self._error())

    def timed(self, name: str, started: float) -> None:
        """Note how long something took."""
        self.timings.append((name, round((time.perf_counter() - started) * 1000)))

    def _error(self) -> Answer:
        return settled(self.state, Outcome.ERROR, self.state.desk.replies.say("error"))
