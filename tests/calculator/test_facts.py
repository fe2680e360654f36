"""Bad input: each a Chinese message naming the fact, and nothing computed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.calculator.facts import BadFactError, FactError, FactSheet, UnknownFactError
from corpus.model.values import Money, Quantity, Unit
from corpus.reading.numerals import usual_units
from corpus.store import Corpus

UNITS = usual_units().known


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("self_funded_investment", "-800万", "不能为负"),
        ("self_funded_investment", "0元", "不能为零"),
        ("self_funded_investment", "2万亿元", "超过 1万亿"),
        ("self_funded_investment", "inf", "不是有限的数"),
        ("self_funded_investment", float("nan"), "不是有限的数"),
        ("self_funded_investment", Decimal("Infinity"), "不是有限的数"),
        ("self_funded_investment", "800", "800元 还是 800万元"),
        ("self_funded_investment", 800, "800元 还是 800万元"),
        ("self_funded_investment", "800吨", "不是人民币金额"),
        ("self_funded_investment", "100万美元", "不是人民币金额"),
        ("self_funded_investment", "30%", "不是人民币金额"),
        ("self_funded_investment", "约800万", "确切"),
        ("self_funded_investment", "300来万", "确切"),
        ("self_funded_investment", "80万到100万", "范围"),
        ("self_funded_investment", "800万以上", "范围"),
        ("self_funded_investment", "很多", "读不出"),
        ("self_funded_investment", "", "没有写"),
        ("self_funded_investment", True, "不是数"),
        ("self_funded_investment", None, "不是数"),
        ("self_funded_investment", Quantity(Decimal(3), UNITS["ton_coal"]), "单位应为「元」"),
        ("coal_saved", "2000吨", "吨标煤"),
        ("coal_saved", "2000元", "吨标煤"),
        ("coal_saved", "-5吨标煤", "不能为负"),
        ("enterprises_served", "2.5家", "应为整数"),
        ("enterprises_served", "3条", "单位不对"),
        ("dcmm_level", "未通过", "一级、二级、三级、四级、五级"),
        ("dcmm_level", "六级", "一级、二级、三级、四级、五级"),
        ("dcmm_level", "二级以上", "一级、二级、三级、四级、五级"),
        ("in_changning", "也许", "请填 是 或 否"),
    ],
)
def test_a_bad_value_is_refused_by_name(corpus: Corpus, name: str, value: object, says: str) -> None:
    with pytest.raises(BadFactError, match=says) as refused:
        FactSheet.parse({name: value}, corpus.facts)
    assert corpus.facts[name].label in str(refused.value)
    assert refused.value.fact == name


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("self_funded_investment", "800万", Decimal(8000000)),
        ("self_funded_investment", "5,000,000", Decimal(5000000)),
        ("self_funded_investment", 8000000, Decimal(8000000)),
        ("self_funded_investment", Money.of(8000000), Decimal(8000000)),
        ("self_funded_investment", Decimal("0.5"), Decimal("0.5")),
        ("matching_received_for_project", "0", Decimal(0)),
        ("city_operating_support", "0元", Decimal(0)),
        ("coal_saved", "1.2万吨标煤", Decimal(12000)),
        ("coal_saved", 2000, Decimal(2000)),
        ("dcmm_level", "DCMM三级", "三级"),
        ("dcmm_level", "3级", "三级"),
        ("dcmm_level", "3", "三级"),
        ("dcmm_level", "三", "三级"),
        ("in_changning", "是", True),
        ("in_changning", "否", False),
        ("in_changning", "true", True),
    ],
)
def test_a_good_value_is_read(corpus: Corpus, name: str, value: object, read: object) -> None:
    assert FactSheet.parse({name: value}, corpus.facts).get(name) == read


def test_a_fact_may_be_named_in_chinese(corpus: Corpus) -> None:
    sheet = FactSheet.parse({"项目自筹投入资金总额": "800万"}, corpus.facts)
    assert sheet.number("self_funded_investment") == 8000000


def test_an_unknown_fact_brings_the_nearest_ones(corpus: Corpus) -> None:
    with pytest.raises(UnknownFactError, match="你是不是想说 self_funded_investment（项目自筹投入资金总额）"):
        FactSheet.parse({"self_funded_investmnt": "800万"}, corpus.facts)


def test_a_word_several_facts_share_is_asked_about(corpus: Corpus) -> None:
    with pytest.raises(UnknownFactError, match=r"approved_project_investment.*total_project_investment"):
        FactSheet.parse({"总投资": "800万"}, corpus.facts)


def test_one_fact_told_twice_differently_is_a_contradiction(corpus: Corpus) -> None:
    with pytest.raises(BadFactError, match="二级 和 三级"):
        FactSheet.parse_pairs([("dcmm_level", "二级"), ("dcmm_level", "3级")], corpus.facts)
    assert (
        FactSheet.parse_pairs([("dcmm_level", "二级"), ("dcmm_level", "2级")], corpus.facts).get("dcmm_level")
        == "二级"
    )


def test_a_sum_for_what_is_denied_is_a_contradiction(corpus: Corpus) -> None:
    with pytest.raises(FactError, match="两者矛盾"):
        FactSheet.parse({"upper_level_grant": "300万", "has_upper_level_support": "否"}, corpus.facts)
    told = FactSheet.parse({"upper_level_grant": "300万"}, corpus.facts)
    with pytest.raises(FactError, match="两者矛盾"):
        told.with_values({"has_upper_level_support": "否"})


def test_what_a_number_requires_is_a_fact_one_says_yes_or_no_to(corpus: Corpus) -> None:
    needing = [fact for fact in corpus.facts.values() if fact.requires]
    assert needing
    for fact in needing:
        assert fact.unit != Unit.YES_NO
        assert corpus.facts[fact.requires].unit == Unit.YES_NO


@settings(deadline=None)
@given(yuan=st.decimals(min_value="0.01", max_value="999999999999", places=2), level=st.integers(0, 4))
def test_a_sheet_written_out_reads_back(corpus: Corpus, yuan: Decimal, level: int) -> None:
    raw = {
        "self_funded_investment": yuan,
        "coal_saved": yuan,
        "dcmm_level": corpus.facts["dcmm_level"].choices[level],
        "in_changning": False,
    }
    sheet = FactSheet.parse(raw, corpus.facts)
    assert FactSheet.parse(sheet.texts(), corpus.facts).values == sheet.values
