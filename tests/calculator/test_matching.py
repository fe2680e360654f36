"""The whole registry for one company, not a top-k."""

from __future__ import annotations

from datetime import date

from assistant.calculator.facts import FactSheet
from assistant.calculator.matching import match
from assistant.conversation import EstimateStatus
from corpus.store import Corpus

DAY = date(2026, 6, 30)


def test_every_measure_is_listed_once(corpus: Corpus) -> None:
    found = match(corpus, FactSheet.parse({}, corpus.facts), DAY)
    assert sorted(one.measure for one in found.estimates) == sorted(one.id for one in corpus.measures)


def test_nothing_told_adds_up_to_nothing(corpus: Corpus) -> None:
    found = match(corpus, FactSheet.parse({}, corpus.facts), DAY)
    assert (found.total.in_force, found.total.draft, found.counted) == (None, None, ())
    assert any("尚不清楚" in warning for warning in found.warnings)


def test_larger_amounts_come_first_within_a_status(corpus: Corpus) -> None:
    facts = FactSheet.parse(
        {"approved_project_investment": "3000万", "contract_amount": "100万"}, corpus.facts
    )
    estimates = match(corpus, facts, DAY).estimates
    payable = [one.amount for one in estimates if one.status is EstimateStatus.PAYABLE]
    assert payable == sorted(payable, reverse=True)
    statuses = [one.status for one in estimates]
    assert statuses == sorted(statuses, key=[*dict.fromkeys(statuses)].index)


def test_one_sum_alone_does_not_pay_for_every_kind_of_project(corpus: Corpus) -> None:
    facts = FactSheet.parse(
        {"approved_project_investment": "3000万", "is_supply_chain_system_project": "是"}, corpus.facts
    )
    found = match(corpus, facts, DAY)
    assert found.counted == ("sh-industrial-services/6/supply-chain-system",)
    assert found.total.in_force == 5000000


def test_a_testing_institution_sees_both_of_its_awards(corpus: Corpus) -> None:
    facts = FactSheet.parse(
        {
            "has_foreign_accreditation": "是",
            "has_one_test_many_certificates": "是",
            "contract_amount": "100万",
        },
        corpus.facts,
    )
    found = match(corpus, facts, DAY)
    assert found.total.in_force == 800000
    assert found.total.draft is None


def test_what_the_company_denies_is_not_counted(corpus: Corpus) -> None:
    facts = FactSheet.parse({"has_foreign_accreditation": "否"}, corpus.facts)
    found = match(corpus, facts, DAY)
    denied = next(one for one in found.estimates if one.measure.endswith("/foreign-accreditation"))
    assert denied.status is EstimateStatus.NOT_ELIGIBLE
    assert found.counted == ()


def test_denying_one_of_several_ways_does_not_count_the_award(corpus: Corpus) -> None:
    facts = FactSheet.parse({"is_first_integration_standard": "否"}, corpus.facts)
    found = match(corpus, facts, DAY)
    assert found.counted == ()
    assert found.total.draft is None


def test_after_expiry_nothing_is_payable(corpus: Corpus) -> None:
    facts = FactSheet.parse({"has_service_manufacturing_title": "是"}, corpus.facts)
    assert match(corpus, facts, date(2027, 12, 31)).total.in_force == 500000
    found = match(corpus, facts, date(2028, 1, 1))
    assert found.total.in_force is None
    titled = next(one for one in found.estimates if one.measure.endswith("service-manufacturing-title"))
    assert titled.status is EstimateStatus.NOT_IN_FORCE
    assert "2027年12月31日" in (titled.explanation or "")


def test_draft_and_expiry_are_warned_about(corpus: Corpus) -> None:
    facts = FactSheet.parse({"is_first_integration_standard": "是"}, corpus.facts)
    assert any("草案" in warning for warning in match(corpus, facts, DAY).warnings)
