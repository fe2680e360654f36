"""Awards of an added document: written as proven, confirmed or rejected by a person, kept on an update."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.calculation import estimate_measure, estimate_together
from assistant.calculator.facts import FactSheet
from assistant.calculator.receipts import write_receipt
from assistant.first_cases import begin_cases
from assistant.worked_cases import check_cases, load_cases
from corpus.added import with_added
from corpus.adding import receive, save_document
from corpus.check import check_document
from corpus.errors import AddingError
from corpus.model.review import ReviewState
from corpus.reading.statements import propose
from corpus.reviewing import Decisions, decide, review_items
from corpus.store import load_corpus
from corpus.updating import update_document

DAY = date(2026, 6, 30)
TEXT = """西溪区支持集成电路产业若干措施
西溪府规〔2026〕3号
西溪区人民政府
2026年1月10日
第一条 支持流片。对集成电路企业，按流片费用的40%给予补助，单个企业每年最高不超过600万元。
第二条 支持认证。对首次通过车规认证的企业，给予25万元奖励。
第三条 支持落户。实缴资本3000万元(含)至1亿元的，奖励40万元。实缴资本1亿元(含)以上的，奖励90万元。
第四条 支持人才。视情况给予5万元至20万元奖励。
第五条 本措施自2026年2月1日起施行，有效期至2028年12月31日。
"""
BY_WANG = {"by": "王敏", "at": "2026-06-30T09:00:00+08:00"}


@pytest.fixture
def home(tmp_path):
    received = receive("西溪.txt", TEXT.encode(), "xixi")
    save_document(received, propose(received.reading.text), "xixi", tmp_path, ())
    return tmp_path


def corpus_with(home):
    return with_added(load_corpus(), home)


def decided(home, **ids):
    return decide(home / "xixi", corpus_with(home).document("xixi"), Decisions(**BY_WANG, **ids))


def measure_of(home, clause, number=1):
    return corpus_with(home).measure(f"xixi/{clause}/award-{number}")


def fact_called(corpus, label):
    return next(
        name for name, fact in corpus.facts.items() if fact.document == "xixi" and label in fact.label
    )


def test_proven_awards_are_computed_at_once_and_marked(home):
    corpus = corpus_with(home)
    worked = estimate_measure(corpus, "xixi/1/award-1", {fact_called(corpus, "流片费用"): "800万元"}, DAY)
    assert worked.estimate.amount == Decimal("3200000.00")  # 800万 × 40% = 320万, under 600万
    assert worked.estimate.state is ReviewState.PROVEN
    assert worked.estimate.hints[0] == "自动识别，未经人工核对"
    assert corpus.left_out == ()
    assert check_document(corpus, "xixi") == ()


def test_what_is_doubted_is_quoted_and_never_computed(home):
    corpus = corpus_with(home)
    doubted = [one for one in corpus.unquantified if one.clause_id == "xixi/4"]
    assert [one.is_doubted for one in doubted] == [True]
    assert not any(one.clause_id == "xixi/4" for one in corpus.measures)


ENDS = ("2999万元", "3000万元", "9999万元", "1亿元")


def graded(corpus, number, facts):
    return estimate_measure(corpus, f"xixi/3/award-{number}", facts, DAY).estimate.amount


def test_the_ends_of_a_range_are_compared(home):
    corpus = corpus_with(home)
    capital = fact_called(corpus, "实缴资本")
    paid = {words: [graded(corpus, n, {capital: words}) for n in (1, 2)] for words in ENDS}
    assert paid == {
        "2999万元": [None, None],
        "3000万元": [Decimal(400000), None],
        "9999万元": [Decimal(400000), None],
        "1亿元": [None, Decimal(900000)],
    }


def test_a_confirmed_award_counts_in_the_total_and_a_proven_one_apart(home):
    decided(home, confirm=("xixi/2/award-1",))
    corpus = corpus_with(home)
    facts = {fact_called(corpus, "流片费用"): "100万元"}
    total = estimate_together(corpus, ["xixi/1/award-1", "xixi/2/award-1"], facts, DAY).total
    assert (total.in_force, total.unreviewed) == (Decimal(250000), Decimal(400000))
    confirmed = corpus.measure("xixi/2/award-1")
    assert (confirmed.state, confirmed.review.by) == (ReviewState.CONFIRMED, "王敏")


def test_a_receipt_says_that_nobody_looked_and_of_a_confirmed_award_it_is_as_ever(home):
    proven = write_receipt(measure_of(home, 2), FactSheet.parse({}, {}), DAY, corpus_with(home))
    assert '"state": "proven"' in proven
    decided(home, confirm=("xixi/2/award-1",))
    confirmed = write_receipt(measure_of(home, 2), FactSheet.parse({}, {}), DAY, corpus_with(home))
    assert '"state"' not in confirmed.replace('"state": "unknown"', "")


def test_a_rejected_award_is_never_computed_and_may_be_taken_back(home):
    items = decided(home, reject=("xixi/2/award-1",))
    assert [one.id for one in items if one.is_rejected] == ["xixi/2/award-1"]
    corpus = corpus_with(home)
    assert "xixi/2/award-1" not in {one.id for one in corpus.measures}
    assert check_document(corpus, "xixi") == ()
    decided(home, confirm=("xixi/2/award-1",))
    assert measure_of(home, 2).is_reviewed


def test_what_cannot_be_decided_changes_nothing(home):
    before = (home / "xixi" / "measures.yaml").read_bytes()
    for ids, told in (
        ({"confirm": ("xixi/9/award-1",)}, "没有编号为“xixi/9/award-1”"),
        ({"confirm": ("xixi/2/award-1",), "reject": ("xixi/2/award-1",)}, "只选一种"),
        ({"confirm": ("xixi/4/award-1",)}, "不能确认"),
    ):
        with pytest.raises(AddingError, match=told):
            decided(home, **ids)
    assert (home / "xixi" / "measures.yaml").read_bytes() == before


def test_decisions_hold_in_a_new_version_as_long_as_it_says_the_same(home):
    decided(home, confirm=("xixi/1/award-1", "xixi/2/award-1"), reject=("xixi/3/award-2",))
    received = receive("西溪.txt", TEXT.replace("25万元", "35万元").encode(), "xixi")
    update_document(received, propose(received.reading.text), "xixi", home)
    items = review_items(home / "xixi", corpus_with(home).document("xixi"))
    states = {one.id: (one.state, one.is_rejected) for one in items}
    assert states["xixi/1/award-1"] == (ReviewState.CONFIRMED, False)
    assert states["xixi/2/award-1"] == (ReviewState.PROVEN, False)
    assert states["xixi/3/award-2"][1]


def test_one_worked_case_an_award_is_begun_and_comes_out(home):
    corpus = corpus_with(home)
    computed = [one for one in corpus.measures if one.document == "xixi"]
    assert begin_cases(corpus, "xixi", home / "xixi") == len(computed) == 4
    assert list(check_cases(home / "xixi", corpus, None)) == []
    cases = {one.measure: one.cases[0] for one in load_cases(home / "xixi" / "cases.yaml").awards}
    assert cases["xixi/3/award-2"].amount == "90万元"


def test_a_document_without_awards_has_no_files_of_awards(tmp_path):
    text = "西溪区会议管理办法\n第一条 会议应当节俭。\n第二条 本办法自2026年2月1日起施行。\n"
    received = receive("办法.txt", text.encode(), "xixi")
    save_document(received, propose(received.reading.text), "xixi", tmp_path, ())
    assert not (tmp_path / "xixi" / "measures.yaml").exists()
