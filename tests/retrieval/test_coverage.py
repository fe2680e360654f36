import pytest

from assistant.retrieval.coverage import Rarity, covered, weigh
from assistant.retrieval.tokens import tokens

CLAUSES = [
    "对获得贯标认证的企业给予补贴",
    "对租用办公房屋的企业给予房租补贴",
    "支持企业参加展会",
    "支持企业开展研发",
]
TERMS = [frozenset(tokens(text)) for text in CLAUSES]
RARITY = Rarity(len(CLAUSES), lambda term: sum(term in terms for terms in TERMS))


def share(question: str, clause: int) -> float:
    return covered(weigh(question, RARITY), TERMS[clause])


def test_a_clause_that_says_everything_covers_all():
    assert share("请问企业贯标认证有补贴吗", 0) == 1.0


def test_a_clause_that_says_nothing_of_it_covers_nothing():
    assert share("天气预报", 2) == 0.0


def test_rare_words_weigh_more_than_common_ones():
    assert share("企业房租", 1) == 1.0
    assert share("企业房租", 0) < 0.5


def test_a_word_no_clause_knows_weighs_most():
    # 企业 stands in all four clauses: idf ln(1+0.5/4.5)=0.105; an unknown character ln(1+4.5/0.5)=2.303.
    assert share("企业社保", 2) == pytest.approx(0.105 / (0.105 + 2.303), abs=0.002)


def test_numbers_of_the_question_are_no_subject():
    assert share("房租800万", 1) == 1.0


def test_function_words_between_known_words_do_not_count():
    assert share("企业的房租给补贴", 1) == 1.0


def test_an_empty_question_is_covered_by_nothing():
    assert share("", 0) == 0.0
