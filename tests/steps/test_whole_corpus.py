"""Questions on all there is: the highest, whether things combine, who pays, where to write, until when."""

from decimal import Decimal

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("工业服务业那些奖励里哪一项最低", ["清洁生产审核服务奖励", "5万元"]),
        ("草案里给得最多的是哪项", ["国家级、市级项目区级匹配扶持", "500万元", "未设上限"]),
        ("工业服务业里哪些补贴不封顶", ["工业设计项目贷款贴息", "低空物流航线支持"]),
        ("市里哪项支持最高", ["在线新经济重点任务关键项目支持", "5000万元"]),
    ],
)
def test_the_highest_and_lowest_are_found_in_the_registry(ask: Ask, question: str, names: list[str]) -> None:
    text = ask(question).text
    assert all(name in text for name in names)


def test_a_follow_up_on_the_highest_is_about_that_award(ask: Ask) -> None:
    ask("草案中金额最大的是哪一项", conversation="一")
    assert "国家级、市级项目区级匹配扶持的条件" in ask("有什么条件", conversation="一").text


@pytest.mark.parametrize("question", ["既拿区里的又拿市里的，可以吗", "区里市里两头都要，行不行"])
def test_whether_things_combine_is_answered_for_each_document(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert "就高不重复" in answer.text
    assert "没有写明能否" in answer.text


def test_who_gets_the_money_and_who_pays_it(ask: Ask) -> None:
    assert "给予对象：「节能服务机构」" in ask("合同能源管理的奖励是发给谁的").text
    assert "财政局" in ask("草案里的补贴谁拨付").text
    assert "未载明由谁拨付" in ask("能管中心的奖励谁来发放").text


def test_where_to_write_is_only_what_the_text_states(ask: Ask) -> None:
    text = ask("联系电话有没有").text
    assert "kwshcn@163.com" in text
    assert "未载明电话" in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("长宁草案意见征集到几号，邮箱是多少", ["2023年10月7日", "kwshcn@163.com"]),
        ("上一版的人工智能办法几号到期的", ["2023年12月31日"]),
        ("长宁那个办法的定稿什么时候公布", ["草案", "原文未载明"]),
        ("草案还剩多久到期", ["2026年12月31日"]),
        ("草案的经费从哪里来", ["区级财政预算"]),
    ],
)
def test_what_the_background_says_is_told(ask: Ask, question: str, said: list[str]) -> None:
    text = ask(question).text
    assert all(word in text for word in said)


def test_a_seat_told_after_a_list_narrows_the_list(ask: Ask) -> None:
    ask("有哪些补贴可以申请", conversation="一")
    text = ask("我们公司在闵行", conversation="一").text
    assert "您说公司在闵行" in text
    assert "能源管理中心奖励" in text
    assert "硬核技术攻关资助" not in text


def test_another_document_is_asked_the_same(ask: Ask) -> None:
    ask("数据跨境有什么支持", conversation="一")
    ask("哪个部门牵头", conversation="一")
    assert "市数据局" in ask("那科技服务业呢", conversation="一").text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("一测多证封顶是80万吗", "不是80万"),
        ("合同能源管理是1500元一吨吧", "是的"),
        ("能管中心最高不是2000万吗", "不是2000万"),
    ],
)
def test_a_belief_is_no_fact_of_ones_own(ask: Ask, question: str, first: str) -> None:
    assert ask(question).text.startswith(first)


def test_a_planned_sum_is_exact_and_a_rough_range_is_a_range(ask: Ask) -> None:
    assert [one.amount for one in ask("硬核攻关自筹预计投700万能补多少").estimates] == [2100000]
    found = ask("首版次合同大概200万到300万，能补多少").estimates
    assert [one.range for one in found] == [(Decimal(600000), Decimal(900000))]


def test_what_is_not_yet_approved_is_not_met(ask: Ask) -> None:
    answer = ask("在线新经济关键项目总投资2亿，市政府还没批，能拿多少")
    assert [one.status.value for one in answer.estimates] == ["not_eligible"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2029年3月在线新经济的项目还能申请吗", "已届满"),
        ("2023年10月能按在线新经济申请不", "尚未施行"),
        ("到2028年9月做能管中心，投资2000万还能拿多少", "届满"),
    ],
)
def test_a_month_is_a_day_to_ask_about(ask: Ask, question: str, said: str) -> None:
    assert said in ask(question).text
