"""Facts that proposed awards ask for: named alike wherever read, asked as a finance officer would."""

from corpus.extraction.facts import base_fact, condition_fact, count_fact, money_names, threshold_fact
from corpus.model.measure import FactRole
from corpus.model.values import Unit


def test_the_same_words_are_the_same_fact():
    assert base_fact("项目研发投入") == base_fact("项目研发投入")
    assert base_fact("项目研发投入").name != base_fact("研发费用").name


def test_a_base_is_asked_in_the_clauses_words_and_heard_in_everyday_ones():
    fact = base_fact("年度研发费用")
    assert (fact.label, fact.unit, fact.role) == ("年度研发费用", Unit.YUAN, FactRole.BASE)
    assert "年度研发费用" in fact.question
    assert "研发花了" in fact.hints


def test_interest_is_named_before_the_loan_it_is_paid_on():
    assert base_fact("固定资产投资贷款利息").name.startswith("loan_interest_")


def test_a_threshold_and_a_condition_are_told_apart():
    assert threshold_fact("年营业收入").role is FactRole.THRESHOLD
    assert condition_fact("对首次认定的企业").question == "请问是否符合“首次认定的企业”？（是/否）"


def test_a_count_is_asked_as_a_number():
    assert (count_fact("每人").unit, count_fact("每人").role) == (Unit.COUNT, FactRole.COUNT)


def test_every_general_name_is_found_by_its_own_everyday_words():
    for kind in money_names():
        assert any(kind.match.search(word) for word in kind.words), kind.id
        assert kind.id.isidentifier()
