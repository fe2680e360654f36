"""Clauses in many wordings: what is granted is found whole, and what is no award is left alone."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from corpus.extraction.extracting import extract
from corpus.extraction.proposal import ValueRole
from corpus.reading import read_text

CLAUSES = yaml.safe_load((Path(__file__).parent / "clauses.yaml").read_text(encoding="utf-8"))


def proposals(words):
    return extract(read_text(f"东湖区支持产业发展的若干措施\n第一条 {words}", "donghu").clauses).proposals


def granted(words):
    values = [
        value for one in proposals(words) for value in one.values if value.role is not ValueRole.THRESHOLD
    ]
    return {(value.unit, value.value) for value in values}


def expected(values):
    return {("ratio" if isinstance(one, str) else "yuan", Decimal(str(one))) for one in values}


@pytest.mark.parametrize("row", CLAUSES["grants"], ids=lambda row: row["text"][:24])
def test_the_numbers_a_clause_grants_are_found_and_no_others(row):
    assert granted(row["text"]) == expected(row["values"])


@pytest.mark.parametrize("words", CLAUSES["nothing"], ids=lambda words: words[:24])
def test_a_clause_that_grants_no_sum_proposes_none(words):
    assert proposals(words) == ()


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("对首版次软件给予最高80万元奖励。", "最高"),
        ("按设备投资额的10%给予补助，单个项目不超过200万元。", "不超过"),
        ("给予每年10万元以内的工作经费补助。", "以内"),
        ("对企业技术中心给予80万元奖励。", None),
        ("给予不少于10万元的奖励。", None),
    ],
)
def test_the_word_that_makes_a_sum_an_upper_limit_is_kept(words, bound):
    [one] = proposals(words)
    assert next((value.bound.quote for value in one.values if value.bound), None) == bound


def test_a_limit_on_the_period_is_no_limit_on_the_sum():
    [one] = proposals("给予每人每月3000元实习补贴，补贴期限不超过6个月。")
    assert all(value.bound is None for value in one.values)


def test_respectively_pairs_the_sums_with_their_cases_in_order():
    [one] = proposals("对新认定的国家级、省级、市级企业技术中心，分别给予100万元、50万元、20万元奖励。")
    assert [(value.when.quote, int(value.value)) for value in one.values] == [
        ("国家级", 1000000),
        ("省级", 500000),
        ("市级企业技术中心", 200000),
    ]


def test_respectively_pairs_the_sums_with_their_thresholds_in_order():
    [one] = proposals("对年销售额首次突破1亿元、5亿元的企业，分别奖励10万元、30万元。")
    tiers = one.numbers(ValueRole.TIER)
    assert [(value.when.quote, int(value.value)) for value in tiers] == [("1亿元", 100000), ("5亿元", 300000)]


def test_prizes_with_their_own_sums_are_one_award_in_tiers():
    [one] = proposals("补贴标准：一等奖20万元，二等奖10万元，三等奖5万元。")
    assert [value.when.quote for value in one.values] == ["一等奖", "二等奖", "三等奖"]


def test_two_receivers_of_one_sentence_are_two_awards():
    first, second = proposals("给予发布方最高100万元支持，给予承接方最高500万元支持。")
    assert (first.beneficiary.quote, second.beneficiary.quote) == ("发布方", "承接方")


def test_a_limit_in_a_sentence_of_its_own_joins_the_award_before_it():
    [one] = proposals("对新发布的团体标准，每项给予不超过50万元支持。单个企业每年支持总金额不超过200万元。")
    assert [(value.role.value, int(value.value)) for value in one.values] == [
        ("cap", 500000),
        ("annual_cap", 2000000),
    ]


def test_instalments_in_parentheses_belong_to_their_sum():
    [one] = proposals("给予企业10万元奖励（第一年奖励5万元，第二年奖励3万元，第三年奖励2万元）。")
    assert [int(value.value) for value in one.values] == [100000, 50000, 30000, 20000]


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("按照项目研发投入的20%给予补助。", "项目研发投入"),
        ("对其租金给予50%的补助。", "租金"),
        ("给予50%的保费补贴。", "保费"),
        ("按市级奖励1:1额度给予配套奖励。", "市级奖励"),
        ("给予首台装备销售额不超过30%的奖励。", "首台装备销售额"),
        ("差旅费给予全额补贴。", "差旅费"),
        ("补贴额度不超过其当年实际投资总额的5%。", "当年实际投资总额"),
        ("最高按照国拨经费给予1:1配套支持。", "国拨经费"),
    ],
)
def test_the_base_of_a_rate_is_named_in_the_clauses_words(words, base):
    [one] = proposals(words)
    assert one.base.quote == base


def test_a_sum_for_each_says_each_what():
    [each, step] = proposals("每认定1家小巨人企业，给予服务机构2万元奖励；年销售额每增加1亿元，奖励5万元。")
    assert (each.values[0].per.quote, step.values[0].per.quote) == ("每认定1家", "每增加1亿元")


def test_a_table_row_grants_what_stands_under_the_header_of_sums():
    text = (
        "东湖区措施\n第三条 按照下列标准给予一次性奖励：\n"
        "奖励项目：智能工厂；认定级别：卓越级；奖励金额：50万元\n"
        "奖励项目：智能工厂；认定级别：先进级；奖励金额：20万元\n"
    )
    found = extract(read_text(text, "donghu").clauses).proposals
    assert [(int(one.values[0].value), [cell.quote for cell in one.conditions]) for one in found] == [
        (500000, ["奖励项目：智能工厂", "认定级别：卓越级"]),
        (200000, ["奖励项目：智能工厂", "认定级别：先进级"]),
    ]


def test_a_row_of_several_sums_is_one_award_in_tiers_named_by_the_headers():
    text = "东湖区措施\n第二条 奖励标准见下表。\n级别：国家级；首次认定：100万元；复核通过：50万元\n"
    [one] = extract(read_text(text, "donghu").clauses).proposals
    assert [(value.when.quote, int(value.value)) for value in one.values] == [
        ("首次认定", 1000000),
        ("复核通过", 500000),
    ]


def test_a_bracket_with_inclusive_ends_is_a_condition():
    [one] = proposals("实缴资本500万元（含）至5000万元的，奖励30万元。")
    assert [(value.role.value, int(value.value)) for value in one.values] == [
        ("amount", 300000),
        ("threshold", 5000000),
        ("threshold", 50000000),
    ]


def test_a_threshold_column_of_a_table_is_no_sum_granted():
    text = "东湖区措施\n第二条 按营业收入给予奖励。\n年营业收入：10亿元以上；奖励：100万元\n"
    [one] = extract(read_text(text, "donghu").clauses).proposals
    assert [int(value.value) for value in one.values if value.role is not ValueRole.THRESHOLD] == [1000000]


def test_a_headline_that_sums_up_an_award_is_no_second_one():
    text = (
        "企业招工最高可获30万元补助\n第一条 企业每新增1人，按每人500元标准给予补助，"
        "每家企业补助总额最高不超过30万元。\n"
    )
    found = extract(read_text(text, "donghu").clauses)
    assert len(found.proposals) == 1
    assert "概述文中另一处写明的奖励" in {one.reason for one in found.other_numbers}


def test_every_sum_and_rate_is_either_granted_or_told_with_a_reason():
    words = (
        "固定资产投资5000万元以上的项目，按投资额的5%给予奖励；市财政安排2亿元资金；"
        "贷款额度最高500万元；资金分两年按60%、40%拨付。"
    )
    found = extract(read_text(f"东湖区措施\n第一条 {words}", "donghu").clauses)
    assert {(one.span.quote, one.reason) for one in found.other_numbers} == {
        ("5000万元", "条件或门槛"),
        ("2亿元", "资金总盘子或基金规模"),
        ("500万元", "贷款、担保额度"),
        ("60%", "拨付、分担比例"),
        ("40%", "拨付、分担比例"),
    }
    assert [one.values[0].value for one in found.proposals] == [Decimal("0.05")]
