"""What a metric is given to judge one turn, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from evals.cases import Case, Expect
from evals.replies import Reply
from evals.suite_files import Gold


@dataclass(frozen=True)
class Exam:
    """One turn to be judged: what was expected, where the answer stands, what came back.

    `said` is everything the person had said by then. `texts` maps clause ids to texts of the corpus that
    was asked. `retrieved` are clause ids, best first; None where nobody told.
    """

    case: Case
    expect: Expect
    gold: Gold
    reply: Reply
    said: str
    texts: Mapping[str, str]
    retrieved: tuple[str, ...] | None = None

    @cached_property
    def text(self) -> str:
        """Return the words of the reply."""
        return self.reply.text


@dataclass(frozen=True, slots=True)
class Score:
    """One metric of one turn; what does not apply has no score. `reason` is Chinese, for people."""

    metric: str
    value: float
    reason: str = ""


Metric = Callable[[Exam], Iterable[Score]]
