"""A measure called by what it gives instead of its name."""

import pytest

from tests.steps.conftest import Ask


def measures(ask: Ask, question: str) -> set[str]:
    return {one.measure.split("/", 1)[1] for one in ask(question).estimates}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # every measure whose clause states 500万元 as its most
        (
            "封顶500万的那几项有什么门槛",
            {"8.1/matching-funds", "6/supply-chain-system", "6/trusted-supply-chain", "8/logistics-platform"},
        ),
        ("长宁最高150万的那个补贴要什么条件", {"8.2/special-fund"}),
        ("最高5000万那项支持有什么要求", {"16/key-project"}),
        ("供应链里最高2000万的那个，要满足什么", {"6/digital-supply-chain"}),
        ("哪一项政策最高给80万", {"9.2/themed-activities"}),
    ],
)
def test_the_measures_that_give_the_sum_are_meant(ask: Ask, question: str, expected: set[str]) -> None:
    assert measures(ask, question) == expected


def test_conditions_of_a_measure_called_by_its_sum_are_told(ask: Ask) -> None:
    text = ask("最高5000万的那个要什么条件").text
    assert "经市政府批准" in text
    assert "没有载明可领取的金额" not in text


def test_a_list_just_told_narrows_what_the_sum_calls(ask: Ask) -> None:

    ask("长宁有哪些支持", conversation="二")
    answer = ask("最高200万的那两个要什么条件", conversation="二")
    assert {one.measure for one in answer.estimates} == {
        "changning-ai-draft/8.5/first-edition-software",
        "changning-ai-draft/8.6/technology-contracts",
    }


@pytest.mark.parametrize(
    "question", ["首版次合同最高300万的那份能补多少", "硬核攻关自筹给300万的那个项目能补多少"]
)
def test_a_sum_of_one_s_own_calls_no_measure(ask: Ask, question: str) -> None:
    assert len(ask(question).estimates) == 1


def test_measures_are_called_by_their_rate_too(ask: Ask) -> None:
    assert measures(ask, "工业服务业措施里哪些是按20%给的") == {
        "1/service-manufacturing",
        "2/industrial-internet-platform",
        "7/energy-management-centre",
    }


def test_a_belief_about_a_rate_calls_no_other_measure(ask: Ask) -> None:
    text = ask("清洁能源改造中心是按投资额30%奖励的，没错吧").text
    assert not text.startswith("是的")
