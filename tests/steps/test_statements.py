"""A condition counts as met only where the company says so itself; a measure's name says nothing."""

import pytest

from assistant.conversation import Answer, ConditionState
from tests.steps.conftest import Ask


def held(answer: Answer, state: ConditionState = ConditionState.MET) -> str:
    return "；".join(
        condition.text for one in answer.estimates for condition in one.conditions if condition.state is state
    )


@pytest.mark.parametrize(
    "question",
    [
        "专项扶持总投资300万，给多少",
        "一测多证合同80万补贴多少",
        "开放应用场景总投入500万能报多少",
        "产业互联网平台核定总投入2000万资助多少",
        "工业设计核定总投资300万扶持多少",
        "国外认可资质奖励多少钱",
        "服务型制造称号奖多少",
        "两化融合贯标奖多少",
        "我们打算申请服务型制造称号，奖多少",
    ],
)
def test_naming_a_measure_states_none_of_its_conditions(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.estimates
    assert held(answer) == ""
    assert "按您的说法已符合" not in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("我们去年首次通过两化融合贯标，奖多少", "首次通过国家两化融合"),
        ("公司注册在长宁，上云花了40万，补多少", "在长宁区依法设立"),
        ("我们厂拿到了工信部服务型制造示范企业称号，奖多少", "服务型制造相关称号"),
        ("关键项目总投资6000万，市政府已经批准了，能拿多少", "经市政府批准"),
        ("我们是检测机构，获得了国外认可资质，奖多少", "检验检测机构"),
        ("新开设两条物流航线，每条飞了一万二千架次，补多少", "新开设工业物流航线"),
        ("能管中心建成了，投了500万，奖多少", "建立能源管理中心"),
        ("DCMM三级认证费30万，补多少", "二级及以上"),
        ("大学科技园给企业买创业保险交了12万保费，补多少", "作为投保人"),
    ],
)
def test_what_the_company_says_of_itself_is_met(ask: Ask, question: str, words: str) -> None:
    assert words in held(ask(question))


def test_what_is_not_said_is_listed_as_still_required(ask: Ask) -> None:
    answer = ask("一测多证合同80万补贴多少")
    assert "一测多证" in held(answer, ConditionState.UNKNOWN)
    assert "还须符合" in answer.text


def test_what_is_denied_is_unmet(ask: Ask) -> None:
    answer = ask("我们没有获得国外认可机构认可资质，国外认可资质能奖多少")
    assert "国外认可" in held(answer, ConditionState.UNMET)


def test_an_event_in_the_district_does_not_make_the_company_one_of_it(ask: Ask) -> None:
    assert "依法设立" not in held(ask("我们在长宁办了两场论坛，能拿多少"))
