"""The 46 awards of the corpus, against sums worked out by hand from the clauses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.measures.file import formula_text
from corpus.model.measure import CapScope, Measure, PerUnit, SupportKind
from corpus.model.values import Money, Rate
from corpus.reading.numerals import usual_units
from corpus.store import Corpus, load_corpus

UNITS = usual_units().known


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


# 条款写的：比例或金额；上限（元）；是否“最高”。由人逐条从原文抄出。
INDUSTRIAL = "sh-industrial-services"
CHANGNING = "changning-ai-draft"
AWARDS = [
    ("sh-online-economy/16/key-project", "50%", 5000_0000, True),
    (f"{INDUSTRIAL}/1/service-manufacturing", "20%", 1000_0000, True),
    (f"{INDUSTRIAL}/1/service-manufacturing-title", 50_0000, None, False),
    (f"{INDUSTRIAL}/2/industrial-internet-platform", "20%", 1000_0000, True),
    (f"{INDUSTRIAL}/3/listed-provider", 50_0000, None, True),
    (f"{INDUSTRIAL}/3/digital-diagnosis", 2_5000, None, False),
    (f"{INDUSTRIAL}/3/new-technology", "30%", 2000_0000, True),
    (f"{INDUSTRIAL}/4/public-service-platform", "30%", 2000_0000, True),
    (f"{INDUSTRIAL}/4/metaverse-tools", "30%", 2000_0000, True),
    (f"{INDUSTRIAL}/6/digital-supply-chain", "30%", 2000_0000, True),
    (f"{INDUSTRIAL}/6/supply-chain-system", "30%", 500_0000, True),
    (f"{INDUSTRIAL}/6/trusted-supply-chain", "30%", 500_0000, True),
    (f"{INDUSTRIAL}/7/energy-management-centre", "20%", 1000_0000, True),
    (f"{INDUSTRIAL}/7/cleaner-production", 5_0000, None, False),
    (f"{INDUSTRIAL}/7/energy-contract", 1500, 1000_0000, True),
    (f"{INDUSTRIAL}/8/smart-equipment", "10%", 1000_0000, True),
    (f"{INDUSTRIAL}/8/loan-interest", "50%", 2000_0000, True),
    (f"{INDUSTRIAL}/8/equipment-leasing", "5%", 2000_0000, True),
    (f"{INDUSTRIAL}/8/logistics-platform", "30%", 500_0000, True),
    (f"{INDUSTRIAL}/8/low-altitude-route", 50_0000, None, True),
    (f"{INDUSTRIAL}/9/design-project", "50%", 300_0000, True),
    (f"{INDUSTRIAL}/9/design-loan-interest", "50%", None, True),
    (f"{INDUSTRIAL}/10/foreign-accreditation", 50_0000, None, True),
    (f"{INDUSTRIAL}/10/international-accreditation", 100_0000, None, True),
    (f"{INDUSTRIAL}/10/one-test-many-certificates", "30%", 50_0000, True),
    (f"{INDUSTRIAL}/10/leading-international-standard", 100_0000, None, True),
    (f"{INDUSTRIAL}/10/joining-international-standard", 20_0000, None, True),
    (f"{INDUSTRIAL}/11/future-industry-standard", 30_0000, None, True),
    (f"{CHANGNING}/7.1/hard-technology", "30%", 300_0000, True),
    (f"{CHANGNING}/7.2/new-rd-institution", "100%", None, False),
    (f"{CHANGNING}/8.1/matching-funds", "100%", 500_0000, True),
    (f"{CHANGNING}/8.2/special-fund", "30%", 150_0000, True),
    (f"{CHANGNING}/8.3/application-scenario", "50%", 300_0000, True),
    (f"{CHANGNING}/8.4/dcmm-certification", "50%", 50_0000, True),
    (f"{CHANGNING}/8.4/first-recognition", 20_0000, None, False),
    (f"{CHANGNING}/8.5/first-edition-software", "30%", 200_0000, True),
    (f"{CHANGNING}/8.6/technology-contracts", "10%", 200_0000, True),
    (f"{CHANGNING}/9.1/cloud-services", "50%", 50_0000, True),
    (f"{CHANGNING}/9.2/themed-activities", 20_0000, 80_0000, True),
    (f"{CHANGNING}/9.2/exhibitions-hosted", 50_0000, 100_0000, True),
    (f"{CHANGNING}/9.2/exhibitions-attended", 25_0000, 100_0000, True),
    (f"{CHANGNING}/9.3/incubator-construction", "50%", None, True),
    (f"{CHANGNING}/9.3/incubator-operation", "50%", None, True),
    (f"{CHANGNING}/9.3/incubator-performance", "100%", None, True),
    (f"{CHANGNING}/9.4/loan-insurance", "50%", None, False),
    (f"{CHANGNING}/9.4/startup-insurance", "50%", None, False),
]


def test_the_corpus_holds_exactly_these_awards(corpus: Corpus) -> None:
    assert {measure.id for measure in corpus.measures} == {award[0] for award in AWARDS}
    assert len(AWARDS) == 46


@pytest.mark.parametrize(("measure_id", "number", "cap", "at_most"), AWARDS, ids=[a[0] for a in AWARDS])
def test_each_award_says_what_its_clause_says(
    corpus: Corpus, measure_id: str, number: str | int, cap: int | None, at_most: bool
) -> None:
    measure = corpus.measure(measure_id)

    stated = measure.formula_number.value
    if isinstance(number, str):
        assert stated == Rate(Decimal(number.removesuffix("%")) / 100)
    else:
        assert stated == Money.of(number)
    assert [each.amount.value for each in measure.caps] == ([Money.of(cap)] if cap else [])
    assert measure.is_upper_bound is at_most


@pytest.mark.parametrize(
    ("measure_id", "formula"),
    [
        (f"{CHANGNING}/7.1/hard-technology", "min(30% × self_funded_investment, 3000000)"),
        (f"{INDUSTRIAL}/7/energy-contract", "min(1500 × coal_saved, 10000000)"),
        (f"{INDUSTRIAL}/9/design-loan-interest", "50% × project_credit_interest"),
        (f"{INDUSTRIAL}/7/cleaner-production", "50000"),
        (
            f"{CHANGNING}/9.2/themed-activities",
            "min(200000 × activities_held, max(800000 - activities_received_this_year, 0))",
        ),
        (
            f"{CHANGNING}/9.3/incubator-operation",
            "max(50% × incubator_operating_outlay - city_operating_support, 0)",
        ),
        (
            f"{CHANGNING}/8.4/dcmm-certification",
            "max(min(50% × certification_fee, 500000) - dcmm_received_for_lower_grade, 0)",
        ),
    ],
)
def test_formulas_are_written_in_one_line(corpus: Corpus, measure_id: str, formula: str) -> None:
    assert formula_text(corpus.measure(measure_id)) == formula


def _cap_of(measure: Measure) -> tuple[CapScope, str | None]:
    return measure.caps[0].per, measure.caps[0].received


def test_caps_know_over_what_they_run(corpus: Corpus) -> None:
    assert _cap_of(corpus.measure(f"{CHANGNING}/8.1/matching-funds")) == (
        CapScope.PROJECT_CUMULATIVE,
        "matching_received_for_project",
    )
    assert _cap_of(corpus.measure(f"{CHANGNING}/8.6/technology-contracts")) == (
        CapScope.ENTERPRISE_YEAR,
        "technology_contract_received_this_year",
    )
    assert _cap_of(corpus.measure(f"{CHANGNING}/7.1/hard-technology")) == (CapScope.AWARD, None)


def test_thresholds_keep_the_word_that_compares(corpus: Corpus) -> None:
    stated = {
        condition.fact: (condition.comparison_span.quote, condition.threshold.span.quote)
        for measure in corpus.measures
        for condition in measure.all_conditions
        if condition.comparison_span and condition.threshold
    }
    assert stated == {
        "cleaner_production_benefit": ("至少", "25当量吨"),
        "sorties_per_route": ("完成", "10000架次"),
        "dcmm_level": ("及以上", "二级"),
    }


def test_units_are_those_of_the_clause(corpus: Corpus) -> None:
    units = {
        measure.id.rpartition("/")[2]: measure.formula.per.value.unit
        for measure in corpus.measures
        if isinstance(measure.formula, PerUnit) and measure.formula.per
    }
    assert units == {
        "digital-diagnosis": UNITS["enterprise"],
        "energy-contract": UNITS["ton_coal"],
        "low-altitude-route": UNITS["route"],
        "themed-activities": UNITS["event"],
    }


def test_one_of_three_recognitions_is_enough(corpus: Corpus) -> None:
    measure = corpus.measure(f"{CHANGNING}/8.4/first-recognition")
    assert [condition.fact for condition in measure.alternatives[0].conditions] == [
        "is_first_integration_standard",
        "is_newly_listed_provider",
        "is_newly_rated_double_hundred",
    ]


def test_every_changning_award_asks_where_the_company_is(corpus: Corpus) -> None:
    for measure in corpus.measures:
        if measure.document == CHANGNING:
            assert measure.fact_names.count("in_changning") == 1


def test_projects_of_the_draft_exclude_one_another_by_clause_ten(corpus: Corpus) -> None:
    same_project = {
        measure.clause_id
        for measure in corpus.measures
        if measure.cumulation and measure.cumulation.matter == "同一项目"
    }
    assert same_project == {f"{CHANGNING}/{path}" for path in ("7.1", "8.1", "8.2", "8.3")}
    rule = corpus.measure(f"{CHANGNING}/8.2/special-fund").cumulation
    assert rule is not None
    assert rule.span.clause_id == f"{CHANGNING}/10.2"
    assert "就高不重复" in rule.span.quote


def test_only_the_draft_states_a_rule_against_taking_twice(corpus: Corpus) -> None:
    assert {measure.document for measure in corpus.measures if measure.cumulation} == {CHANGNING}


def test_interest_and_premium_subsidies_are_told_apart(corpus: Corpus) -> None:
    kinds = {
        kind: {m.clause_id for m in corpus.measures if m.kind is kind}
        for kind in (SupportKind.INTEREST_SUBSIDY, SupportKind.PREMIUM_SUBSIDY, SupportKind.MATCHING)
    }
    assert kinds == {
        SupportKind.INTEREST_SUBSIDY: {f"{INDUSTRIAL}/8", f"{INDUSTRIAL}/9"},
        SupportKind.PREMIUM_SUBSIDY: {f"{CHANGNING}/9.4"},
        SupportKind.MATCHING: {f"{CHANGNING}/7.2", f"{CHANGNING}/8.1", f"{CHANGNING}/9.3"},
    }


def test_every_document_lists_what_it_grants_without_a_number(corpus: Corpus) -> None:
    listed = {grant.clause_id.split("/")[0] for grant in corpus.unquantified}
    assert listed == {document.slug for document in corpus.documents}
    assert all(grant.reason for grant in corpus.unquantified)


def test_every_fact_has_a_use(corpus: Corpus) -> None:
    used = {name for measure in corpus.measures for name in measure.fact_names}
    assert set(corpus.facts) - used == {"projects_are_separate"}
