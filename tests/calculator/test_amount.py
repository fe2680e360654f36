"""What one measure pays: never above a cap, never less for more, never negative, in plain lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.calculator.amount import estimate, estimate_unquantified
from assistant.calculator.explain import conclusion
from assistant.calculator.facts import FactSheet
from assistant.conversation import ConditionState, Estimate, EstimateStatus
from corpus.model.measure import Measure
from corpus.model.values import Unit
from corpus.reading.numerals import usual_units
from corpus.store import Corpus

UNITS = usual_units().known

DAY = date(2026, 6, 30)
HARD_TECHNOLOGY = "changning-ai-draft/7.1/hard-technology"
SUMS = st.decimals(min_value="0.01", max_value="100000000000", places=2)


def told(corpus: Corpus, measure_id: str, day: date = DAY, **facts: str) -> Estimate:
    return estimate(corpus.measure(measure_id), FactSheet.parse(facts, corpus.facts), day, corpus)


def every_number(corpus: Corpus, measure: Measure, value: Decimal) -> dict[str, object]:
    """Tell the base as `value`, every threshold as just met, and nothing received."""
    facts: dict[str, object] = {}
    for condition in measure.all_conditions:
        if condition.threshold is not None:
            threshold = condition.threshold.value
            facts[condition.fact] = getattr(threshold, "value", None) or threshold
    for name in measure.amount_facts[1:]:
        facts[name] = Decimal(0)
    for name in measure.amount_facts[:1]:
        is_whole = corpus.facts[name].unit.is_piece
        facts[name] = max(value.to_integral_value(), Decimal(1)) if is_whole else value
    return facts


@settings(deadline=None)
@given(value=SUMS, more=SUMS)
def test_no_award_passes_its_cap_or_falls_as_its_base_grows(
    corpus: Corpus, value: Decimal, more: Decimal
) -> None:
    for measure in corpus.measures:
        amounts = []
        for base in (value, value + more):
            sheet = FactSheet.parse(every_number(corpus, measure, base), corpus.facts)
            result = estimate(measure, sheet, DAY, corpus)
            amounts.append(result.amount or Decimal(0))
        low, high = amounts
        assert 0 <= low <= high
        assert all(high <= cap.amount.value.yuan for cap in measure.caps)


@settings(deadline=None)
@given(value=SUMS, received=st.decimals(min_value=0, max_value=3000000, places=2))
def test_what_was_received_this_year_counts_against_the_cap(
    corpus: Corpus, value: Decimal, received: Decimal
) -> None:
    result = estimate(
        corpus.measure("changning-ai-draft/8.6/technology-contracts"),
        FactSheet.parse(
            {"contract_spending": value, "technology_contract_received_this_year": received}, corpus.facts
        ),
        DAY,
        corpus,
    )
    assert (result.amount or 0) + min(received, Decimal(2000000)) <= 2000000


@settings(deadline=None)
@given(value=SUMS, data=st.data())
def test_the_range_of_partial_facts_holds_the_truth(
    corpus: Corpus, value: Decimal, data: st.DataObject
) -> None:
    measure = data.draw(st.sampled_from(corpus.measures))
    facts = every_number(corpus, measure, value)
    keep = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    keep |= set(measure.amount_facts[1:]) - {"city_operating_support"}
    partial = FactSheet.parse({name: facts[name] for name in facts if name in keep}, corpus.facts)
    guess = estimate(measure, partial, DAY, corpus)
    truth = estimate(measure, FactSheet.parse(facts, corpus.facts), DAY, corpus)
    if guess.range is not None and truth.amount is not None:
        low, high = guess.range
        assert low <= truth.amount
        assert high is None or truth.amount <= high


@settings(deadline=None)
@given(st.permutations(["self_funded_investment", "in_changning", "dcmm_level", "certification_fee"]))
def test_the_order_of_facts_does_not_matter(corpus: Corpus, order: list[str]) -> None:
    values = {
        "self_funded_investment": "800万",
        "in_changning": "是",
        "dcmm_level": "二级",
        "certification_fee": "30万",
    }
    sheet = FactSheet.parse({name: values[name] for name in order}, corpus.facts)
    plain = FactSheet.parse(values, corpus.facts)
    for measure in corpus.measures:
        assert estimate(measure, sheet, DAY, corpus) == estimate(measure, plain, DAY, corpus)


@pytest.mark.parametrize(
    "written", ["1200万元", "1.2千万", "1200w", "12000000元", "一千二百万", "0.12亿元", "１２００万"]
)
def test_the_way_a_sum_is_written_does_not_matter(corpus: Corpus, written: str) -> None:
    result = told(corpus, HARD_TECHNOLOGY, self_funded_investment=written)
    assert (
        result.steps[0].text
        == "项目自筹投入资金总额 1200万元 × 30% = 360万元，超过上限 300万元，按 300万元 计"
    )


def test_every_threshold_turns_exactly_at_its_number(corpus: Corpus) -> None:
    for measure in corpus.measures:
        for condition in measure.conditions:
            fact = corpus.facts[condition.fact]
            if condition.threshold is None or fact.unit == Unit.LEVEL:
                continue
            step = Decimal(1) if fact.unit == UNITS["sortie"] else Decimal("0.01")
            at = condition.threshold.value.value
            states = []
            for number in (at - step, at, at + step):
                facts = FactSheet.parse({condition.fact: number}, corpus.facts)
                results = estimate(measure, facts, DAY, corpus).conditions
                states.append(next(one.state for one in results if one.span == condition.span))
            assert states == [ConditionState.UNMET, ConditionState.MET, ConditionState.MET]


def test_every_line_quotes_words_that_stand_in_their_clause(corpus: Corpus) -> None:
    for measure in corpus.measures:
        facts = FactSheet.parse(every_number(corpus, measure, Decimal(12345678)), corpus.facts)
        result = estimate(measure, facts, DAY, corpus)
        assert all(step.spans for step in result.steps)
        spans = [span for step in result.steps for span in step.spans]
        for span in [*spans, *(condition.span for condition in result.conditions)]:
            assert corpus.clause(span.clause_id).text[span.start : span.end] == span.quote


def test_an_upper_bound_stays_one_and_a_fixed_award_stays_fixed(corpus: Corpus) -> None:
    bound = told(corpus, "sh-industrial-services/10/foreign-accreditation")
    fixed = told(corpus, "sh-industrial-services/1/service-manufacturing-title")
    assert conclusion(bound) == "最高可获 50万元，以主管部门核定为准"
    assert "最高" not in conclusion(fixed)
    assert conclusion(fixed).startswith("可获 50万元")


def test_a_draft_says_so_in_its_conclusion(corpus: Corpus) -> None:
    assert conclusion(told(corpus, HARD_TECHNOLOGY, self_funded_investment="800万")) == (
        "按草案，拟最高可获 240万元，以主管部门核定为准"
    )


def test_what_reaches_the_cap_is_said_until_it_is_reached(corpus: Corpus) -> None:
    under = told(corpus, HARD_TECHNOLOGY, self_funded_investment="800万")
    at = told(corpus, HARD_TECHNOLOGY, self_funded_investment="1000万")
    assert "项目自筹投入资金总额达到 1000万元 即触及上限 300万元" in under.hints
    assert not any("即触及上限" in hint for hint in at.hints)


def test_what_is_said_to_reach_the_cap_does_reach_it(corpus: Corpus) -> None:
    under = told(corpus, "sh-industrial-services/10/one-test-many-certificates", contract_amount="100万")
    assert "合同金额达到 1,666,666.67元 即触及上限 50万元" in under.hints
    reached = told(
        corpus, "sh-industrial-services/10/one-test-many-certificates", contract_amount="1,666,666.67元"
    )
    short = told(
        corpus, "sh-industrial-services/10/one-test-many-certificates", contract_amount="1,666,666.61元"
    )
    assert reached.amount == 500000
    assert short.amount is not None
    assert short.amount < 500000


def test_an_ending_within_ninety_days_is_said(corpus: Corpus) -> None:
    title = "sh-industrial-services/1/service-manufacturing-title"
    assert any("还有90天" in hint for hint in told(corpus, title, date(2027, 10, 2)).hints)
    assert not any("还有" in hint for hint in told(corpus, title, date(2027, 10, 1)).hints)


def test_what_nobody_said_is_taken_as_nothing_and_said(corpus: Corpus) -> None:
    result = told(corpus, "changning-ai-draft/9.2/themed-activities", activities_held="5场")
    assert result.amount == 800000
    assert any("未说明「本年度已获得的主题活动支持」" in hint for hint in result.hints)


def test_a_grant_without_a_number_is_shown_and_not_computed(corpus: Corpus) -> None:
    for grant in corpus.unquantified:
        result = estimate_unquantified(grant)
        assert (result.status, result.amount) == (EstimateStatus.NOT_QUANTIFIED, None)
        assert grant.reason in (result.explanation or "")
