"""Proven awards become a document's files: the loader and the real proof accept them, the calculator pays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from corpus.added import with_added
from corpus.adding import receive, save_document
from corpus.check import check_document
from corpus.errors import CorpusError
from corpus.extraction.extracting import extract
from corpus.extraction.writing import write_awards
from corpus.measures.file import bind_measures
from corpus.proof.coverage import check_passage
from corpus.proof.mutants import changes
from corpus.proof.numbers import check_numbers
from corpus.proof.words import check_words
from corpus.reading.statements import propose
from corpus.store import load_corpus
from corpus.words import usual_words

TEXT = """东湖区支持软件产业发展若干措施
东湖府规〔2026〕8号
东湖区人民政府
2026年2月10日
第一条 支持研发。对年营业收入达到1亿元以上的软件企业，按研发费用的20%给予补助，单个企业每年最高不超过300万元。
第二条 支持认证。对首次通过认证的企业，给予10万元一次性奖励。
第三条 支持展会。参加境外展会的，每个展位补贴2万元。
第四条 支持配套。按市级补助额度给予1:1配套。
第五条 支持创新。经评审给予最高80万元资助。
第六条 支持平台。对新认定的国家级、省级平台，分别给予最高100万元、50万元奖励。
第七条 视情况给予10万元至50万元奖励。对示范项目给予一定支持。
第八条 支持实训。给予每人每月1000元实训补贴。
第九条 本措施自2026年3月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    home = tmp_path_factory.mktemp("documents")
    received = receive("东湖.txt", TEXT.encode(), "donghu")
    save_document(received, propose(received.reading.text), "donghu", home, ())
    clauses = received.reading.clauses
    awards = write_awards("donghu", extract(clauses), clauses)
    (home / "donghu" / "measures.yaml").write_text(awards.measures, encoding="utf-8")
    (home / "donghu" / "facts.yaml").write_text(awards.facts, encoding="utf-8")
    return with_added(load_corpus(), home)


def written():
    clauses = receive("东湖.txt", TEXT.encode(), "donghu").reading.clauses
    return write_awards("donghu", extract(clauses), clauses)


def paid(corpus, clause, **told):
    measure = next(one for one in corpus.measures if one.clause_id == f"donghu/{clause}")
    asked = {corpus.facts[name].label: name for name in measure.fact_names}
    given = {asked[next(label for label in asked if words in label)]: value for words, value in told.items()}
    facts = FactSheet.parse(given, corpus.facts)
    return estimate(measure, facts, date(2026, 6, 1), corpus).amount


def test_what_is_written_loads_and_nothing_of_it_is_left_out(corpus):
    assert corpus.left_out == ()
    assert [one.clause_id for one in corpus.measures if one.document == "donghu"] == [
        f"donghu/{number}" for number in (1, 2, 3, 4, 5, 6, 8)
    ]


def test_the_real_proof_finds_nothing_wrong_and_no_number_unaccounted_for(corpus):
    assert list(check_document(corpus, "donghu")) == []


def test_a_grant_without_a_sum_is_listed_and_never_computed(corpus):
    grants = [one for one in corpus.unquantified if one.clause_id.startswith("donghu/")]
    [grant] = [one for one in grants if not one.is_doubted]
    assert (grant.passage.quote, grant.reason) == ("对示范项目给予一定支持。", "只说给予一定支持，没有金额")


def test_a_written_share_is_paid_up_to_its_yearly_cap(corpus):
    told = {"年营业收入": "2亿", "研发费用": "1000万"}
    assert paid(corpus, 1, **told) == Decimal("2000000.00")
    assert paid(corpus, 1, **told | {"研发费用": "2000万"}) == Decimal("3000000.00")


def test_a_written_threshold_keeps_out_who_does_not_reach_it(corpus):
    assert paid(corpus, 1, 年营业收入="9000万", 研发费用="1000万") is None


def test_a_written_sum_for_each_counts_what_is_counted(corpus):
    assert paid(corpus, 3, 展位="3个") == Decimal("60000.00")


def test_a_written_matching_pays_what_the_other_level_paid(corpus):
    assert paid(corpus, 4, 市级="45万") == Decimal("450000.00")


def test_written_tiers_pay_the_case_that_holds(corpus):
    assert paid(corpus, 6, 哪种情形="省级") == Decimal("500000.00")
    assert paid(corpus, 6, 哪种情形="国家级") == Decimal("1000000.00")


def test_a_written_sum_for_each_of_two_things_multiplies_both(corpus):
    assert paid(corpus, 8, 人数="20人", 月数="6个月") == Decimal("120000.00")


def test_tiers_whose_case_is_unknown_ask_for_it_and_say_the_range(corpus):
    measure = next(one for one in corpus.measures if one.clause_id == "donghu/6")
    told = estimate(measure, FactSheet.parse({}, corpus.facts), date(2026, 6, 1), corpus)
    assert told.range == (Decimal("0.00"), Decimal("1000000.00"))
    assert [one.question for one in told.missing] == ["请问属于哪种情形：国家级、省级？"]


def test_no_changed_digit_unit_or_limiting_word_of_a_written_clause_goes_unnoticed(corpus):
    document = corpus.document("donghu")
    raw = yaml.safe_load(written().measures)
    facts, quoted = corpus.facts_of("donghu"), {one["id"].rpartition("/")[0] for one in raw["measures"]}
    for clause in (one for one in document.clauses if one.id in quoted):
        for change in changes(clause.text):
            clauses = {one.id: one for one in document.clauses}
            clauses[clause.id] = replace(clause, text=change.apply(clause.text))
            assert noticed(raw, clauses, facts), (clause.id, change.kind, change.before, change.after)


def noticed(raw, clauses, facts):
    try:
        bound = bind_measures(Path("donghu/measures.yaml"), raw, clauses, facts)
    except CorpusError:
        return True
    words = usual_words().counting_in(fact.unit for fact in facts.values())
    return any(
        (*check_numbers(one, clauses, words), *check_words(one, facts, words), *check_passage(one, (), words))
        for one in bound.measures
    )


def test_a_sum_up_to_stays_an_upper_limit(corpus):
    measure = next(one for one in corpus.measures if one.clause_id == "donghu/5")
    assert measure.is_upper_bound


def test_what_is_doubted_is_not_written_but_told_with_its_reason():
    awards = written()
    assert awards.left_out == {"donghu/7/award-1": "原文只写了幅度或下限，具体数额由主管部门确定"}
    assert "自动识别，未经人工核对" in awards.measures
