"""A corpus with words changed: text and data change together, or the data goes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.check import check_corpus
from corpus.errors import BrokenCorpusError
from evals.cases import CorpusChange, Edit
from evals.changed_corpus import changed_corpus

ENERGY = "sh-industrial-services/7/energy-contracts"


def with_edits(corpus, *edits):
    return changed_corpus(
        corpus, CorpusChange(edits=tuple(Edit(doc=doc, find=old, replace=new) for doc, old, new in edits))
    )


def measure_of(corpus, clause, quote):
    (found,) = [one for one in corpus.measures if one.clause_id == clause and quote in one.passage.quote]
    return found


def test_a_changed_cap_is_changed_in_the_clause_and_in_the_measure(corpus):
    made = with_edits(corpus, ("sh-industrial-services", "最高可达300万元", "最高可达180万元"))
    measure = measure_of(made, "sh-industrial-services/9", "180万元")
    assert measure.caps[0].amount.value.yuan == Decimal(1800000)
    assert "最高可达180万元" in made.clause("sh-industrial-services/9").text
    assert check_corpus(made) == ()
    assert made.digest != corpus.digest


def test_a_changed_rate_and_threshold_follow_the_text(corpus):
    made = with_edits(
        corpus,
        ("sh-industrial-services", "实现至少25当量吨综合效益的", "实现至少40当量吨综合效益的"),
        ("changning-ai-draft", "给予项目总投资30%且", "给予项目总投资40%且"),
    )
    cleaner = measure_of(made, "sh-industrial-services/7", "40当量吨")
    assert [one.threshold.value.value for one in cleaner.conditions if one.threshold] == [Decimal(40)]
    special = measure_of(made, "changning-ai-draft/8.2", "40%")
    assert special.formula.rate.value.ratio == Decimal("0.4")


def test_a_changed_date_changes_the_validity(corpus):
    made = with_edits(corpus, ("sh-online-economy", "有效期至2028年12月31日", "有效期至2029年3月31日"))
    assert made.document("sh-online-economy").validity.end.isoformat() == "2029-03-31"


def test_a_measure_whose_bound_was_reversed_is_not_computed_from(corpus):
    made = with_edits(
        corpus,
        (
            "sh-industrial-services",
            "按照1500元/吨标煤的标准给予奖励,最高可达1000万元",
            "按照1500元/吨标煤的标准给予奖励,不低于1000万元",
        ),
    )
    gone = {one.id for one in corpus.measures} - {one.id for one in made.measures}
    assert len(gone) == 1
    assert gone.pop().startswith("sh-industrial-services/7/")
    assert "不低于1000万元" in made.clause("sh-industrial-services/7").text


def test_words_that_stand_nowhere_cannot_be_edited(corpus):
    with pytest.raises(BrokenCorpusError, match="中没有“三亿元”"):
        with_edits(corpus, ("sh-industrial-services", "三亿元", "1万元"))


def test_words_that_stand_twice_are_edited_in_both_places(corpus):
    old, new = "合同金额30%的资金支持,最高不超过50万元", "合同金额30%的资金支持,最高不超过70万元"
    made = with_edits(corpus, ("sh-industrial-services", old, new))
    measure = measure_of(made, "sh-industrial-services/10", "70万元")
    assert measure.caps[0].amount.value.yuan == Decimal(700000)
    assert "最高不超过70万元" in made.clause("sh-industrial-services/preamble").text
    assert check_corpus(made) == ()


def test_noise_stands_beside_the_documents_and_others_can_be_left_out(corpus):
    change = CorpusChange(include=("sh-tech-services",), noise=("noise-yunhu-ai",))
    made = changed_corpus(corpus, change)
    assert [one.slug for one in made.documents] == ["noise-yunhu-ai", "sh-tech-services"]
    slugs = {name.slug for name in made.glossary.documents}
    assert slugs <= {"sh-tech-services", "noise-yunhu-ai"}
