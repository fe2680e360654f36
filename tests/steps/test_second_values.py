"""A second number for the same thing is computed too, corrects the first, or is asked about; never lost."""

from decimal import Decimal

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("question", "sums"),
    [
        ("硬核攻关自筹600万和1200万分别能拿多少", [1800000, 3000000]),
        ("首版次合同额100万给多少，换成300万呢", [300000, 900000]),
        ("能管中心投资额1000万或者2000万，各奖多少", [2000000, 4000000]),
        ("省下500吨标煤和8000吨标煤，各奖多少", [750000, 10000000]),
    ],
)
def test_both_are_computed_and_none_is_chosen(ask: Ask, question: str, sums: list[int]) -> None:
    answer = ask(question)
    assert [one.amount for one in answer.estimates] == [Decimal(each) for each in sums]
    assert answer.total.in_force is None
    assert answer.total.draft is None
    assert answer.text.count("\n若") == 1


def test_two_that_contradict_each_other_are_asked_about(ask: Ask) -> None:
    answer = ask("一测多证合同额100万，合同额150万，补多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert "100万" in answer.missing[0].question
    assert "150万" in answer.missing[0].question


def test_a_correction_in_the_same_breath_replaces_the_first(ask: Ask) -> None:
    answer = ask("一测多证合同额100万，写错了，应该是150万，补多少")
    assert [one.amount for one in answer.estimates] == [Decimal(450000)]


@pytest.mark.parametrize(
    ("question", "in_force", "draft"),
    [
        ("一测多证合同90万，首版次合同250万，一共能拿多少", 270000, 750000),
        ("可信供应链平台总投资1000万，元宇宙工具总投资2000万，合计多少", 3000000 + 6000000, None),
    ],
)
def test_each_matter_has_its_own_sum(ask: Ask, question: str, in_force: int, draft: int | None) -> None:
    total = ask(question).total
    assert (total.in_force, total.draft) == (in_force, draft)


def test_a_sum_added_later_leaves_the_earlier_one_alone(ask: Ask) -> None:
    ask("一测多证合同90万补多少", conversation="一")
    answer = ask("再加上首版次合同250万呢", conversation="一")
    assert (answer.total.in_force, answer.total.draft) == (270000, 750000)


def test_each_base_named_selects_its_measure(ask: Ask) -> None:
    answer = ask("孵化器建设投入900万，运营投入400万，市里给了80万，合计能拿多少")
    assert answer.total.draft == 4500000 + 1200000


def test_a_changed_sum_holds_for_every_matter(ask: Ask) -> None:
    ask("一测多证合同90万，首版次合同250万，一共能拿多少", conversation="一")
    answer = ask("那合同都换成50万呢", conversation="一")
    assert (answer.total.in_force, answer.total.draft) == (150000, 150000)


def test_three_that_contradict_are_all_named(ask: Ask) -> None:
    question = ask("一测多证合同60万，合同70万，合同80万，补多少").missing[0].question
    assert "“60万”“70万”“80万”" in question


def test_a_part_of_a_count_is_what_counts(ask: Ask) -> None:
    assert ask("新开了六条物流航线，其中四条飞满一万架次，补多少").total.in_force == 2000000


def test_what_no_measure_asks_for_is_said_to_be_unused(ask: Ask) -> None:
    answer = ask("办了两场论坛一共花了60万，能拿多少")
    assert answer.total.draft == 400000
    assert "60万" in answer.text
    assert "没有用到" in answer.text


def test_everything_named_is_counted_in(ask: Ask) -> None:
    answer = ask("承办了3场大赛共花90万，首次通过DCMM三级认证费70万，自筹1000万做硬核攻关，一共能拿多少")
    assert answer.total.draft == 600000 + 350000 + 3000000
