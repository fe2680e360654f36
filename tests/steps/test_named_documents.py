"""A document called by name is asked first: what it does not say is not told from another as if it did."""

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("question", "silent", "other"),
    [
        ("工业服务业那份文件里DCMM贯标给多少", "工业服务业", "第八条(四)"),
        ("科技服务业意见里两化融合有奖励吗", "科技服务业", "第八条(四)"),
        ("草案里能源管理中心奖励多少", "长宁区", "第七条"),
    ],
)
def test_a_document_that_is_silent_is_said_to_be_so_before_another_is_told(
    ask: Ask, question: str, silent: str, other: str
) -> None:
    first, *rest = ask(question).text.splitlines()
    assert "没有载明所问的内容" in first
    assert silent in first
    assert any(other in line for line in rest)


@pytest.mark.parametrize(
    "question",
    ["工业服务业文件里对养宠物有什么说法吗", "在线新经济到2022年的目标是什么", "草案里宠物医院补贴多少"],
)
def test_what_shares_only_the_name_of_a_document_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NOT_COVERED
    assert answer.citations == ()


@pytest.mark.parametrize(
    "question", ["工业服务业文件里一测多证给多少", "科技服务业意见里科技创新券怎么说", "草案里上云补几成"]
)
def test_a_document_that_speaks_of_it_answers_at_once(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is not Outcome.NOT_COVERED
    assert "没有载明所问的内容" not in answer.text
