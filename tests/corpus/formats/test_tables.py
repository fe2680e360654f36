"""Tables of any format: which row is the header, which unit belongs to which number."""

import pytest

from corpus.reading.formats.grid import Grid, GridCell
from corpus.reading.formats.tables import read_table


def rows_of(rows, above="", **told):
    cells = [GridCell(r, c, text, **told) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return [block.text for block in read_table(Grid.of(cells), "表", above).blocks]


def test_equal_cells_stay_and_empty_ones_go():
    assert rows_of([["级别", "首次", "复核", "备注"], ["区级", "20万元", "20万元", ""]]) == [
        "级别：区级；首次：20万元；复核：20万元"
    ]


def test_a_table_without_a_header_keeps_its_cells_side_by_side():
    assert rows_of([["一等奖", "20万元"], ["二等奖", "10万元"]]) == ["一等奖 20万元", "二等奖 10万元"]


def test_a_header_may_hold_bounds():
    assert rows_of([["档次", "5000万元以下", "5000万元至1亿元"], ["甲", "10万元", "20万元"]]) == [
        "档次：甲；5000万元以下：10万元；5000万元至1亿元：20万元"
    ]


def test_labels_and_values_are_paired():
    rows = [["受理部门", "商务局"], ["联系电话", "12345"], ["受理时间", "全年"]]
    assert rows_of(rows, "（单位：万元）") == [
        "受理部门：商务局", "联系电话：12345", "受理时间：全年",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "value", "shown"),
    [
        ("奖励金额（万元）", "50", "奖励金额：50万元"),
        ("比例(%)", "30", "比例：30%"),
        ("补贴标准（单位：元/平方米）", "20", "补贴标准：20元/平方米"),
        ("奖励金额（万元）", "10-20", "奖励金额：10-20万元"),
        ("奖励金额（万元）", "100以上", "奖励金额：100万元以上"),
        ("奖励金额（万元）", "50万元", "奖励金额（万元）：50万元"),
        ("奖励（一次性）", "50", "奖励（一次性）：50"),
    ],
)
def test_a_unit_in_the_header_belongs_to_a_bare_number(header, value, shown):
    assert rows_of([["项目", header], ["甲", value], ["乙", value]])[0] == f"项目：甲；{shown}"


def test_a_unit_above_the_table_is_not_given_to_ordinals_years_and_shares():
    rows = [["序号", "年度", "比例", "奖励"], ["1", "2024", "50", "30"], ["2", "2025", "40", "20"]]
    assert rows_of(rows, "奖励标准（单位：万元）") == [
        "序号：1；年度：2024；比例：50；奖励：30万元",
        "序号：2；年度：2025；比例：40；奖励：20万元",
    ]


def test_a_caption_inside_the_table_tells_the_unit():
    cells = [
        GridCell(0, 0, "附表：奖励标准（单位：万元）", 1, 2), GridCell(1, 0, "级别"), GridCell(1, 1, "标准"),
        GridCell(2, 0, "市级"), GridCell(2, 1, "30"),
    ]  # fmt: skip
    assert [block.text for block in read_table(Grid.of(cells), "表").blocks] == [
        "附表：奖励标准（单位：万元）",
        "级别：市级；标准：30万元",
    ]


def test_a_cell_over_two_columns_belongs_to_both():
    cells = [
        GridCell(0, 0, "级别"), GridCell(0, 1, "首次"), GridCell(0, 2, "复核"),
        GridCell(1, 0, "国家级"), GridCell(1, 1, "100万元", 1, 2),
        GridCell(2, 0, "市级"), GridCell(2, 1, "30万元"), GridCell(2, 2, "10万元"),
    ]  # fmt: skip
    assert [block.text for block in read_table(Grid.of(cells), "表").blocks] == [
        "级别：国家级；首次、复核：100万元", "级别：市级；首次：30万元；复核：10万元",
    ]  # fmt: skip


def test_a_header_without_rows_is_a_row_and_an_empty_column_is_named():
    assert rows_of([["级别", "标准"]]) == ["级别 标准"]
    cells = [
        GridCell(r, c, text)
        for r, row in enumerate([["级别", "标准", "备注"], ["市级", "30万元", ""], ["区级", "20万元", ""]])
        for c, text in enumerate(row)
    ]
    reading = read_table(Grid.of(cells), "表")
    assert [(item.kind, item.text) for item in reading.removed] == [("empty_column", "备注")]
