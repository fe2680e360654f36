"""Respondents that answer from a table, for tests of running rather than of answering."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evals.cases import CorpusChange
from evals.replies import Failure, failed, read_reply
from evals.respondents.respondent import Conversation
from evals.suite_files import Item

REFUSAL = {"outcome": "not_covered", "text": "本库没有这个问题的答案。"}


@dataclass
class Scripted:
    """Replies by item id; an item without a reply is a crash. `asked` lists what was asked.

    After `hangs_after` of them it does not reply any more.
    """

    replies: Mapping[str, Mapping[str, Any]]
    hangs_after: int | None = None
    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def about(self) -> Mapping[str, object]:
        return {"target": "scripted"}

    def can_change_corpus(self) -> bool:
        return True

    def converse(self, item: Item, change: CorpusChange, seed: int) -> Conversation:
        with self._lock:
            self.asked.append(item.id)
            place = len(self.asked)
        is_hanging = self.hangs_after is not None and place > self.hangs_after
        time.sleep(3600 if is_hanging else self.seconds)
        question = item.case.question
        raw = self.replies.get(item.id)
        if raw is None:
            return Conversation((failed(question, Failure.ERROR, "坏了", 0.1),), ())
        return Conversation((read_reply(question, raw, 0.1),), (("sh-tech-services/9", 1.0),))
