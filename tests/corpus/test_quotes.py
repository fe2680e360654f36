"""A quote is found once, whole, or not at all."""

from __future__ import annotations

import pytest

from corpus.errors import BrokenCorpusError
from corpus.measures.quotes import bound_before, occurrences, span_in_clause, span_in_passage
from corpus.model.document import Clause, ClauseKind, ClausePath, Span


def _clause(text: str) -> Clause:
    return Clause("d/1", "d", ClausePath(("1",)), ClauseKind.ITEM, "第1条", (), text, 0)


def _passage(text: str) -> Span:
    return Span("d/1", 0, len(text), text)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("给予15万元奖励", "5万元"),
        ("给予50万元奖励", "50万"),
        ("给予50万元奖励", "0万元"),
        ("给予1500元/吨标煤", "500元"),
        ("实现至少25当量吨", "25当量"),
        ("按30%给予", "30"),
        ("最高不超过300万元", "不超过"),
        ("最高不超过300万元", "最高"),
        ("最高可达1000万元", "最高"),
        ("评估认证为二级及以上", "以上"),
        ("给予2.5万元", "5万元"),
        ("给予一百二十万元", "二十万元"),
        ("按照1:10配套", "1:1"),
    ],
)
def test_nothing_whole_is_cut(text: str, quote: str) -> None:
    assert quote in text
    assert list(occurrences(text, quote)) == []


@pytest.mark.parametrize(
    ("text", "quote", "start"),
    [
        ("给予5万元、15万元", "5万元", 2),
        ("最高50万元,最高不超过80万元", "最高", 0),
        ("按照市、区1:1配套", "1:1", 5),
        ("按照市、区1:1配套", "市", 2),
    ],
)
def test_a_whole_quote_is_found(text: str, quote: str, start: int) -> None:
    assert list(occurrences(text, quote)) == [start]


def test_a_missing_quote_says_where_and_what() -> None:
    with pytest.raises(BrokenCorpusError, match=r"某处：条款 d/1中没有“60万元”。请对照条款原文改正引文"):
        span_in_clause(_clause("给予50万元奖励"), "60万元", "某处")


def test_a_cut_quote_is_told_from_a_missing_one() -> None:
    with pytest.raises(BrokenCorpusError, match="“50万”截断了"):
        span_in_clause(_clause("给予50万元奖励"), "50万", "某处")


def test_a_quote_standing_twice_needs_its_surroundings() -> None:
    passage = _passage("甲类给予50万元,乙类给予50万元")
    with pytest.raises(BrokenCorpusError, match="出现 2 次"):
        span_in_passage(passage, "50万元", None, "某处")

    span = span_in_passage(passage, "50万元", "乙类给予50万元", "某处")

    assert (span.start, span.quote) == (13, "50万元")


def test_a_bound_word_is_the_nearest_before_its_number() -> None:
    text = "单次支持不超过20万元,年度支持不超过80万元"
    number = Span("d/1", text.index("80万元"), text.index("80万元") + 4, "80万元")

    assert bound_before(_passage(text), "不超过", number, "某处").start == text.rindex("不超过")


def test_a_bound_word_does_not_reach_over_another_number() -> None:
    text = "不超过总投入的20%,给予1000万元"
    number = Span("d/1", text.index("1000万元"), len(text), "1000万元")

    with pytest.raises(BrokenCorpusError, match="隔着别的数字"):
        bound_before(_passage(text), "不超过", number, "某处")
