"""How an award follows its base; each expected value is worked out from the clause."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.calculator.facts import FactSheet
from assistant.curve import curve_of
from corpus.store import load_corpus

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


def curve(corpus, measure, day=DAY, **told):
    return curve_of(corpus.measure(measure), FactSheet.parse(told, corpus.facts), day, corpus)


def test_thirty_percent_reaches_three_million_at_ten_million(corpus):
    found = curve(corpus, "changning-ai-draft/7.1/hard-technology", self_funded_investment="800万元")
    assert (found.full_at, found.most) == (Decimal(10_000_000), Decimal(3_000_000))
    assert found.own == (Decimal(8_000_000), Decimal(2_400_000))
    assert found.still_missing == Decimal(2_000_000)


def test_beyond_the_cap_nothing_is_missing(corpus):
    found = curve(corpus, "changning-ai-draft/7.1/hard-technology", self_funded_investment="1200万元")
    assert found.own == (Decimal(12_000_000), Decimal(3_000_000))
    assert found.still_missing is None


def test_what_was_received_before_brings_the_cap_nearer(corpus):
    found = curve(corpus, "changning-ai-draft/8.1/matching-funds", matching_received_for_project="200万元")
    assert (found.full_at, found.most) == (Decimal(3_000_000), Decimal(3_000_000))


def test_counted_things_are_drawn_one_by_one(corpus):
    found = curve(corpus, "changning-ai-draft/9.2/themed-activities", activities_held="3次")
    assert (found.full_at, found.most) == (Decimal(4), Decimal(800_000))
    assert found.still_missing == Decimal(1)
    assert all(base == base.to_integral_value() for base, _ in found.points)


def test_an_award_never_falls_as_its_base_grows(corpus):
    for measure in corpus.measures:
        found = curve_of(measure, FactSheet.parse({}, corpus.facts), DAY, corpus)
        amounts = [amount for _, amount in found.points] if found else []
        assert amounts == sorted(amounts), measure.id


def test_a_fixed_sum_and_an_uncapped_one_without_a_base_have_no_curve(corpus):
    fixed = next(one for one in corpus.measures if not one.amount_facts)
    assert curve_of(fixed, FactSheet.parse({}, corpus.facts), DAY, corpus) is None
    assert curve(corpus, "changning-ai-draft/7.2/new-rd-institution") is None


def test_a_document_not_in_force_draws_nothing(corpus):
    uncapped = next(one for one in corpus.measures if one.document == "sh-online-economy")
    told = {"approved_project_investment": "1000万元"}
    sheet = FactSheet.parse(told, corpus.facts)
    assert curve_of(uncapped, sheet, date(2019, 1, 1), corpus) is None
