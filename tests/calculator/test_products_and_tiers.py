"""A sum per unit of several things, and a sum by grade: held against plain arithmetic."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactError, FactSheet
from assistant.conversation import EstimateStatus
from corpus.added import with_added
from corpus.store import Corpus, load_corpus

SLUG = "qinghe-digital-culture"
FOLDER = Path(__file__).parents[1] / "corpus" / "one_folder" / SLUG
DAY = date(2026, 6, 30)
FEN = Decimal("0.01")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    home = tmp_path_factory.mktemp("data")
    shutil.copytree(FOLDER, home / SLUG)
    return with_added(load_corpus(), home)


def told(corpus: Corpus, **facts: object) -> FactSheet:
    return FactSheet.parse(facts, corpus.facts)


@settings(deadline=None, max_examples=60)
@given(
    area=st.decimals("0.01", "20000", places=2),
    months=st.decimals("0.1", "60", places=1),
    received=st.decimals("0.01", "700000", places=2),
)
def test_a_product_is_price_times_area_times_months_up_to_its_ends(
    corpus: Corpus, area: Decimal, months: Decimal, received: Decimal
) -> None:
    facts = told(corpus, rented_area=area, rented_months=months, rent_received_in_year=received)
    result = estimate(corpus.measure(f"{SLUG}/2/rent"), facts, DAY, corpus)
    raw = (area * min(months, Decimal(24)) * 20).quantize(FEN, ROUND_HALF_UP)
    expected = min(raw, max(Decimal(600000) - received, Decimal(0)))
    assert (result.amount or Decimal(0)) == expected


@settings(deadline=None, max_examples=40)
@given(jobs=st.integers(1, 400))
def test_the_highest_grade_reached_pays_once(corpus: Corpus, jobs: int) -> None:
    result = estimate(corpus.measure(f"{SLUG}/3/jobs"), told(corpus, new_jobs=Decimal(jobs)), DAY, corpus)
    expected = 500000 if jobs >= 100 else 200000 if jobs >= 50 else 100000 if jobs >= 30 else None
    assert result.amount == expected
    if expected is None:
        assert result.status is EstimateStatus.NOT_ELIGIBLE


@settings(deadline=None, max_examples=30)
@given(area=st.decimals("1", "9000", places=0), more=st.decimals("1", "900", places=0))
def test_more_of_either_number_never_pays_less(corpus: Corpus, area: Decimal, more: Decimal) -> None:
    measure = corpus.measure(f"{SLUG}/2/rent")
    one = estimate(measure, told(corpus, rented_area=area, rented_months="6个月"), DAY, corpus)
    two = estimate(measure, told(corpus, rented_area=area + more, rented_months="6个月"), DAY, corpus)
    assert (two.amount or 0) >= (one.amount or 0)


def test_the_worked_lines_say_every_number(corpus: Corpus) -> None:
    facts = told(corpus, rented_area="500平方米", rented_months="30个月")
    (line,) = estimate(corpus.measure(f"{SLUG}/2/rent"), facts, DAY, corpus).steps
    assert line.text == (
        "实际租用面积 500平方米 × 租用月数 30个月（最长不超过24个月，按 24个月 计） × 每平方米每月 20元"
        " = 24万元，未超过单个企业每年上限 60万元"
    )


def test_a_year_is_twelve_months_and_half_a_person_is_refused(corpus: Corpus) -> None:
    assert told(corpus, rented_months="2年").number("rented_months") == 24
    with pytest.raises(FactError, match="应为整数"):
        told(corpus, new_jobs="30.5人")
    with pytest.raises(FactError, match="单位不对"):
        told(corpus, rented_area="500亩")


def test_what_is_known_of_a_product_bounds_it(corpus: Corpus) -> None:
    measure = corpus.measure(f"{SLUG}/2/rent")
    # 月数最长 24：100 × 24 × 20 = 48000
    assert estimate(measure, told(corpus, rented_area="100平方米"), DAY, corpus).range == (0, 48000)
    # 只知道月数，面积不知道：到上限 60 万元为止
    assert estimate(measure, told(corpus, rented_months="6个月"), DAY, corpus).range == (0, 600000)
