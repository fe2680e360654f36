"""A desk with the real corpus and a small readable index: clauses by how much of a query they cover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.bootstrap import build_desk
from assistant.conversation import Answer, Question
from assistant.pipeline import Assistant
from assistant.ports import Hit, SearchFilter
from assistant.retrieval.coverage import covered, weigh
from assistant.retrieval.tokens import tokens
from assistant.steps.state import Desk
from assistant.steps.words import rarity_of
from corpus.store import Corpus, load_corpus

TODAY = date(2026, 11, 22)
Ask = Callable[..., Answer]


class CoverageIndex:
    """Finds clauses by the share of the query they contain."""

    def __init__(self, corpus: Corpus) -> None:
        self._rarity = rarity_of(clause.text for clause in corpus.clauses)
        self._terms = {clause.id: frozenset(tokens(clause.text)) for clause in corpus.clauses}

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        pieces = weigh(query, self._rarity)
        allowed = only.documents if only else ()
        hits = [
            Hit(name, covered(pieces, terms))
            for name, terms in self._terms.items()
            if not allowed or name.split("/")[0] in allowed
        ]
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)[:limit]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="session")
def desk(corpus: Corpus) -> Desk:
    return build_desk(corpus, CoverageIndex(corpus))


@pytest.fixture
def ask(desk: Desk) -> Ask:
    """Ask a fresh assistant; turns of one `conversation` remember each other."""
    assistant = Assistant(desk, ConversationMemory())

    def asked(
        text: str,
        as_of: date = TODAY,
        conversation: str | None = None,
        documents: tuple[str, ...] = (),
    ) -> Answer:
        return assistant.ask(Question(text, as_of, conversation, documents))

    return asked
