"""Talk that is no question on a policy: a short reply that fits, no list of documents unless asked for."""

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


@pytest.mark.parametrize("said", ["多谢您啦", "好的，明白了", "再见！", "下午好呀", "你是真人还是机器人"])
def test_a_courtesy_is_answered_in_a_line_without_a_list(ask: Ask, said: str) -> None:
    answer = ask(said)
    assert answer.outcome is Outcome.ANSWERED
    assert "《" not in answer.text
    assert len(answer.text) < 80


@pytest.mark.parametrize("said", ["库里都有哪些文件？", "你们收录了几份政策文件", "你能查到什么政策"])
def test_what_is_in_the_library_is_told(ask: Ask, said: str) -> None:
    answer = ask(said)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.text.count("《") == 5


@pytest.mark.parametrize("said", ["陪我聊聊天吧", "帮我起草一份项目申报书", "给我唱首歌"])
def test_what_this_program_does_not_do_is_said(ask: Ask, said: str) -> None:
    assert ask(said).outcome is Outcome.NOT_COVERED


@pytest.mark.parametrize("question", ["谢谢，那上云能补多少", "你好，DCMM三级补贴多少"])
def test_a_courtesy_before_a_question_hides_nothing(ask: Ask, question: str) -> None:
    assert ask(question).estimates


@pytest.mark.parametrize(
    ("question", "said"),
    [("小规模纳税人增值税怎么交", "没有关于“增值税”的规定"), ("杭州的补贴多少", "杭州的情况")],
)
def test_a_matter_is_not_called_a_place(ask: Ask, question: str, said: str) -> None:
    assert said in ask(question).text
