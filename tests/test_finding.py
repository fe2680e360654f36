"""Measures found by what people call them."""

import pytest

from assistant.finding import MeasureFinder
from corpus.store import load_corpus


@pytest.fixture(scope="module")
def finder():
    return MeasureFinder(load_corpus())


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("上云", "上云用数赋智补贴"),
        ("能管中心", "能源管理中心奖励"),
        ("dcmm", "DCMM 贯标认证费用扶持"),
        ("ＤＣＭＭ", "DCMM 贯标认证费用扶持"),
        ("節能", "合同能源管理奖励"),
    ],
)
def test_everyday_words_find_the_measure(finder, words, first):
    assert first in [measure.name for measure in finder.find(words)][:3]


def test_no_words_give_all_measures_in_order(finder):
    assert finder.find("  ") == load_corpus().measures


def test_words_of_nothing_here_find_nothing(finder):
    assert finder.find("养老金") == ()
