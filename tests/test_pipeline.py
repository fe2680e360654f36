"""The pipeline itself: always an answer, with timings, never a stack trace."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.conversation import Outcome, Question, Turn
from assistant.pipeline import STEPS, Assistant
from assistant.ports import NotKeptError
from assistant.steps.cues import load_cues
from assistant.steps.reading.words import rarity_of
from assistant.steps.replies import load_replies
from assistant.steps.routing.limits import load_limits
from assistant.steps.state import AnswerContext, State
from assistant.steps.subjects import SubjectTable
from corpus.glossary import Glossary
from tests.fakes import tiny_corpus

TODAY = date(2026, 11, 22)


class NoIndex:
    """An index that finds nothing."""

    def search(self, query: str, limit: int = 10, only: object = None) -> tuple[()]:
        return ()


@pytest.fixture
def context() -> AnswerContext:
    corpus = tiny_corpus()
    return AnswerContext(
        corpus=corpus,
        index=NoIndex(),
        glossary=Glossary((), (), (), (), ()),
        cues=load_cues(),
        replies=load_replies(),
        limits=load_limits(),
        rarity=rarity_of(clause.text for clause in corpus.clauses),
        subjects=SubjectTable(()),
    )


def broken(state: State) -> State:
    raise RuntimeError("/secret/path and a password")


def test_a_step_that_fails_ends_in_an_error_that_leaks_nothing(
    context: AnswerContext, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Assistant(context, ConversationMemory(), (broken,)).ask(Question("能拿多少", TODAY))
    assert answer.outcome is Outcome.ERROR
    assert answer.text == context.replies.say("error")
    assert "secret" not in answer.text
    assert "secret" in caplog.text


def test_every_step_that_ran_is_timed(context: AnswerContext) -> None:
    answer = Assistant(context, ConversationMemory()).ask(Question("今天天气怎么样", TODAY))
    ran = [name for name, _ in answer.timings_ms]
    assert ran == [step.__name__ for step in STEPS[: len(ran)]]
    assert "route" in ran


def test_what_was_asked_is_given_back_as_written(context: AnswerContext) -> None:
    answer = Assistant(context, ConversationMemory()).ask(Question("  今天天氣？ ", TODAY))
    assert answer.question == "  今天天氣？ "


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", Outcome.NEEDS_INPUT),
        ("   ", Outcome.NEEDS_INPUT),
        ("😀😀😀", Outcome.NEEDS_INPUT),
        ("？？？！！", Outcome.NEEDS_INPUT),
        ("政策" * 2000, Outcome.BLOCKED),
        ("\x00\x01\x02PK\x03\x04\x00\x00a", Outcome.BLOCKED),
    ],
)
def test_what_is_no_question_gets_a_clear_chinese_reply(
    context: AnswerContext, text: str, outcome: Outcome
) -> None:
    answer = Assistant(context, ConversationMemory()).ask(Question(text, TODAY))
    assert answer.outcome is outcome
    assert answer.text.endswith("。")


def test_a_question_nobody_covers_says_what_is_covered(context: AnswerContext) -> None:
    answer = Assistant(context, ConversationMemory()).ask(Question("今天天气怎么样", TODAY))
    assert answer.outcome is Outcome.NOT_COVERED
    assert context.corpus.documents[0].title in answer.text
    assert "12345" in answer.text


def test_a_conversation_keeps_only_its_latest_turns() -> None:
    memory = ConversationMemory(most_conversations=2, most_turns=2)
    turn = Turn("问", "答", Outcome.ANSWERED)
    for number in range(3):
        memory.append("a", replace(turn, question=str(number)))
    assert [kept.question for kept in memory.turns("a")] == ["1", "2"]
    memory.append("b", turn)
    memory.append("c", turn)
    assert memory.turns("a") == ()


class LosesEverything:
    """A store of conversations whose database is gone; it remembers what it is given to."""

    def __init__(self, *remembered: Turn) -> None:
        self._remembered = remembered

    def turns(self, conversation_id: str, owner: str | None = None) -> tuple[Turn, ...]:
        raise NotKeptError("数据库不可用。", self._remembered)

    def append(self, conversation_id: str, turn: Turn, owner: str | None = None) -> None:
        raise NotKeptError("数据库不可用。")


def test_a_store_that_fails_costs_a_warning_and_never_the_answer(context: AnswerContext) -> None:
    question = Question("你好", TODAY, "一")
    answer = Assistant(context, LosesEverything()).ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.text == Assistant(context, ConversationMemory()).ask(question).text
    assert any("没能存入对话记录" in warning and "数据库不可用" in warning for warning in answer.warnings)


class BreaksDown(ConversationMemory):
    """A store of conversations with a fault nobody foresaw."""

    def append(self, conversation_id: str, turn: Turn, owner: str | None = None) -> None:
        raise RuntimeError("/secret/path and a password")


def test_a_fault_in_keeping_costs_a_warning_and_never_the_answer(
    context: AnswerContext, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Assistant(context, BreaksDown()).ask(Question("你好", TODAY, "一"))
    assert answer.outcome is Outcome.ANSWERED
    assert any("没能存入对话记录" in warning for warning in answer.warnings)
    assert "secret" in caplog.text
    assert not any("secret" in warning for warning in answer.warnings)


def test_refusals_are_kept_as_words_but_nothing_leans_on_them(context: AnswerContext) -> None:
    store = ConversationMemory()
    Assistant(context, store).ask(Question("今天天气怎么样", TODAY, "一"))
    assert [turn.outcome for turn in store.turns("一")] == [Outcome.NOT_COVERED]
    seen: list[State] = []

    def look(state: State) -> State:
        seen.append(state)
        return state

    Assistant(context, store, (look,)).ask(Question("那呢", TODAY, "一"))
    assert seen[0].question.history == ()
