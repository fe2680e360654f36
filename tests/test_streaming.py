"""An answer as it comes: steps in Chinese, text that has passed the check, the whole answer last."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.conversation import Answered, Event, Outcome, Question, StepStarted, TextPiece
from assistant.grounding.sentences import sentences
from assistant.pipeline import STEPS, Assistant
from assistant.steps.labels import step_labels
from assistant.steps.state import AnswerContext, State, settled
from tests.fakes import grant_answer
from tests.test_pipeline import TODAY, broken, context

__all__ = ["context"]
QUESTION = Question("今天天气怎么样", TODAY, "a")


def answering(state: State) -> State:
    """Answer at once, as a step does that settles a question."""
    return replace(state, answer=settled(state, Outcome.ANSWERED, "第一句。〔1〕\n第二句。〔2〕"))


def texts(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextPiece))


def test_the_last_event_is_the_answer_that_asking_gives(context: AnswerContext) -> None:
    events = list(Assistant(context, ConversationMemory()).stream(QUESTION))
    assert isinstance(events[-1], Answered)
    asked = Assistant(context, ConversationMemory()).ask(QUESTION)
    assert replace(events[-1].answer, timings_ms=()) == replace(asked, timings_ms=())


def test_the_pieces_put_together_are_the_text(context: AnswerContext) -> None:
    events = list(Assistant(context, ConversationMemory(), (answering,)).stream(QUESTION))
    assert texts(events) == "第一句。〔1〕\n第二句。〔2〕"
    assert sum(isinstance(event, TextPiece) for event in events) == 2


def test_every_step_says_in_chinese_what_it_does(context: AnswerContext) -> None:
    events = list(Assistant(context, ConversationMemory()).stream(QUESTION))
    started = [event for event in events if isinstance(event, StepStarted)]
    assert started[0].name == "validate_input"
    assert all(event.label.startswith("正在") for event in started)
    assert all(step.__name__ in step_labels() for step in STEPS)


def test_a_failure_is_streamed_as_an_answer_too(context: AnswerContext) -> None:
    events = list(Assistant(context, ConversationMemory(), (broken,)).stream(QUESTION))
    assert texts(events) == context.replies.say("error")


@pytest.mark.parametrize("heard", [1, 2, 3])
def test_a_listener_who_leaves_midway_finds_the_turn_remembered_once(
    context: AnswerContext, heard: int
) -> None:
    memory = ConversationMemory()
    stream = Assistant(context, memory, (replaced, answering)).stream(QUESTION)
    assert isinstance(stream, Iterator)
    list(itertools.islice(stream, heard))
    stream.close()  # type: ignore[attr-defined]
    assert [turn.answer_text for turn in memory.turns("a")] == ["第一句。〔1〕\n第二句。〔2〕"]


class WritesAndBreaks:
    """A model whose library fails in a way nobody foresaw, after some words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def write(self, messages: object, seconds: float) -> Iterator[str]:
        yield from self._words
        raise RuntimeError("/secret/path and a password")


def cited(state: State) -> State:
    """Answer at once with a source: that is what a model may word."""
    return replace(state, answer=replace(grant_answer(state.question), conversation_id="a"))


@pytest.mark.parametrize("words", [(), ("乱写一气。\n",)])
def test_a_model_that_breaks_down_leaves_the_composed_answer_and_the_turn(
    context: AnswerContext, words: tuple[str, ...]
) -> None:
    memory = ConversationMemory()
    context = replace(context, model=WritesAndBreaks(*words))
    events = list(Assistant(context, memory, (cited,)).stream(QUESTION))
    last = events[-1]
    assert isinstance(last, Answered)
    assert last.answer.outcome is Outcome.ANSWERED
    assert last.answer.text == texts(events) == grant_answer(QUESTION).text
    assert any("没有用语言模型" in warning for warning in last.answer.warnings)
    assert [turn.answer_text for turn in memory.turns("a")] == [last.answer.text]


def replaced(state: State) -> State:
    return replace(state, as_of=date(2027, 1, 1))


@pytest.mark.parametrize(
    "text", ["", "一句", "一句。", "a\n\nb。〔1〕〔2〕\nc；d！", "「他说。」然后〔1〕。"]
)
def test_pieces_lose_nothing(text: str) -> None:
    assert "".join(sentences(text)) == text
