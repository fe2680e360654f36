"""Answers of the real corpus, composed and checked, to be worded."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.bootstrap import build_context
from assistant.conversation import Answer, Question
from assistant.pipeline import Assistant
from assistant.ports import LanguageModel
from assistant.steps.state import AnswerContext
from corpus.store import load_corpus
from evals.plain_index import PlainIndex
from tests.patience import PATIENCE_S

TODAY = date(2026, 11, 22)
Ask = Callable[[str], Answer]


@pytest.fixture(scope="session")
def context() -> AnswerContext:
    corpus = load_corpus()
    return build_context(corpus, PlainIndex(corpus))


@pytest.fixture(scope="session")
def ask(context: AnswerContext) -> Ask:
    assistant = Assistant(context, ConversationMemory())
    return lambda text: assistant.ask(Question(text, TODAY))


@pytest.fixture(scope="session")
def client() -> None:
    """Load the client beforehand: a slow machine's import is none of what is timed here."""
    importlib.import_module("langchain_openai")


@pytest.fixture
def assistant_with(context: AnswerContext, client: None) -> Callable[..., Assistant]:
    """Give an assistant with a model that may take its time, unless told otherwise."""

    def build(model: LanguageModel, seconds: float = PATIENCE_S) -> Assistant:
        return Assistant(replace(context, model=model, model_seconds=seconds), ConversationMemory())

    return build
