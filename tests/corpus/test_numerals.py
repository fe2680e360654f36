"""Amounts as people write them, both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model.measure import Comparison
from corpus.model.values import Money, Quantity, Rate, Unit
from corpus.reading.numerals import (
    Kind,
    MissingUnitError,
    NotANumberError,
    RangeNumberError,
    VagueNumberError,
    WrongUnitError,
    find_quantities,
    format_money,
    format_quantity,
    format_rate,
    parse_decimal,
    parse_money,
    parse_quantity,
    parse_rate,
    usual_units,
    write_chinese,
)

UNITS = usual_units().known


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("800万", "8000000"),
        ("800万元", "8000000"),
        ("八百万元", "8000000"),
        ("800 万元", "8000000"),
        ("800.00万元", "8000000"),
        ("1.2亿", "120000000"),
        ("0.5亿元", "50000000"),
        ("5,000,000", "5000000"),
        ("5，000，000元", "5000000"),
        ("8000000", "8000000"),
        ("500w", "5000000"),
        ("500W", "5000000"),
        ("5kw", "50000000"),
        ("3k", "3000"),
        ("三百五十万", "3500000"),
        ("2千万", "20000000"),
        ("两千万", "20000000"),
        ("千万元", "10000000"),
        ("一百二十万", "1200000"),
        ("三千万零五百元", "30000500"),
        ("3千5百元", "3500"),
        ("三千五元", "3500"),
        ("3万5", "35000"),
        ("1亿2000万", "120000000"),
        ("1亿2", "120000000"),
        ("一点二亿", "120000000"),
        ("两亿五千万元", "250000000"),
        ("一万亿元", "1000000000000"),
        ("1.5个亿", "150000000"),
        ("１２００万", "12000000"),
        ("￥800万", "8000000"),
        ("¥5,000", "5000"),
        ("RMB 500万", "5000000"),
        ("500万人民币", "5000000"),
        ("人民币500万元", "5000000"),
        ("500元整", "500"),
        ("叁佰伍拾万元整", "3500000"),
        ("十五万", "150000"),
        ("一百零五万", "1050000"),
        ("三块五", "3.5"),
        ("3元5角2分", "3.52"),
        ("-5万元", "-50000"),
        ("负五百万元", "-5000000"),
        ("0元", "0"),
        ("0.01元", "0.01"),
        ("捌佰萬圓", "8000000"),
        ("五〇〇万", "5000000"),
    ],
)
def test_a_sum_is_read_as_written(written: str, yuan: str) -> None:
    assert parse_money(written) == Money(Decimal(yuan))


@pytest.mark.parametrize("written", ["800", "12000", "三千五百", "1.5"])
def test_a_bare_number_is_asked_about(written: str) -> None:
    if written == "三千五百":
        with pytest.raises(MissingUnitError, match="三千五百元 还是 3500万元"):
            parse_money(written)
    else:
        with pytest.raises(MissingUnitError, match=f"{written}元 还是 {written}万元"):
            parse_money(written)


@pytest.mark.parametrize(
    "written",
    [
        "300来万",
        "六千多元",
        "500余万元",
        "约500万",
        "近500万",
        "500万左右",
        "500万多",
        "几十万",
        "数百万元",
        "七八百万",
        "上百万元",
        "五百多万",
    ],
)
def test_a_rough_sum_is_never_exact(written: str) -> None:
    with pytest.raises(VagueNumberError, match="确切"):
        parse_money(written)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("80万-100万", "800000", "1000000"),
        ("80到100万", "800000", "1000000"),
        ("80万元至100万元", "800000", "1000000"),
        ("80—100万元", "800000", "1000000"),
        ("三到五百万", "3000000", "5000000"),
        ("十到二十万", "100000", "200000"),
        ("八十到一百万", "800000", "1000000"),
        ("5000到1万元", "5000", "10000"),
        ("1到2千万", "10000000", "20000000"),
    ],
)
def test_a_range_keeps_both_ends(written: str, low: str, high: str) -> None:
    (found,) = find_quantities(written)
    assert (found.kind, found.value, found.low, found.high) == (Kind.MONEY, None, Decimal(low), Decimal(high))
    with pytest.raises(RangeNumberError) as refused:
        parse_money(written)
    assert refused.value.low == Decimal(low)


def test_a_sum_with_a_bound_is_a_range() -> None:
    with pytest.raises(RangeNumberError):
        parse_money("500万以上")
    with pytest.raises(RangeNumberError):
        parse_money("不到500万")


@pytest.mark.parametrize(
    "written",
    ["", "   ", "很多钱", "万元", "5百3千", "元", "1,00,000元", "500万或者600万", "800万股份转让", "九三万"],
)
def test_what_is_no_sum_is_refused(written: str) -> None:
    with pytest.raises(NotANumberError):
        parse_money(written)


@pytest.mark.parametrize("written", ["500万美元", "30%", "2000吨", "3家", "$500万"])
def test_a_value_of_another_kind_is_refused(written: str) -> None:
    with pytest.raises(WrongUnitError):
        parse_money(written)


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("30%", "0.3"),
        ("３０％", "0.3"),
        ("2.5%", "0.025"),
        ("百分之三十五", "0.35"),
        ("百分之30", "0.3"),
        ("百分之百", "1"),
        ("百分之一百二十", "1.2"),
        ("百分之零点五", "0.005"),
        ("千分之三", "0.003"),
        ("3‰", "0.003"),
        ("万分之五", "0.0005"),
        ("三成", "0.3"),
        ("三成五", "0.35"),
        ("三成半", "0.35"),
        ("3成", "0.3"),
        ("1:1", "1"),
        ("1：1", "1"),
        ("1:0.5", "0.5"),
        ("一比一", "1"),
        ("一半", "0.5"),
        ("四分之三", "0.75"),
        ("全额", "1"),
    ],
)
def test_a_rate_is_read_as_written(written: str, ratio: str) -> None:
    assert parse_rate(written) == Rate(Decimal(ratio))


def test_a_third_is_as_near_as_a_decimal_gets() -> None:
    assert parse_rate("三分之一").ratio == Decimal(1) / Decimal(3)


def test_a_rate_without_its_sign_is_asked_about() -> None:
    with pytest.raises(MissingUnitError, match="百分号"):
        parse_rate("30")


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("2000吨标煤", UNITS["ton_coal"], "2000"),
        ("2000吨标准煤", UNITS["ton_coal"], "2000"),
        ("1.2万吨标煤", UNITS["ton_coal"], "12000"),
        ("25当量吨", UNITS["equivalent_ton"], "25"),
        ("二十五当量吨", UNITS["equivalent_ton"], "25"),
        ("3家", UNITS["enterprise"], "3"),
        ("两家", UNITS["enterprise"], "2"),
        ("2条", UNITS["route"], "2"),
        ("10000架次", UNITS["sortie"], "10000"),
        ("1万架次", UNITS["sortie"], "10000"),
        ("3场", UNITS["event"], "3"),
        ("三次", UNITS["event"], "3"),
        ("三年", Unit.YEAR, "3"),
        ("一年半", Unit.YEAR, "1.5"),
        ("二级", Unit.LEVEL, "2"),
        ("25", UNITS["equivalent_ton"], "25"),
        ("三", UNITS["event"], "3"),
    ],
)
def test_a_quantity_is_read_with_its_unit(written: str, unit: Unit, value: str) -> None:
    assert parse_quantity(written, unit) == Quantity(Decimal(value), unit)


def test_a_quantity_in_another_unit_is_refused() -> None:
    with pytest.raises(WrongUnitError, match="吨标煤"):
        parse_quantity("2000吨", UNITS["ton_coal"])
    with pytest.raises(WrongUnitError):
        parse_quantity("25吨标煤", UNITS["equivalent_ton"])


def _reported(text: str) -> list[tuple[str, str, str]]:
    return [(found.text, found.kind.value, found.unit_word) for found in find_quantities(text)]


@pytest.mark.parametrize(
    "text",
    [
        "2024年1月1日起施行，有效期至2028年12月31日",
        "沪府办规〔2023〕27号",
        "沪经信生〔2024〕527号",
        "国发[2017]35号文",
        "第八条第三项、第16条",
        "按照第八条(三)办理，参见（十六）",
        "5G+工业互联网、Web3.0、AI2.0、工业4.0、ISO9001、GB/T 36073-2018",
        "“(2+2)+(3+6)+(4+5)”现代化产业体系",
        "联系电话：021-22050000，手机13800138000",
        "拨打12345热线",
        "7月29日，上海市经信委",
        "5月22日电",
        "2024-01-01",
        "2024/1/1前",
        "2025-2027年",
        "上午9:30到17:00",
        "两化融合、双百企业、一测多证、一网通办、一次性、一站式、一定的补贴、十四五规划",
        "二〇二四年十二月",
        "十二届市委三次、四次全会",
        "元宇宙",
        "第三方机构、第一批、第二产业",
        "世界500强",
        "1. 支持\n2、奖励\n三、保障",
        "千万不要错过",
        "万一不行",
        "长宁区安西路35号405室",
        "轨道交通24、26、27号线",
        "2020-05-06 09:51:00",
        "粤ICP备2022149652号",
        "今年,2024年1—11月",
        "穗府規字〔2026〕4號",
    ],
)
def test_digits_that_count_nothing_are_not_reported(text: str) -> None:
    assert _reported(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "可按项目自筹投入资金总额的30%,给予企业最高不超过300万元的资助",
            [("30%", "rate", "%"), ("300万元", "money", "元")],
        ),
        (
            "按照1500元/吨标煤的标准给予奖励,最高可达1000万元",
            [("1500元", "money", "元"), ("1000万元", "money", "元")],
        ),
        ("每服务1家支持金额2.5万元", [("1家", "quantity", "家"), ("2.5万元", "money", "元")]),
        (
            "每条航线完成10000架次飞行,给予一次性最高50万元的支持",
            [("10000架次", "quantity", "架次"), ("50万元", "money", "元")],
        ),
        ("实现至少25当量吨综合效益的", [("25当量吨", "quantity", "当量吨")]),
        ("按照市、区1:1配套的比例", [("1:1", "rate", ":")]),
        ("评估认证为二级及以上", [("二级", "quantity", "级")]),
        ("连续补贴三年", [("三年", "quantity", "年")]),
        ("31项措施", [("31项", "quantity", "项")]),
        ("我们自筹投入800万做算法，能拿多少？", [("800万", "money", "")]),
        ("投入AI500万元", [("500万元", "money", "元")]),
        ("DCMM3级", [("3级", "quantity", "级")]),
        ("投入800", [("800", "number", "")]),
        ("投入八百", [("八百", "number", "")]),
        ("飞了1.2万架次", [("1.2万架次", "quantity", "架次")]),
        ("有1200万用户", [("1200万用户", "quantity", "用户")]),
        ("投资500万美元", [("500万美元", "quantity", "美元")]),
        ("第三、500万元", [("500万元", "money", "元")]),
        ("服务一家2.5万", [("一家", "quantity", "家"), ("2.5万", "money", "")]),
        ("5kw充电", [("5kw", "money", "")]),
        ("500kW光伏", []),
        (
            "甲合同150万一份，乙合同260万",
            [("150万", "money", ""), ("260万", "money", "")],
        ),
        ("机器设备480万", [("480万", "money", "")]),
        ("做到四十来个当量吨", [("四十来个当量吨", "quantity", "当量吨")]),
        ("飞满15000个架次", [("15000个架次", "quantity", "架次")]),
        ("合同不到900万，万一没批下来", [("900万", "money", "")]),
        ("从200万元提高到500万元", [("200万元", "money", "元"), ("500万元", "money", "元")]),
    ],
)
def test_mentions_in_running_text(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _reported(text) == expected


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("投入500万以上", Comparison.AT_LEAST),
        ("三年（含）以上", Comparison.AT_LEAST),
        ("二级及以上", Comparison.AT_LEAST),
        ("至少25当量吨", Comparison.AT_LEAST),
        ("最高不超过300万元", Comparison.AT_MOST),
        ("500万元以内", Comparison.AT_MOST),
        ("超过500万元", Comparison.OVER),
        ("不到500万", Comparison.UNDER),
        ("两千万都不到", Comparison.UNDER),
        ("投入500万", None),
    ],
)
def test_a_bounding_word_is_kept(text: str, comparison: Comparison | None) -> None:
    (found,) = find_quantities(text)
    assert found.comparison is comparison


@pytest.mark.parametrize(
    ("text", "is_vague"),
    [
        ("投入大约500万", True),
        ("投入500万左右", True),
        ("最近500万", False),
        ("近三年", False),
        ("五百多万", True),
        ("10多家企业", True),
        ("节约六千多吨标煤", True),
        ("投入800万", False),
        ("谈了200多w", True),
        ("花了小三百万", True),
        ("大半个亿", True),
        ("投了半个亿", False),
    ],
)
def test_roughness_is_flagged(text: str, is_vague: bool) -> None:
    (found,) = find_quantities(text)
    assert found.is_vague is is_vague


FEN = st.decimals(min_value="0.01", max_value="999999999999", places=2)


@settings(deadline=None)
@given(FEN)
def test_a_written_sum_reads_back(yuan: Decimal) -> None:
    assert parse_money(format_money(Money(yuan))) == Money(yuan)


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_chinese_numerals_read_back(value: int) -> None:
    assert parse_decimal(write_chinese(value)) == value
    assert parse_money(f"{write_chinese(value)}元") == Money(Decimal(value))


@settings(deadline=None)
@given(st.decimals(min_value="0.0001", max_value="9", places=4))
def test_a_written_rate_reads_back(ratio: Decimal) -> None:
    assert parse_rate(format_rate(Rate(ratio))) == Rate(ratio)


@settings(deadline=None)
@given(
    st.decimals(min_value="0.1", max_value="99999", places=1),
    st.sampled_from([unit for unit in UNITS.values() if unit not in (Unit.YUAN, Unit.YES_NO)]),
)
def test_a_written_quantity_reads_back(value: Decimal, unit: Unit) -> None:
    quantity = Quantity(value, unit)
    assert parse_quantity(format_quantity(quantity), unit) == quantity


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=1, max_value=9999))
def test_a_written_range_reads_back(low: int, more: int) -> None:
    (found,) = find_quantities(f"{low}万元-{low + more}万元")
    assert (found.low, found.high) == (Decimal(low) * 10000, Decimal(low + more) * 10000)


@settings(deadline=None)
@given(
    st.text(
        alphabet="0123456789.,，万亿千百十零一二三两元%成分之:：年月日号第条-来多几个点w k（）() \n约",
        max_size=30,
    )
)
def test_any_text_is_read_without_failing_and_mentions_lie_in_it(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert (found.value is None) == (found.low is not None and found.high is not None)
        end = found.end


@pytest.mark.parametrize(
    ("text", "yuan"), [("融了半个亿", 50_000_000), ("半亿元", 50_000_000), ("1.5个亿", 150_000_000)]
)
def test_half_a_hundred_million_is_half_of_it(text: str, yuan: int) -> None:
    (found,) = find_quantities(text)
    assert found.value == yuan
