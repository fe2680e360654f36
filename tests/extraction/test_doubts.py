"""What is not understood whole is said in words and stays for a person; the rest is proven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.extraction.extracting import extract
from corpus.extraction.proposal import ProposalState
from corpus.proof.mutants import changes
from corpus.reading import read_text


def extraction(words):
    return extract(read_text(f"东湖区措施\n{words}", "donghu").clauses)


def only(words):
    [one] = extraction(f"第一条 {words}").proposals
    return one


@pytest.mark.parametrize(
    "words",
    [
        "对首次认定的企业，给予20万元一次性奖励。",
        "对年营业收入达到1亿元以上的企业，按研发费用的10%给予补助，单个企业每年最高不超过100万元。",
        "对国家级、省级技术中心，分别给予100万元、50万元奖励。",
        "参加展会的，每个展位补贴5000元。",
        "按照市级补助额度给予1:1配套。",
    ],
)
def test_an_award_whose_every_number_and_limit_is_bound_is_proven(words):
    one = only(words)
    assert (one.doubts, one.state) == ((), ProposalState.PROVEN)


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("经评审给予30%的补助。", "基数不明"),
        ("按销售额的150%给予补助。", "超过百分之百"),
        ("给予0元奖励。", "是零"),
        ("视情况给予10万元至50万元奖励。", "只写了幅度或下限"),
        ("给予不低于100万元的奖励。", "只写了幅度或下限"),
        ("实到外资1000万美元以上的，奖励50万元。", "外币"),
        ("连续三年给予50万元奖励。", "每年的还是合计的"),
        ("给予约20万元补助。", "约数"),
        ("对国家级、省级、市级平台，分别给予50万元、20万元奖励。", "各对应哪种情形"),
    ],
)
def test_what_is_missing_or_impossible_is_a_doubt_in_words(words, doubt):
    one = only(words)
    assert one.state is ProposalState.NEEDS_REVIEW
    assert any(doubt in said for said in one.doubts), one.doubts


def test_the_same_award_told_twice_with_other_numbers_is_doubted_at_both_places():
    found = extraction(
        "第一条 对首次获得省级工业设计中心认定的企业，给予30万元奖励。\n"
        "第二条 对首次获得省级工业设计中心认定的企业，给予50万元奖励。"
    ).proposals
    assert [any("另一处写的数不同" in doubt for doubt in one.doubts) for one in found] == [True, True]


def test_tiers_by_threshold_in_the_same_words_are_no_contradiction():
    found = extraction(
        "第一条 首次突破1亿元的高新技术企业，给予10万元奖励。\n"
        "第二条 首次突破5亿元的高新技术企业，给予30万元奖励。"
    ).proposals
    assert not any("写的数不同" in doubt for one in found for doubt in one.doubts)


def test_a_table_row_whose_header_is_lost_is_doubted():
    found = extraction("第一条 奖励标准见下表。\n国家级 100万元 50万元\n市级 30万元 10万元").proposals
    assert found
    assert all(any("没有读到表头" in doubt for doubt in one.doubts) for one in found)


def test_a_sum_without_a_unit_is_listed_and_never_an_award():
    found = extraction("第一条 对达标企业一次性奖励50。")
    assert found.proposals == ()
    assert [(one.span.quote, one.reason) for one in found.unquantified] == [
        ("第一条 对达标企业一次性奖励50", "金额没有写单位，不能计算")
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("对重大项目实行“一事一议”。", "逐事商定，原文没有金额"),
        ("对优秀团队给予一定资助。", "只说给予一定支持，没有金额"),
        ("对示范项目给予奖励。", "原文没有写金额或比例"),
    ],
)
def test_a_grant_without_a_number_is_listed_with_its_reason(words, reason):
    found = extraction(f"第一条 {words}")
    assert [one.reason for one in found.unquantified] == [reason]


PROVEN = (
    "对年营业收入达到1亿元以上的企业，按研发费用的10%给予补助，最高不超过100万元。",
    "对国家级、省级技术中心，分别给予最高100万元、50万元奖励。",
    "按每人1500元的标准给予培训补贴，每家企业每年不超过20万元。",
)


def signature(words):
    return [
        (
            [
                (v.role, v.value, v.unit, v.bound and v.bound.quote, v.scope and v.scope.quote)
                for v in one.values
            ],
            one.base and one.base.quote,
            [span.quote for span in one.conditions],
            one.doubts,
        )
        for one in extraction(f"第一条 {words}").proposals
    ]


@pytest.mark.parametrize("words", PROVEN, ids=lambda words: words[:16])
def test_a_changed_digit_unit_or_limiting_word_changes_what_is_proposed(words):
    before = signature(words)
    for change in changes(words):
        assert signature(change.apply(words)) != before, (change.kind, change.before, change.after)


@given(st.integers(1, 9999), st.integers(1, 99), st.integers(1, 9999))
def test_whatever_the_numbers_they_are_read_as_written(cap, rate, fixed):
    words = f"按设备投资额的{rate}%给予补助，最高不超过{cap}万元；对首次上规企业，奖励{fixed}万元。"
    first, second = extraction(f"第一条 {words}").proposals
    assert first.values[0].value * 100 == rate
    assert [int(value.value) for value in first.values[1:]] == [cap * 10_000]
    assert [int(value.value) for value in second.values] == [fixed * 10_000]


@given(st.text("给予对的企业最高不超过万元%1235、，。；（）每人年奖励补助按投资额\n", max_size=120))
def test_no_text_breaks_the_reading_and_every_span_is_its_words(text):
    clauses = read_text(text, "any").clauses
    words = {clause.id: clause.text for clause in clauses}
    for one in extract(clauses).proposals:
        for span in (one.passage, one.quote, *one.conditions, *(value.span for value in one.values)):
            assert words[span.clause_id][span.start : span.end] == span.quote
        assert one.doubts or one.state is ProposalState.PROVEN
