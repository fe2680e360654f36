"""One question on its way through the steps: what is done, what is left, how long each took."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from assistant.conversation import Answer, Event, Outcome, TextPiece
from assistant.steps.injection_filter import blocked_if_empty
from assistant.steps.read_with_model import with_note
from assistant.steps.state import State, Step, settled

log = logging.getLogger(__name__)


@dataclass
class Run:
    """The state of one question, the steps still to take, and the words already shown."""

    state: State
    steps: Sequence[Step]
    taken: int = 0
    timings: list[tuple[str, int]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    is_worded: bool = False
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

    def stop(self) -> None:
        """Take no further step: the answer that stands is the answer, and without one it is an error."""
        self.taken = len(self.steps)

    def showing(self, words: Generator[str, None, Answer]) -> Generator[Event, None, Answer]:
        """Yield words as they come, noting that they were shown; return the answer they end in."""
        while True:
            try:
                piece = next(words)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            self.shown.append(piece)
            yield TextPiece(piece)

    def timed(self, name: str, started: float) -> None:
        """Note how long something took."""
        self.timings.append((name, round((time.perf_counter() - started) * 1000)))

    def _error(self) -> Answer:
        return settled(self.state, Outcome.ERROR, self.state.context.replies.say("error"))


@contextmanager
def guarded(run: Run) -> Iterator[None]:
    """Let a part of the way fail and nothing more: it is logged, and whatever happens there is an answer."""
    try:
        yield
    except Exception:
        log.exception("a question could not be answered as it should")
        run.stop()
