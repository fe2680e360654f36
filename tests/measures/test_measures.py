"""Every award, in sentences a policy officer can read; the expected values are worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate, EstimateStatus
from corpus.model.values import Unit
from corpus.reading.numerals import parse_money
from corpus.store import Corpus, load_corpus
from corpus.strict_yaml import load_strictly

FOLDER = Path(__file__).parent
DAY = date(2026, 6, 30)
OPEN = "不限"


@dataclass(frozen=True)
class Case:
    """One sentence of a YAML file."""

    measure: str
    cites: frozenset[str]
    name: str
    facts: dict[str, str]
    status: str
    as_of: date = DAY
    amount: str | None = None
    hits_cap: str | None = None
    asks: str | None = None
    range: list[str] = field(default_factory=list)
    gap: str | None = None
    says: str | None = None


def day(written: str | None) -> date:
    return date.fromisoformat(written) if written else DAY


def cases() -> list[Case]:
    return [
        Case(block["measure"], frozenset(block["cites"]), **{**case, "as_of": day(case.get("as_of"))})
        for path in sorted(FOLDER.glob("*.yaml"))
        for block in load_strictly(path)
        for case in block["cases"]
    ]


CASES = cases()


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def run(case: Case, corpus: Corpus) -> Estimate:
    facts = FactSheet.parse(case.facts, corpus.facts)
    return estimate(corpus.measure(case.measure), facts, case.as_of, corpus)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.measure}：{case.name}" for case in CASES])
def test_measure(case: Case, corpus: Corpus) -> None:
    result = run(case, corpus)
    assert result.status.value == case.status
    assert result.amount == (parse_money(case.amount).yuan if case.amount else None)
    assert {span.clause_id for step in result.steps for span in step.spans} | {
        condition.span.clause_id for condition in result.conditions
    } == case.cites
    if case.asks:
        assert result.missing[0].fact == case.asks
    if case.range:
        low, high = (None if end == OPEN else parse_money(end).yuan for end in case.range)
        assert result.range == (low, high)
    if case.gap:
        assert case.gap in (result.explanation or "")
    if case.says:
        assert case.says in "".join(step.text for step in result.steps)
    if case.hits_cap:
        text = "".join(step.text for step in result.steps)
        assert ("超过" in text and "未超过" not in text) == (case.hits_cap == "over")
    if result.amount is None and result.status is not EstimateStatus.NEEDS_INPUT:
        assert result.explanation


def test_every_measure_is_told_and_none_that_does_not_exist(corpus: Corpus) -> None:
    assert {case.measure for case in CASES} == {measure.id for measure in corpus.measures}


def test_every_measure_is_tried_at_its_edges(corpus: Corpus) -> None:
    """Under, at and over each cap and threshold, the four days around its validity, a missing fact."""
    for measure in corpus.measures:
        mine = [case for case in CASES if case.measure == measure.id]
        assert len({case.as_of for case in mine} - {DAY}) == 4, f"{measure.id}：缺少日期边界"
        if measure.amount_facts:
            assert any(case.asks == measure.amount_facts[0] for case in mine), (
                f"{measure.id}：缺少未说明的情形"
            )
        if measure.caps:
            hits = {case.hits_cap for case in mine if case.amount}
            assert hits >= {None, "exactly", "over"}, f"{measure.id}：缺少上限边界"
        for condition in measure.all_conditions:
            if condition.comparison is not None:
                told = {case.facts.get(condition.fact) for case in mine} - {None}
                least = 2 if corpus.facts[condition.fact].unit is Unit.LEVEL else 3
                assert len(told) >= least, f"{measure.id}：缺少门槛边界"
        if measure.one_off is not None:
            assert any(case.facts.get(measure.one_off.value) == "是" for case in mine), (
                f"{measure.id}：一次性"
            )
