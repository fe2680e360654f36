"""Three matters in one breath are three sums: none is passed over because another weighs more."""

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


def test_the_third_matter_of_three_is_worked_out_too(ask: Ask) -> None:
    answer = ask("节能量6200吨标煤，自筹700万做技术攻关，能管中心投了2000万，一共能拿多少")
    amounts = {one.measure.split("/", 1)[0]: one.amount for one in answer.estimates}
    assert answer.total.in_force == 9300000 + 4000000
    assert answer.total.draft == 2100000
    assert len(answer.estimates) == 3
    assert set(amounts) == {"sh-industrial-services", "changning-ai-draft"}


def test_what_only_tells_of_the_company_is_no_matter(ask: Ask) -> None:
    answer = ask("我们注册资本500万，去年营收3000万，能管中心投了2000万，能拿多少")
    assert [one.amount for one in answer.estimates] == [4000000]
    assert answer.total.in_force == 4000000


@pytest.mark.parametrize(
    "question",
    [
        "员工工资付了500万，能管中心投了2000万，能拿多少",
        "房租交了60万，能管中心项目投资2000万，自筹700万做技术攻关",
    ],
)
def test_a_cost_of_another_kind_beside_ours_does_not_end_the_question(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.total.in_force == 4000000


def test_a_question_on_another_cost_is_still_refused(ask: Ask) -> None:
    assert ask("能管中心建好了，员工工资能补多少").outcome is Outcome.NOT_COVERED
