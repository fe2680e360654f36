"""Numbers that are no facts of the person's: together, denied, or concluded from the sum before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.conversation import Answer, Outcome
from tests.steps.conftest import Ask


def sums(answer: Answer) -> list[Decimal | None]:
    return [one.amount for one in answer.estimates]


def last_of(ask: Ask, *turns: str) -> Answer:
    return [ask(turn, conversation="一") for turn in turns][-1]


def test_together_is_no_yuan(ask: Ask) -> None:
    turns = ("物流设备改造总投入3000万，给多少", "贷款利息一年200万呢", "两个能一块拿吗", "一共多少")
    assert last_of(ask, *turns).total.in_force == 3000000 + 1000000


@pytest.mark.parametrize(
    ("turns", "amount"),
    [
        (("数字化诊断做了30家，给多少", "不是30是32家"), 32 * 25000),
        (("能管中心投了1500万，奖多少", "不是1500万，1500万是贷款，投资额是1300万"), 2600000),
        (("融资租赁设备款6000万，补多少", "不对，6000万是合同总额，设备占5200万"), 2600000),
    ],
)
def test_a_number_denied_is_not_the_one_told(ask: Ask, turns: tuple[str, ...], amount: int) -> None:
    assert sums(last_of(ask, *turns)) == [amount]


@pytest.mark.parametrize("concluded", ["那就是350万", "那岂不是350万", "也就是350万", "那能拿350万"])
def test_what_is_only_concluded_is_no_new_base(ask: Ask, concluded: str) -> None:
    assert sums(last_of(ask, "工业设计项目总投资700万，给多少", concluded)) == [3000000]


def test_what_answers_our_question_is_the_base(ask: Ask) -> None:
    assert sums(last_of(ask, "一测多证能给我们多少钱", "那就是70万")) == [210000]


def test_a_day_only_supposed_is_left_again(ask: Ask) -> None:
    answer = last_of(ask, "能管中心投了900万", "要是2028年再追加300万呢", "算了，还是按900万")
    assert sums(answer) == [1800000]
    assert answer.as_of.year == 2026


def test_the_role_put_right_is_the_one_summed(ask: Ask) -> None:
    turns = ("参与检测国际标准给多少", "我们是牵头的", "一测多证合同100万呢", "加起来一共多少")
    assert last_of(ask, *turns).total.in_force == 1000000 + 300000


def test_the_unit_says_which_of_the_two_is_meant(ask: Ask) -> None:
    turns = ("合同能源管理和能管中心分别给多少", "能管中心投了1000万", "合同能源管理节能2000吨标煤")
    assert sums(last_of(ask, *turns, "第二个换成3000吨标煤")) == [4500000]


def test_a_second_contract_is_like_the_one_before_it(ask: Ask) -> None:
    answer = ask("DCMM三级认证费30万；首版次两份合同，一份200万、一份100万，各能拿多少")
    assert sums(answer) == [150000, 600000, 300000]


def test_the_whole_talk_is_summed_by_its_total(ask: Ask) -> None:
    turns = ("可信供应链平台投资600万，能管中心投了1000万，各多少", "能管中心如果投2000万呢")
    assert last_of(ask, *turns, "回到总数，现在一共多少").total.in_force == 1800000 + 2000000


@pytest.mark.parametrize("reply", ["就算960万吧", "那就960万吧", "应该是960万吧"])
def test_what_was_asked_for_may_be_told_in_any_tone(ask: Ask, reply: str) -> None:
    assert sums(last_of(ask, "三维引擎项目，总投资九百多万，补多少", reply)) == [2880000]


def test_a_sum_of_before_is_told_by_its_value(ask: Ask) -> None:
    turns = ("孵化器一年运营经费900万，市级给了200万", "市级变成500万", "回到200万的情况")
    assert sums(last_of(ask, *turns)) == [2500000]


def test_next_years_sum_leaves_this_years(ask: Ask) -> None:
    turns = ("今年上云花了70万", "明年预计110万", "就今年的")
    answer = last_of(ask, *turns)
    assert sums(answer) == [350000]
    assert answer.as_of.year == 2026


@pytest.mark.parametrize("part", ["其中200吨是上一年的", "里面有200吨是往年的"])
def test_a_part_of_another_year_is_taken_off(ask: Ask, part: str) -> None:
    assert sums(last_of(ask, "合同能源管理节能3200吨标煤，奖多少", part)) == [4500000]


def test_a_few_words_that_tell_nothing_whole_are_asked_about(ask: Ask) -> None:
    answer = last_of(ask, "首版次合同240万能补多少", "不打折呢")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "软件产品首版次应用补贴" in answer.text
    assert sums(last_of(ask, "那能拿多少")) == [720000]


def test_a_mere_attribute_stays_with_the_topic(ask: Ask) -> None:
    assert sums(last_of(ask, "可信供应链能补多少", "医药行业的", "总投资1500万")) == [4500000]


def test_next_years_sum_holds_where_next_year_is_asked_about(ask: Ask) -> None:
    turns = ("DCMM二级认证费10万，补多少", "明年升三级，认证费再花20万", "那明年能拿多少")
    answer = last_of(ask, *turns)
    assert any("20万元" in step.text for step in answer.estimates[0].steps)
    assert sums(last_of(ask, "那今年呢")) == [50000]
