"""A model words an answer, over real HTTP: what passes is shown, what does not is ours, and it says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.adapters.breaker import Breaker
from assistant.adapters.chat_model import ChatModel, ModelSettings
from assistant.conversation import Answered, Outcome, Question, TextPiece, WordedBy
from assistant.pipeline import Assistant
from tests.grounding.conftest import TODAY, Ask
from tests.patience import PATIENCE_S
from tests.scripted_model import Messages, Reply, serving

Build = Callable[..., Assistant]
SLOW_S = 60.0
ASKED = "长宁区硬核技术攻关自筹800万能拿多少"
OPEN = "我们公司在长宁做硬核技术攻关能拿多少钱"


def section(messages: Messages, name: str) -> list[str]:
    """Return one part of the task as the model was given it."""
    task = next(one["content"] for one in messages if one["role"] == "user")
    return task.split(f"【{name}开始】\n")[1].split(f"\n【{name}结束】")[0].split("\n")


def lines_shown(messages: Messages) -> list[str]:
    """Return the composed lines as a model writes them that copies what it is to keep."""
    text = "\n".join(section(messages, "回答"))
    for passage in section(messages, "原样内容"):
        name, _, words = passage.partition("：")
        text = text.replace(f"{{{{{name}}}}}", words)
    return text.split("\n")


def in_slots(messages: Messages) -> str:
    """Word an answer as the prompt asks: round about the slots, in another order, with words between."""
    lines = section(messages, "回答")
    conditions = next(line for line in lines if line.startswith("还须符合"))
    rest = [line for line in lines[1:] if line is not conditions]
    return "\n".join(("您好，" + lines[0], "另外，" + conditions.replace("还须", "还需要"), *rest))


def faithful(messages: Messages) -> str:
    return "\n".join(lines_shown(messages))


def politely(messages: Messages) -> str:
    return "\n".join(line.replace("还须符合", "还需要符合") for line in lines_shown(messages))


def lying_first(messages: Messages) -> str:
    return "最高可获500万元。〔c1〕\n" + faithful(messages)


def lying_in_the_third_line(messages: Messages) -> str:
    lines = politely(messages).split("\n")
    return "\n".join((*lines[:2], "另外还可享受设备更新补贴200万元。〔c1〕", *lines[2:]))


def at(url: str) -> ChatModel:
    return ChatModel(ModelSettings("m", url), Breaker(failures=99))


def test_a_wording_that_passes_is_the_answer_and_nothing_else_changes(
    assistant_with: Build, ask: Ask
) -> None:
    composed = ask(ASKED)
    with serving(Reply(politely)) as script:
        answer = assistant_with(at(script.url)).ask(Question(ASKED, TODAY))
    assert answer.worded_by is WordedBy.MODEL
    assert "还需要符合" in answer.text
    assert "{{" not in answer.text
    kept = replace(answer, text="", timings_ms=(), worded_by=None)
    assert kept == replace(composed, text="", timings_ms=())


def test_a_wording_round_the_slots_is_the_answer(assistant_with: Build, ask: Ask) -> None:
    for question in (ASKED, OPEN, "工业服务业有哪些补贴", "在线新经济第七条责任单位是谁"):
        composed = ask(question)
        reply = (
            in_slots if "还须符合" in composed.text else lambda messages: "\n".join(section(messages, "回答"))
        )
        with serving(Reply(reply)) as script:
            answer = assistant_with(at(script.url)).ask(Question(question, TODAY))
        assert answer.worded_by in (WordedBy.MODEL, WordedBy.PROGRAM)
        assert len(script.requests) == 1
        assert sorted(
            answer.text.replace("您好，", "").replace("另外，", "").replace("还需要", "还须")
        ) == sorted(composed.text)


def test_the_model_sees_slots_and_tokens_but_no_number_of_the_answer(assistant_with: Build) -> None:
    with serving(Reply(faithful)) as script:
        assistant_with(at(script.url)).ask(Question(ASKED, TODAY))
    shown = "\n".join(lines_shown(script.requests[0]["messages"]))
    assert "{{A1}}" in shown
    assert "〔c1〕" in shown
    assert not re.search(r"\d+(?:万|%|元)", shown)


def test_a_lie_at_once_is_repaired(assistant_with: Build) -> None:
    with serving(Reply(lying_first), Reply(faithful)) as script:
        answer = assistant_with(at(script.url)).ask(Question(ASKED, TODAY))
    assert answer.worded_by is WordedBy.MODEL
    assert "500万元" not in answer.text
    assert "没有通过核对" in script.requests[1]["messages"][-1]["content"]


def test_a_model_that_keeps_lying_is_not_used(assistant_with: Build, ask: Ask) -> None:
    with serving(Reply(lying_first)) as script:
        answer = assistant_with(at(script.url)).ask(Question(ASKED, TODAY))
    assert len(script.requests) == 2
    assert answer.text == ask(ASKED).text
    assert answer.worded_by is WordedBy.PROGRAM
    assert any("核对" in warning for warning in answer.warnings)


def test_a_lie_later_gives_way_and_the_rest_of_the_models_words_stay(assistant_with: Build, ask: Ask) -> None:
    composed = ask(ASKED)
    with serving(Reply(lying_in_the_third_line)) as script:
        events = list(assistant_with(at(script.url)).stream(Question(ASKED, TODAY)))
    last = events[-1]
    assert isinstance(last, Answered)
    assert last.answer.worded_by is WordedBy.PARTLY
    assert "200万元" not in last.answer.text
    assert "还需要符合" in last.answer.text
    assert last.answer.text == "".join(one.text for one in events if isinstance(one, TextPiece))
    assert composed.text.split("\n")[-1] in last.answer.text
    for n in (one.n for one in composed.citations):
        assert f"〔{n}〕" in last.answer.text


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(status=429, headers=(("Retry-After", "3600"),)),
        Reply(""),
        Reply(delay=SLOW_S),
        Reply(raw="data: {oops}\n\n"),
        Reply("最高", finish="length"),
    ],
)
def test_whatever_the_model_does_there_is_the_composed_answer(
    assistant_with: Build, ask: Ask, reply: Reply
) -> None:
    seconds = 1.0 if reply.delay else PATIENCE_S
    with serving(reply) as script:
        answer = assistant_with(at(script.url), seconds).ask(Question(ASKED, TODAY))
    assert answer.text == ask(ASKED).text
    assert answer.outcome is Outcome.ANSWERED
    assert len(answer.warnings) == len(ask(ASKED).warnings) + 1


def test_a_stream_cut_off_keeps_what_was_shown_and_completes_it(assistant_with: Build, ask: Ask) -> None:
    with serving(Reply(faithful, cut_after=20, finish=None)) as script:
        answer = assistant_with(at(script.url)).ask(Question(ASKED, TODAY))
    assert answer.text == ask(ASKED).text
    assert answer.worded_by is WordedBy.PROGRAM  # word for word ours
    assert any("中断" in warning for warning in answer.warnings)


def test_a_wording_that_leaves_the_question_out_gets_it_back(assistant_with: Build) -> None:
    def silent(messages: Messages) -> str:
        return "\n".join(line for line in lines_shown(messages) if not line.startswith("请"))

    with serving(Reply(silent)) as script:
        answer = assistant_with(at(script.url)).ask(Question(OPEN, TODAY))
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert answer.missing[0].question.partition("（")[0] in answer.text


def test_a_wording_that_drops_the_draft_note_gets_it_back(assistant_with: Build) -> None:
    def bold(messages: Messages) -> str:
        return "\n".join(line for line in lines_shown(messages) if "不是现行政策" not in line)

    with serving(Reply(bold)) as script:
        answer = assistant_with(at(script.url)).ask(Question(ASKED, TODAY))
    assert "不是现行政策" in answer.text


def a_condition_left_out(messages: Messages) -> str:
    return politely(messages).replace("经综合评估；", "")


def a_bound_lost(messages: Messages) -> str:
    return politely(messages).replace("拟给予最高", "拟给予")


def the_source_said_in_free_words(messages: Messages) -> str:
    lines = politely(messages).split("\n")
    return "\n".join((*lines[:2], "这项政策含金量很高，值得大家关注。〔c1〕", *lines[2:]))


@pytest.mark.parametrize("reply", [a_condition_left_out, a_bound_lost, the_source_said_in_free_words])
def test_one_wrong_sentence_costs_no_more_than_that_sentence(
    assistant_with: Build, ask: Ask, reply: Callable[[Messages], str]
) -> None:
    composed = ask(ASKED)
    with serving(Reply(reply)) as script:
        answer = assistant_with(at(script.url)).ask(Question(ASKED, TODAY))
    assert answer.worded_by is WordedBy.PARTLY
    assert "还需要符合" in answer.text
    assert composed.text.split("\n")[0] in answer.text
    assert "经综合评估" in answer.text.split("还需要符合")[1]
    assert "含金量" not in answer.text


def test_canned_replies_are_never_sent_to_a_model(assistant_with: Build) -> None:
    with serving(Reply("随便说说")) as script:
        answer = assistant_with(at(script.url)).ask(Question("今天天气怎么样", TODAY))
    assert script.requests == []
    assert answer.worded_by is None


def test_leaving_midway_remembers_the_composed_answer(assistant_with: Build, ask: Ask) -> None:
    with serving(Reply(faithful, drip=0.02)) as script:
        assistant = assistant_with(at(script.url))
        stream = assistant.stream(Question(ASKED, TODAY, "a"))
        for event in stream:
            if isinstance(event, TextPiece):
                break
        stream.close()  # type: ignore[attr-defined]
    follow_up = assistant_with  # the same assistant remembers
    del follow_up
    assert assistant._conversations.turns("a")[0].answer_text == ask(ASKED).text


def test_what_a_model_worded_is_kept_as_such(assistant_with: Build) -> None:
    with serving(Reply(politely)) as script:
        assistant = assistant_with(at(script.url))
        assistant.ask(Question(ASKED, TODAY, "a"))
    assert assistant._conversations.turns("a")[0].worded_by is WordedBy.MODEL
