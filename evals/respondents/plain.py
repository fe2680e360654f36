"""The plain baseline: the two clauses search finds first, whole, and nothing else.

It never refuses and computes nothing. What the product does between search and answer must beat it on the
same questions, or it loses more than it adds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.answer_json import citation_json
from assistant.bootstrap import Application
from assistant.ports import SearchFilter
from assistant.settings import Settings
from assistant.sources import citation
from corpus.model.document import ClauseKind, Span
from evals.cases import CorpusChange
from evals.header import about_program
from evals.metrics.retrieval import DEPTH
from evals.replies import Reply, read_reply
from evals.respondents.respondent import Conversation, spoken_turns
from evals.suite_files import Item

SHOWN = 2


class Plain:
    """Answers every question with the best two clauses of the package's corpus."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.model_copy(update={"data_dir": settings.data_dir / "evaluation" / "index"})
        self._application = Application(self._settings)

    @property
    def about(self) -> Mapping[str, object]:
        """Return what the program's header says, marked as the baseline."""
        return {**about_program(self._application, self._settings), "target": "plain"}

    def can_change_corpus(self) -> bool:
        """Tell that it cannot."""
        return False

    def converse(self, item: Item, change: CorpusChange, seed: int) -> Conversation:  # noqa: ARG002 - no chance in it
        """Answer each turn by itself: it remembers nothing."""
        turns = spoken_turns(item, self._application.corpus.facts)
        replies = tuple(self._reply(turn, item) for turn in turns)
        hits = self._search(turns[-1], item, DEPTH)
        return Conversation(replies, tuple((name, score) for name, score in hits))

    def _search(self, question: str, item: Item, most: int) -> list[tuple[str, float]]:
        only = SearchFilter(documents=item.case.documents)
        return [(hit.clause_id, hit.score) for hit in self._application.index.search(question, most, only)]

    def _reply(self, question: str, item: Item) -> Reply:
        began = time.perf_counter()
        spans = list(self._spans(question, item))
        corpus = self._application.corpus
        cited = [citation(n, span, corpus, item.case.as_of) for n, span in enumerate(spans, 1)]
        raw: dict[str, Any] = {
            "question": question,
            "outcome": "answered",
            "text": "\n".join(
                f"《{one.title}》{one.label}：「{one.span.quote}」〔{one.n}〕" for one in cited
            ),
            "citations": [citation_json(one) for one in cited],
        }
        return read_reply(question, raw, time.perf_counter() - began)

    def _spans(self, question: str, item: Item) -> Iterator[Span]:
        corpus = self._application.corpus
        found = (corpus.clause(name) for name, _ in self._search(question, item, 4 * SHOWN))
        told = [clause for clause in found if clause.kind is not ClauseKind.HEADING]
        for clause in told[:SHOWN]:
            yield Span(clause.id, 0, len(clause.text), clause.text)
