"""Every award, in sentences a policy officer can read; the expected values are worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.conversation import EstimateStatus
from assistant.worked_cases import DAY, AwardCase, AwardCases, award_problems, load_cases, work_out
from corpus.model.values import Unit
from corpus.store import Corpus, documents_folder, load_corpus


@dataclass(frozen=True)
class Case:
    """One sentence of a document's `cases.yaml`."""

    slug: str
    award: AwardCases
    told: AwardCase

    @property
    def measure(self) -> str:
        return self.award.measure


CASES = [
    Case(path.parent.name, award, told)
    for path in sorted(documents_folder().glob("*/cases.yaml"))
    for award in load_cases(path).awards
    for told in award.cases
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.measure}：{case.told.name}" for case in CASES])
def test_measure(case: Case, corpus: Corpus) -> None:
    assert award_problems(case.slug, case.award, case.told, corpus) == ()
    result = work_out(case.slug, case.measure, case.told, corpus)
    if result.amount is None and result.status is not EstimateStatus.NEEDS_INPUT:
        assert result.explanation


def test_every_measure_is_told_and_none_that_does_not_exist(corpus: Corpus) -> None:
    assert {case.measure for case in CASES} == {measure.id for measure in corpus.measures}


def test_every_measure_is_tried_at_its_edges(corpus: Corpus) -> None:
    """Under, at and over each cap and threshold, the four days around its validity, a missing fact."""
    for measure in corpus.measures:
        mine = [case for case in CASES if case.measure == measure.id]
        assert len({case.told.as_of for case in mine} - {DAY}) == 4, f"{measure.id}：缺少日期边界"
        if measure.amount_facts:
            assert any(case.told.asks == measure.amount_facts[0] for case in mine), (
                f"{measure.id}：缺少未说明的情形"
            )
        if measure.caps:
            hits = {case.told.hits_cap for case in mine if case.told.amount}
            assert hits >= {None, "exactly", "over"}, f"{measure.id}：缺少上限边界"
        for condition in measure.all_conditions:
            if condition.comparison is not None:
                told = {case.told.facts.get(condition.fact) for case in mine} - {None}
                least = 2 if corpus.facts[condition.fact].unit == Unit.LEVEL else 3
                assert len(told) >= least, f"{measure.id}：缺少门槛边界"
        if measure.one_off is not None:
            assert any(case.told.facts.get(measure.one_off.value) == "是" for case in mine), (
                f"{measure.id}：一次性"
            )
