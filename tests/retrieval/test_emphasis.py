import pytest

from assistant.adapters.entries import CorpusSource
from assistant.adapters.lexical_index import LexicalIndex
from assistant.retrieval.emphasis import QUOTED, WORD, plain_terms, weighted_terms
from tests.texts import corpus_of

TEXTS = {
    "garden": (
        "甲市园林扶持办法",
        "支持各类企业因地制宜地分步骤开展贯标工作,由主管部门给予奖励。\n支持通过DCMM评估。",
    )
}


def test_a_latin_word_counts_for_more_than_one_character():
    terms = weighted_terms("DCMM贯标")
    assert terms["dcmm"] == WORD
    assert terms["贯标"] == 1.0


def test_a_year_counts_as_a_word():
    assert weighted_terms("2027年的扶持政策")["2027"] == WORD


@pytest.mark.parametrize(
    "asked", ["投入800万元的项目", "投入８００万元的项目", "投入800元的项目", "投入800%的项目"]
)
def test_a_sum_of_the_askers_own_stays_light(asked):
    assert weighted_terms(asked)["800"] == 1.0


@pytest.mark.parametrize("asked", ["《方案》的期限", "“方案”的期限", "「方案」的期限"])
def test_a_quoted_name_counts_for_more_than_the_words_around_it(asked):
    terms = weighted_terms(asked)
    assert terms["方案"] == QUOTED
    assert terms["期限"] == 1.0


def test_a_quotation_mark_that_is_never_closed_quotes_nothing():
    assert set(weighted_terms("《方案的期限").values()) == {1.0}


def test_the_terms_are_those_of_plain_bm25():
    asked = "2027年通过DCMM贯标认证的《方案》"
    assert list(weighted_terms(asked)) == list(plain_terms(asked))
    assert set(plain_terms(asked).values()) == {1.0}


def test_a_short_clause_with_the_name_comes_before_a_long_one_with_the_other_word(tmp_path):
    weighed = LexicalIndex(tmp_path)
    entries = [entry for one in CorpusSource(corpus_of(TEXTS)).documents() for entry in one.entries()]
    weighed.change((), [entries], lambda _done: None)
    texts = {entry.id: entry.text for entry in entries}
    found = [
        texts[index.search("贯标DCMM")[0].clause_id]
        for index in (LexicalIndex(tmp_path, terms=plain_terms), weighed)
    ]
    assert ["DCMM" in text for text in found] == [False, True]
