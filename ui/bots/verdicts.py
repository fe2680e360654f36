"""What users think of answers (赞, 踩): one verdict a person and answer, the last one counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert

from ui.bots.store import Store
from ui.bots.tables import feedback

_REASONS = {1: "与问题无关", 2: "内容不完整", 3: "内容有错误", 4: "数据分析错误"}
GOOD, BAD, WITHDRAWN = 1, 2, 3
_MOST_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of the answer to a message; `kind` and `reasons` are the platform's numbers."""

    message: str
    person: str
    kind: int
    reasons: Sequence[int] = ()
    comment: str = ""


class Verdicts:
    """Keeps verdicts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, verdict: Verdict) -> None:
        """Keep a verdict in place of an earlier one; one that is withdrawn goes."""
        values = {
            "message": verdict.message[:64],
            "person": verdict.person,
            "verdict": "good" if verdict.kind == GOOD else "bad",
            "reasons": "、".join(_REASONS.get(reason, str(reason)) for reason in verdict.reasons),
            "comment": verdict.comment[:_MOST_CHARACTERS],
            "given_at": self._store.clock(),
        }
        same = (feedback.c.message == values["message"]) & (feedback.c.person == verdict.person)
        with self._store.writing() as connection:
            connection.execute(delete(feedback).where(same))
            if verdict.kind in {GOOD, BAD}:
                connection.execute(insert(feedback).values(**values))
