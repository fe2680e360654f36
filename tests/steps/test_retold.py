"""A number told later: added to the one before, a part of it that does not count, or only supposed."""

from decimal import Decimal

import pytest

from assistant.conversation import Answer
from tests.steps.conftest import Ask


def sums(answer: Answer) -> list[Decimal | None]:
    return [one.amount for one in answer.estimates]


@pytest.mark.parametrize(
    ("turns", "amount"),
    [
        # 项目投资额的 20%：(900 + 300) 万 × 20%
        (["能管中心投了900万，奖多少", "后面又投了300万"], 2400000),
        (["能管中心先投了900万，之后增投300万，奖多少"], 2400000),
        # 2.5 万元一家：(50 - 8) 家
        (["数字化诊断了50家，补多少", "刨去8家"], 1050000),
        (["数字化诊断了50家，补多少", "说错了，其中8家没做完"], 1050000),
        # 每企业每年最高 200 万：已获 60 + 50，余 90 万；合同 10% 为 100 万
        (["技术转让合同付了1000万，今年已经拿了60万", "又拿了50万"], 900000),
    ],
)
def test_what_is_added_or_taken_off_changes_the_number_of_before(
    ask: Ask, turns: list[str], amount: int
) -> None:
    for turn in turns:
        answer = ask(turn, conversation="一")
    assert sums(answer) == [amount]


def test_the_addition_is_shown(ask: Ask) -> None:
    ask("能管中心投了900万，奖多少", conversation="一")
    assert "900万元 + 300万元 = 1200万元" in ask("再追加300万呢", conversation="一").text


@pytest.mark.parametrize(
    ("told", "supposed", "after", "amount"),
    [
        ("一测多证合同60万，给多少", "假如是150万呢", "那我们的能拿多少", 180000),
        ("能管中心投了2000万", "要是再追加1000万呢", "那现在到底多少", 4000000),
        ("孵化器一年运营花500万，市里给了80万", "如果市里给了250万呢", "区里给多少", 1700000),
    ],
)
def test_what_is_only_supposed_is_computed_and_replaces_nothing(
    ask: Ask, told: str, supposed: str, after: str, amount: int
) -> None:
    first = sums(ask(told, conversation="一"))
    assert sums(ask(supposed, conversation="一")) != first
    assert sums(ask(after, conversation="一")) == first == [amount]


def test_supposing_is_all_there_is_where_nothing_was_told_before(ask: Ask) -> None:
    ask("一测多证能补多少", conversation="一")
    ask("假如合同是100万呢", conversation="一")
    assert sums(ask("那能拿到多少", conversation="一")) == [300000]


def test_money_of_another_kind_leaves_what_was_told_and_is_said_to_be_unused(ask: Ask) -> None:
    ask("硬核技术攻关，自筹500万", conversation="一")
    answer = ask("算上贷款总投资一共1800万", conversation="一")
    assert sums(answer) == [1500000]
    assert "“1800万”" in answer.text


def test_a_correction_that_names_another_kind_of_money_takes_the_number_back(ask: Ask) -> None:
    ask("硬核技术攻关，自筹500万", conversation="一")
    answer = ask("不对，500万是总投资", conversation="一")
    assert [one.fact for one in answer.missing] == ["self_funded_investment"]


def test_both_contracts_are_kept_until_another_is_told(ask: Ask) -> None:
    ask("首版次软件签了两份合同，一份120万一份90万，补多少", conversation="一")
    ask("哪个部门管", conversation="一")
    assert sums(ask("那我到底拿多少", conversation="一")) == [360000, 270000]
    assert sums(ask("其实只有一份，150万", conversation="一")) == [450000]


def test_a_number_behind_the_name_of_its_measure_is_of_no_other_matter(ask: Ask) -> None:
    answer = ask("我们制造企业有两个项目，服务型制造总投入2000万，数字供应链总投资1000万")
    assert answer.total.in_force == 4000000 + 3000000


def test_a_kind_of_money_that_is_denied_takes_the_number_back(ask: Ask) -> None:
    ask("产业互联网平台总投入3000万，补多少", conversation="一")
    answer = ask("不是总投入，是总投资", conversation="一")
    assert [one.fact for one in answer.missing] == ["approved_project_outlay"]
    assert sums(ask("总投入是2500万", conversation="一")) == [5000000]


@pytest.mark.parametrize(
    ("turns", "amount"),
    [
        # 单次 20 万、年度 80 万：1 + 2 场
        (["今年在长宁办了一场创新大赛，补多少", "之后又承办了两场"], 600000),
        # 都是同一年的：1 + 2 场
        (["2026年办了1场论坛，补多少", "今年又办了2场"], 600000),
        # 每次 25 万：1 + 1 次
        (["参加了一次市级展会，能补多少", "再加一次"], 500000),
        # 每条 50 万：2 + 1 条
        (["新开两条物流航线都飞满一万架次，给多少", "另外还新开了一条"], 1500000),
        # 2.5 万一家：6 + 3 家
        (["数字化诊断做了6家规上企业，给多少", "加上上周的3家"], 225000),
        # 1500 元一吨：2000 + 500 吨
        (["合同能源管理节约2000吨标煤，奖多少", "后来又节约了500吨标煤"], 3750000),
        # 50%、年度 50 万：(40 + 30) 万
        (["上云买了40万的服务，补多少", "又买了30万"], 350000),
    ],
)
def test_more_pieces_told_later_are_added(ask: Ask, turns: list[str], amount: int) -> None:
    for turn in turns:
        answer = ask(turn, conversation="一")
    assert sums(answer) == [amount]


@pytest.mark.parametrize(
    ("turns", "amount"),
    [
        (["办了4场论坛，补多少", "不对，又改成2场了"], 400000),
        (["数字化诊断做了6家，给多少", "还有2家没做完"], None),
        (["去年办了3场论坛，能补多少", "今年又办了1场"], 200000),
    ],
)
def test_what_changes_a_number_or_is_of_another_year_is_not_added(
    ask: Ask, turns: list[str], amount: int | None
) -> None:
    for turn in turns:
        answer = ask(turn, conversation="一")
    assert amount is None or sums(answer) == [amount]
    assert "+" not in answer.text


def test_a_unit_told_beside_another_fact_completes_the_number_before(ask: Ask) -> None:
    ask("DCMM认证费花了44，能补多少", conversation="一")
    assert sums(ask("单位是万元，二级", conversation="一")) == [220000]


def test_a_part_of_a_number_never_told_is_asked_about(ask: Ask) -> None:
    ask("数字化诊断补多少", conversation="一")
    answer = ask("里面有6家不是规上的", conversation="一")
    assert [one.fact for one in answer.missing] == ["enterprises_served"]
    assert sums(answer) == [None]


def test_a_level_of_that_time_is_not_the_one_of_now(ask: Ask) -> None:
    ask("DCMM四级，认证费50万", conversation="一")
    answer = ask("一级那次没花钱", conversation="一")
    assert sums(answer) == [250000]


def test_to_have_had_nothing_may_be_supposed_and_is_left_again(ask: Ask) -> None:
    ask("DCMM四级，认证费50万", conversation="一")
    assert sums(ask("三级那次拿过18万", conversation="一")) == [70000]
    assert sums(ask("要是当时没拿过呢", conversation="一")) == [250000]
    assert sums(ask("按实际的能拿多少", conversation="一")) == [70000]


@pytest.mark.parametrize("told", ["今年已经给了70万", "今年区里已给70万", "今年发过70万"])
def test_what_was_given_this_year_counts_against_the_limit(ask: Ask, told: str) -> None:
    ask("今年引进了1次展会到长宁，补多少", conversation="一")
    assert sums(ask(told, conversation="一")) == [300000]


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        # 每次 25 万，主管部门主办的才算：(4 - 2) 次
        ("参加了4个展会，其中2个是商会办的，能补多少", 500000),
        # 2.5 万一家，规上的才算：(15 - 3) 家
        ("给15家企业做诊断（含3家规下），补多少", 300000),
    ],
)
def test_a_part_that_fails_a_condition_is_taken_off(ask: Ask, question: str, amount: int) -> None:
    assert sums(ask(question)) == [amount]
