"""A program that loads at once and stands still under some questions, for processes that are sent there."""

from __future__ import annotations

import re

from assistant.adapters.errors import IndexUnavailableError
from assistant.conversation import Answer, Question
from tests.fakes import FakeApplication, FakeAssistant


class Freezing(FakeAssistant):
    """Answers by hand; 冻住 holds the interpreter for ages."""

    def ask(self, question: Question) -> Answer:
        if "冻住" in question.text:
            re.match(r"(a+)+b", "a" * 60)
        return super().ask(question)


def freezing() -> FakeApplication:
    """Return the program."""
    return FakeApplication(Freezing())


def broken() -> FakeApplication:
    """Fail to load, without a word that a person could use."""
    raise MemoryError


def damaged() -> FakeApplication:
    """Fail to load, and say why."""
    raise IndexUnavailableError("索引打不开。")
