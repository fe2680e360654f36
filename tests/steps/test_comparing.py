"""Things side by side: which is more first, then a table that reads as lines where there are no tables."""

from __future__ import annotations

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


def rows(text: str) -> list[list[str]]:
    return [line.split(" | ") for line in text.split("\n") if " | " in line]


def test_the_larger_of_two_limits_comes_first(ask: Ask) -> None:
    answer = ask("数字供应链项目和供应链管理系统有什么区别，哪个最高额更高")
    assert answer.outcome is Outcome.ANSWERED
    first = answer.text.split("\n")[0]
    assert first.startswith("最高可得更多的是数字供应链项目资金支持")
    assert "500万元" in first


def test_a_table_has_a_cell_for_each_in_every_row(ask: Ask) -> None:
    table = rows(ask("国外认可资质和国际权威技术组织认可的奖励对比一下").text)
    assert [row[0] for row in table] == ["对照", "---", "支持标准", "条件", "出处"]
    assert {len(row) for row in table} == {3}
    assert "最高 50万元" in table[2][1] + table[2][2]


def test_equal_standards_are_said_to_be_equal(ask: Ask) -> None:
    text = ask("可信供应链平台和供应链管理系统的支持比例一样吗").text
    assert text.startswith("支持标准相同：按不超过核定项目总投资的 30% 计，最高可达 500万元。")


def test_two_documents_are_compared_by_their_dates(ask: Ask) -> None:
    text = ask("长宁人工智能的办法和在线新经济的政策相比，哪个有效期更长").text
    assert text.startswith("到期更晚的是《上海市促进在线新经济健康发展的若干政策措施》，至2028年12月31日")
    assert ["有效期至", "2026年12月31日"] in [row[:2] for row in rows(text)]
    assert any("草案" in cell for row in rows(text) for cell in row if row[0] == "现状")


def test_sums_of_ones_own_are_worked_out_not_only_compared(ask: Ask) -> None:
    answer = ask("可信供应链平台核定总投资700万和数字供应链项目核定总投资700万，哪个高")
    assert {one.amount for one in answer.estimates} == {2100000}


def test_a_comparison_of_drafts_is_marked_as_one(ask: Ask) -> None:
    assert ask("长宁的专项扶持和应用场景相比有什么不同").text.startswith("【草案】")
