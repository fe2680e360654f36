"""Sums by case: which one is paid, what is said of it, and what is asked where the case is unknown."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.calculator.amount import estimate
from assistant.calculator.arithmetic import base_reaching
from assistant.calculator.facts import FactSheet
from corpus.measures.formula_text import formula_text
from corpus.model.document import PolicyDocument, SourceNature, Span, ValidityPeriod
from corpus.model.measure import CaseSum, Fact, Measure, Sourced, SumsByCase, SupportKind
from corpus.model.values import Money, Unit
from corpus.reading.clauses import split_clauses
from corpus.store import Corpus

WORDS = "第一条 对国家级、省级平台，分别给予最高100万元、50万元奖励。"
TEXT = f"东湖区措施\n{WORDS}"
CLAUSES = split_clauses("donghu", TEXT)
FACT = Fact("platform_level", "平台级别", Unit.LEVEL, "请问是哪一级平台？", choices=("省级", "国家级"))
DAY = date(2026, 6, 1)


def span(words):
    start = WORDS.index(words)
    return Span("donghu/1", start, start + len(words), words)


def corpus(bound):
    first = Sourced(Money.of(1_000_000), span("100万元"), span("最高") if bound else None)
    sums = SumsByCase(
        "platform_level",
        (
            CaseSum(Sourced("国家级", span("国家级")), first),
            CaseSum(Sourced("省级", span("省级")), Sourced(Money.of(500_000), span("50万元"))),
        ),
    )
    measure = Measure("donghu/1/platform", "平台奖励", "donghu/1", SupportKind.AWARD, span(WORDS), sums)
    document = PolicyDocument(
        slug="donghu",
        title="东湖区措施",
        nature=SourceNature.POLICY,
        text=TEXT,
        clauses=CLAUSES,
        validity=ValidityPeriod(date(2026, 1, 1), date(2028, 12, 31)),
    )
    return Corpus((document,), (measure,), {"platform_level": FACT}, (), (), "")


def told(bound=True, **facts):
    held = corpus(bound)
    return estimate(held.measures[0], FactSheet.parse(facts, held.facts), DAY, held)


@pytest.mark.parametrize(("level", "yuan"), [("国家级", "1000000.00"), ("省级", "500000.00")])
def test_the_case_that_holds_is_paid(level, yuan):
    assert told(platform_level=level).amount == Decimal(yuan)


def test_a_word_before_the_first_sum_bounds_them_all():
    assert told(platform_level="省级").is_upper_bound
    assert not told(bound=False, platform_level="省级").is_upper_bound


def test_the_step_names_the_case_and_its_sum():
    assert told(platform_level="省级").steps[0].text == "省级：最高 50万元"
    assert told(bound=False, platform_level="省级").steps[0].text == "省级：定额 50万元"


def test_an_unknown_case_is_asked_for_with_the_sums_it_decides_between():
    unknown = told(bound=False)
    assert [one.fact for one in unknown.missing] == ["platform_level"]
    assert unknown.range == (Decimal("500000.00"), Decimal("1000000.00"))
    assert unknown.steps[0].text == "按情形分档，国家级 100万元、省级 50万元"


def test_no_base_reaches_anything_and_the_rule_fits_one_line():
    [measure] = corpus(True).measures
    assert base_reaching(measure, Decimal(10)) is None
    assert formula_text(measure) == "platform_level {国家级: 1000000, 省级: 500000}"
    assert measure.fact_names == ("platform_level",)


def test_a_level_may_be_named_by_how_it_begins():
    held = Fact("case", "情形", Unit.LEVEL, "哪一种？", choices=("省级平台", "国家级"))
    assert FactSheet.parse({"case": "省级"}, {"case": held}).get("case") == "省级平台"
