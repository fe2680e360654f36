"""Combining: the same matter once, at its highest; different matters add; what is open is warned about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.calculator.amount import estimate
from assistant.calculator.cumulation import combine
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate, EstimateStatus
from corpus.model.document import SourceNature
from corpus.model.measure import CapScope, Measure
from corpus.store import Corpus
from tests.calculator.registry import DAY, FACTS, measure, paid, registry

NOTHING = FactSheet.parse({}, FACTS)
MATTERS = st.sampled_from([None, "甲事项", "乙事项", "丙事项"])


def best_by_trying_everything(measures: Sequence[Measure], amounts: dict[str, int], received: int) -> Decimal:
    """Try all subsets: none may hold two awards for one matter; one cap's words are one cap."""
    best = Decimal(0)
    for size in range(len(measures) + 1):
        for subset in combinations(measures, size):
            matters = [one.cumulation.matter for one in subset if one.cumulation]
            if len(matters) == len(set(matters)):
                best = max(best, worth(subset, amounts, received))
    return best


def worth(subset: Sequence[Measure], amounts: dict[str, int], received: int) -> Decimal:
    total = sum(amounts[one.id] for one in subset)
    yearly: dict[int, list[Measure]] = {}
    for one in subset:
        for cap in one.caps:
            if cap.per is CapScope.ENTERPRISE_YEAR:
                yearly.setdefault(cap.amount.span.start, []).append(one)
    for users in yearly.values():
        room = int(users[0].caps[0].amount.value.yuan) - received
        total -= max(sum(amounts[one.id] for one in users) - room, 0)
    return Decimal(total)


@settings(deadline=None)
@given(
    awards=st.lists(st.tuples(st.integers(1, 500), MATTERS, st.integers(0, 2)), min_size=1, max_size=9),
    received=st.integers(0, 400),
)
def test_the_chosen_set_is_the_best_of_all_subsets(
    awards: list[tuple[int, str | None, int]], received: int
) -> None:
    measures = [
        measure(number, matter=matter, cap=500 if shared else None, shared_cap=shared)
        for number, (_, matter, shared) in enumerate(awards)
    ]
    room = 500 - received
    amounts = {
        one.id: min(amount, room) if shared else amount
        for one, (amount, _, shared) in zip(measures, awards, strict=True)
    }
    facts = FactSheet.parse({"received": Decimal(received)}, FACTS)
    total = combine([paid(one, amounts[one.id]) for one in measures], facts, registry(*measures), DAY)
    assert total.in_force == best_by_trying_everything(measures, amounts, received)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 500), MATTERS), min_size=12, max_size=12))
def test_twelve_awards_are_combined_as_well_as_by_trying_everything(
    awards: list[tuple[int, str | None]],
) -> None:
    measures = [measure(number, matter=matter) for number, (_, matter) in enumerate(awards)]
    amounts = {one.id: amount for one, (amount, _) in zip(measures, awards, strict=True)}
    total = combine([paid(one, amounts[one.id]) for one in measures], NOTHING, registry(*measures), DAY)
    assert total.in_force == best_by_trying_everything(measures, amounts, 0)
    assert set(total.chosen) | {one.measure for one in total.dropped} == set(amounts)
    assert not set(total.chosen) & {one.measure for one in total.dropped}


def test_the_lower_of_two_for_one_matter_is_dropped_with_its_clause() -> None:
    high, low = measure(1, matter="同一项目"), measure(2, matter="同一项目")
    total = combine([paid(low, 100), paid(high, 300)], NOTHING, registry(high, low), DAY)
    assert (total.in_force, total.chosen) == (300, (high.id,))
    (dropped,) = total.dropped
    assert dropped.measure == low.id
    assert "就高不重复" in dropped.reason
    assert dropped.spans[0].clause_id == "made-up/9"
    assert any("同一事项" in warning for warning in total.warnings)


def test_separate_projects_add_up() -> None:
    one, two = measure(1, matter="同一项目"), measure(2, matter="同一项目")
    facts = FactSheet.parse({"projects_are_separate": "是"}, FACTS)
    total = combine([paid(one, 100), paid(two, 300)], facts, registry(one, two), DAY)
    assert (total.in_force, total.dropped) == (400, ())


def test_awards_on_one_sum_of_money_are_warned_about() -> None:
    one, two = measure(1), measure(2)
    facts = FactSheet.parse({"investment": "100万元"}, FACTS)
    total = combine([paid(one, 100), paid(two, 300)], facts, registry(one, two), DAY)
    assert total.in_force == 400
    assert any("同一笔「投资额」" in warning for warning in total.warnings)


def test_a_shared_yearly_cap_holds_for_the_sum() -> None:
    one, two = measure(1, cap=500, shared_cap=1), measure(2, cap=500, shared_cap=1)
    facts = FactSheet.parse({"received": "100元"}, FACTS)
    total = combine([paid(one, 300), paid(two, 300)], facts, registry(one, two), DAY)
    assert total.in_force == 400
    assert any("共用同一上限" in warning for warning in total.warnings)


def test_a_measure_given_twice_counts_once() -> None:
    one = measure(1)
    assert combine([paid(one, 100), paid(one, 100)], NOTHING, registry(one), DAY).in_force == 100


def test_nothing_payable_is_none_and_not_zero() -> None:
    total = combine([], NOTHING, registry(), DAY)
    assert (total.in_force, total.draft) == (None, None)


def test_an_estimate_of_another_day_does_not_slip_in() -> None:
    one = measure(1)
    assert combine([paid(one, 100)], NOTHING, registry(one), date(2027, 1, 1)).in_force is None


def test_a_draft_is_never_counted_as_in_force() -> None:
    one = measure(1)
    drafts = registry(one, nature=SourceNature.DRAFT)
    assert combine([paid(one, 100)], NOTHING, drafts, DAY).in_force is None
    draft = Estimate(one.id, one.name, EstimateStatus.DRAFT, True, Decimal(100))
    total = combine([draft], NOTHING, drafts, DAY)
    assert (total.in_force, total.draft) == (None, 100)


def test_special_fund_and_scenario_for_one_project_pay_the_higher(corpus: Corpus) -> None:
    raw = {"total_project_investment": "400万", "total_project_outlay": "400万"}
    facts = FactSheet.parse(raw, corpus.facts)
    ids = ("changning-ai-draft/8.2/special-fund", "changning-ai-draft/8.3/application-scenario")
    total = combine([estimate(corpus.measure(one), facts, DAY, corpus) for one in ids], facts, corpus, DAY)
    assert (total.draft, total.in_force) == (2000000, None)
    assert total.chosen == (ids[1],)
    assert total.dropped[0].spans[0].clause_id == "changning-ai-draft/10.2"


def test_city_listing_and_district_listing_are_both_shown_and_asked_about(corpus: Corpus) -> None:
    facts = FactSheet.parse({"is_listed_provider": "是", "is_newly_listed_provider": "是"}, corpus.facts)
    ids = ("sh-industrial-services/3/listed-provider", "changning-ai-draft/8.4/first-recognition")
    total = combine([estimate(corpus.measure(one), facts, DAY, corpus) for one in ids], facts, corpus, DAY)
    assert (total.in_force, total.draft, total.dropped) == (500000, 200000, ())
    assert any("不同层级" in warning and "请向主管部门确认" in warning for warning in total.warnings)


def test_an_activity_and_a_certificate_add_up(corpus: Corpus) -> None:
    raw = {"activities_held": "1场", "certification_fee": "60万", "dcmm_level": "二级"}
    facts = FactSheet.parse(raw, corpus.facts)
    ids = ("changning-ai-draft/9.2/themed-activities", "changning-ai-draft/8.4/dcmm-certification")
    total = combine([estimate(corpus.measure(one), facts, DAY, corpus) for one in ids], facts, corpus, DAY)
    assert (total.draft, total.dropped) == (500000, ())
