"""A context of the real corpus and a small readable index: clauses by how much of a query they cover."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.bootstrap import build_context
from assistant.conversation import Answer, Question
from assistant.pipeline import Assistant
from assistant.steps.state import AnswerContext
from corpus.store import Corpus, load_corpus
from evals.plain_index import PlainIndex

TODAY = date(2026, 11, 22)
Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="session")
def context(corpus: Corpus) -> AnswerContext:
    return build_context(corpus, PlainIndex(corpus))


@pytest.fixture
def ask(context: AnswerContext) -> Ask:
    """Ask a fresh assistant; turns of one `conversation` remember each other."""
    assistant = Assistant(context, ConversationMemory())

    def asked(
        text: str,
        as_of: date = TODAY,
        conversation: str | None = None,
        documents: tuple[str, ...] = (),
    ) -> Answer:
        return assistant.ask(Question(text, as_of, conversation, documents))

    return asked
