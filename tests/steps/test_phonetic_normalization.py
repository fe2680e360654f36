"""Names written as they sound are read as what they are; ordinary words that sound alike stay."""

from __future__ import annotations

import pytest

from assistant.conversation import Outcome
from assistant.steps.reading.phonetic_matching import sound_alikes
from assistant.steps.state import AnswerContext
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("question", "measure", "amount"),
    [
        ("首版词软件合同200万能补多少", "first-edition-software", 600000),
        ("能源官理中心投了1000万奖多少", "energy-management-centre", 2000000),
        ("清洁升产审核做到30当量吨奖多少", "cleaner-production", 50000),
        ("融姿租赁设备3000万补多少", "equipment-leasing", 1500000),
        ("可信供应练平台投了900万给多少", "trusted-supply-chain", 2700000),
    ],
)
def test_a_name_as_it_sounds_is_computed_and_said(ask: Ask, question: str, measure: str, amount: int) -> None:
    answer = ask(question)
    assert {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates} == {measure: amount}
    assert any("理解；如果不是" in warning for warning in answer.warnings)


def test_a_sound_that_lets_other_measures_in_does_not(ask: Ask) -> None:
    answer = ask("工业社计项目总投资300万能拿多少")
    assert [one.measure for one in answer.estimates] == ["sh-industrial-services/9/design-project"]


def test_a_follow_up_is_heard_too(ask: Ask) -> None:
    ask("能管中心奖多少", conversation="一")
    answer = ask("那一测多正呢，合同100万", conversation="一")
    assert [one.amount for one in answer.estimates] == [300000]


@pytest.mark.parametrize(
    "text", ["工业涉及哪些部门", "我们是环境监测机构", "服务上市公司", "首版次软件补多少"]
)
def test_ordinary_words_stay_as_written(context: AnswerContext, text: str) -> None:
    assert sound_alikes(text, context.glossary.terms) == ()


def test_what_may_be_meant_is_asked(ask: Ask) -> None:
    answer = ask("双白企业奖励多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "双百企业" in answer.text
