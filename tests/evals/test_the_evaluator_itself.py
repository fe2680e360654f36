"""Wrong answers made on purpose: each must cost exactly what it gets wrong; right ones must cost nothing."""

from __future__ import annotations

import pytest

from evals.metrics.catalogue import ABOUT
from evals.metrics.outcomes import outcome_of
from evals.replies import Failure, failed
from evals.verdict import all_scores, verdict_of
from tests.evals.replies_by_hand import (
    ASKED,
    CALCULATES,
    CLAUSE,
    OTHER,
    OTHER_QUOTE,
    QUOTE,
    REFUSAL,
    REFUSES,
    changed,
    citation,
    exam_of,
    replied,
    right_reply,
)

AMOUNT = ("168万元", "68万元")


def judged(case, reply, corpus, retrieved=(CLAUSE,)):
    exam = exam_of(case, reply, corpus, retrieved)
    scores = all_scores(exam)
    return {name: one.value for name, one in scores.items()}, verdict_of(exam, scores)


def estimate(corpus, **fields):
    return [{**right_reply(corpus)["estimates"][0], **fields}]


def worse(scores, best):
    """Return the metrics that are worse than in the right reply."""
    signs = {name: 1 if ABOUT[name].higher_is_better else -1 for name in best}
    return {name for name in best if signs[name] * (scores.get(name, best[name]) - best[name]) < 0}


WRONG = {
    "68 for 168": (
        lambda c: changed(right_reply(c), AMOUNT),
        {"numbers", "wrong_number", "calculation"},
    ),
    "168元 for 168万元": (
        lambda c: changed(right_reply(c), ("168万元", "168元")),
        {"numbers", "wrong_number", "calculation"},
    ),
    "1680万元 for 168万元": (
        lambda c: changed(right_reply(c), ("168万元", "1680万元")),
        {"numbers", "wrong_number", "calculation"},
    ),
    "a rate of 3% for 30%": (
        lambda c: changed(right_reply(c), ("30%", "3%")),
        {"numbers", "wrong_number"},
    ),
    "a right sum by a wrong equation": (
        lambda c: changed(right_reply(c), ("560万元 × 30%", "560万元 × 50%")),
        {"numbers", "wrong_number"},
    ),
    "a reversed bound": (
        lambda c: changed(right_reply(c), ("最高168万元", "不低于168万元")),
        {"bounds"},
    ),
    "a fixed sum for an upper bound": (
        lambda c: changed(right_reply(c), ("拟给予最高168万元", "拟给予168万元")),
        {"bounds"},
    ),
    "the cap not said to be one": (
        lambda c: changed(right_reply(c), ("未超过上限 300万元", "另有 300万元")),
        {"numbers", "bounds"},
    ),
    "the cap left out": (
        lambda c: changed(right_reply(c), ("，未超过上限 300万元", "")),
        {"numbers"},
    ),
    "an estimate that differs from the text": (
        lambda c: changed(
            right_reply(c), estimates=estimate(c, amount_yuan="700000.00"), draft_total_yuan="700000.00"
        ),
        {"calculation"},
    ),
    "a step that does not add up": (
        lambda c: changed(
            right_reply(c), estimates=estimate(c, steps=[{"text": "560万元 × 30% = 186万元，上限 300万元"}])
        ),
        {"wrong_number"},
    ),
    "the right number from the wrong clause": (
        lambda c: changed(right_reply(c), citations=[citation(c, 1, OTHER, OTHER_QUOTE)]),
        {"citation_recall"},
    ),
    "an invented clause": (
        lambda c: changed(
            right_reply(c),
            citations=[
                *right_reply(c)["citations"],
                {"n": 2, "clause": "x/1", "quote": "一", "start": 0, "end": 1},
            ],
        ),
        {"citation_validity", "citation_precision"},
    ),
    "an invented quote": (
        lambda c: changed(
            right_reply(c),
            citations=[{**citation(c, 1, CLAUSE, QUOTE), "quote": QUOTE.replace("30%", "40%")}],
        ),
        {"citation_validity"},
    ),
    "a quote one character off its place": (
        lambda c: changed(
            right_reply(c),
            citations=[{**citation(c, 1, CLAUSE, QUOTE), "start": 1}],
        ),
        {"citation_validity"},
    ),
    "a mark that leads nowhere": (
        lambda c: changed(right_reply(c), ("上限 300万元。〔1〕", "上限 300万元。〔7〕")),
        {"citation_validity"},
    ),
    "no citations at all": (
        lambda c: changed(right_reply(c), ("〔1〕", ""), citations=[]),
        {"citation_recall", "claim_coverage"},
    ),
    "a sum without a mark": (
        lambda c: changed(right_reply(c), ("最高168万元。〔1〕", "最高168万元。")),
        {"claim_coverage"},
    ),
    "the draft note dropped": (
        lambda c: changed(right_reply(c), ("【草案】", "")),
        {"validity"},
    ),
    "what must be said left out": (
        lambda c: changed(right_reply(c), ("自筹投入", "总投入")),
        {"wording"},
    ),
    "what must not be said": (
        lambda c: changed(right_reply(c), ("拟给予", "不是70万元，拟给予")),
        {"wording", "wrong_number"},
    ),
    "a refusal of what is answerable": (
        lambda c: REFUSAL,
        {
            "status",
            "false_refusal",
            "numbers",
            "calculation",
            "formula",
            "citation_recall",
            "validity",
            "wording",
        },
    ),
    "a sum that is no number": (
        lambda c: changed(right_reply(c), draft_total_yuan="NaN"),
        {
            "status",
            "false_refusal",
            "numbers",
            "calculation",
            "formula",
            "citation_recall",
            "validity",
            "wording",
        },
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_costs_what_it_gets_wrong(name, corpus):
    make, costs = WRONG[name]
    best, _ = judged(CALCULATES, replied(right_reply(corpus)), corpus)
    scores, verdict = judged(CALCULATES, replied(make(corpus)), corpus)
    missed = costs - worse(scores, best)
    assert not missed, f"{missed} did not notice: {scores}"
    decides = any(ABOUT[metric].decides for metric in costs)
    assert verdict.passed is not decides


def test_a_mistake_does_not_spill_over_into_what_is_right(corpus):
    best, _ = judged(CALCULATES, replied(right_reply(corpus)), corpus)
    scores, _ = judged(CALCULATES, replied(changed(right_reply(corpus), ("【草案】", ""))), corpus)
    assert worse(scores, best) == {"validity"}


RIGHT = {
    "as it is": lambda c: right_reply(c),
    "in yuan": lambda c: changed(right_reply(c), ("168万元", "1,680,000元"), ("300万元", "3000000元")),
    "in Chinese numerals": lambda c: changed(right_reply(c), ("168万元", "一百六十八万元")),
    "in 亿": lambda c: changed(right_reply(c), ("168万元", "0.0168亿元")),
    "a rate in words": lambda c: changed(right_reply(c), ("30%", "百分之三十")),
    "a rate in tenths": lambda c: changed(right_reply(c), ("× 30%", "× 三成")),
    "full-width": lambda c: changed(right_reply(c), ("168万元", "１６８万元")),
    "not above": lambda c: changed(right_reply(c), ("最高168万元", "不超过168万元")),
    "another word for a draft": lambda c: changed(right_reply(c), ("【草案】", "（征求意见稿）")),
    "other spacing": lambda c: changed(right_reply(c), ("自筹投入 560万元", "自筹投入560 万元")),
    "a second true citation of the same clause": lambda c: changed(
        right_reply(c), citations=[*right_reply(c)["citations"], citation(c, 2, CLAUSE, "30%")]
    ),
    "a longer quote": lambda c: changed(
        right_reply(c), citations=[citation(c, 1, CLAUSE, "经综合评估," + QUOTE)]
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_answer_in_another_notation_costs_nothing(name, corpus):
    best, _ = judged(CALCULATES, replied(right_reply(corpus)), corpus)
    scores, verdict = judged(CALCULATES, replied(RIGHT[name](corpus)), corpus)
    assert all(best[metric] == ABOUT[metric].perfect for metric in best)
    assert worse(scores, best) == set()
    assert verdict.passed


def test_a_plain_refusal_of_the_unanswerable_is_right(corpus):
    scores, verdict = judged(REFUSES, replied(REFUSAL), corpus, ())
    assert verdict.passed
    assert scores["false_answer"] == 0


def test_a_refusal_with_a_number_is_wrong(corpus):
    reply = changed(REFUSAL, ("不作推测", "一般为30万元"))
    scores, verdict = judged(REFUSES, replied(reply), corpus, ())
    assert scores["wrong_number"] == 1
    assert not verdict.passed


def test_an_answer_to_the_unanswerable_is_told_apart_from_a_refusal_of_the_answerable(corpus):
    scores, verdict = judged(REFUSES, replied(right_reply(corpus)), corpus, ())
    assert (scores["false_answer"], verdict.fault) == (1, "应拒未拒")
    scores, verdict = judged(CALCULATES, replied(REFUSAL), corpus)
    assert (scores["false_refusal"], verdict.fault) == (1, "误拒")


@pytest.mark.parametrize(
    ("failure", "fault"), [(Failure.TIMEOUT, "超时"), (Failure.ERROR, "出错"), (Failure.INVALID, "出错")]
)
def test_no_reply_counts_as_wrong_in_every_metric_that_wants_something(failure, fault, corpus):
    best, _ = judged(CALCULATES, replied(right_reply(corpus)), corpus)
    scores, verdict = judged(CALCULATES, failed(ASKED, failure, "没有回答", 60), corpus)
    wanted = {"status", "numbers", "calculation", "formula", "citation_recall", "validity", "wording"}
    assert wanted <= worse(scores, best)
    assert (verdict.passed, verdict.fault) == (False, fault)


def test_gold_that_was_not_retrieved_is_told_apart_from_gold_that_was_not_cited(corpus):
    reply = replied(changed(right_reply(corpus), citations=[citation(corpus, 1, OTHER, OTHER_QUOTE)]))
    assert judged(CALCULATES, reply, corpus, (OTHER,))[1].fault == "检索未命中"
    assert judged(CALCULATES, reply, corpus, (OTHER, CLAUSE))[1].fault == "命中未引用"


def test_bare_text_is_judged_by_its_words_alone(corpus):
    words = "可以按30%计算，最高不超过300万元，按自筹投入560万元算，最高168万元（草案）。"
    scores, verdict = judged(CALCULATES, replied({"text": words}), corpus, None)
    assert verdict.passed
    assert "citation_recall" not in scores
    scores, verdict = judged(CALCULATES, replied({"text": words.replace("168", "186")}), corpus, None)
    assert not verdict.passed
    assert scores["wrong_number"] == 1


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("您好！很高兴为您服务。政策库中没有找到骑手补贴的规定。", "not_covered"),
        ("抱歉，根据已知信息无法回答该问题。", "not_covered"),
        ("最高可获30万元。按合同金额计算。单次结算。正式文件何时发布，原文未载明。", "answered"),
        ("按30%计，最高不超过300万元。如需测算，请提供自筹投入。", "needs_input"),
    ],
)
def test_the_outcome_of_bare_text_is_read_off_what_it_opens_with(words, outcome):
    assert outcome_of(replied({"text": words})) == outcome


def test_words_that_can_be_taken_two_ways_are_taken_as_the_item_expects():
    silent = replied({"text": "该办法未载明补贴的具体金额。"})
    asking = replied({"text": "按30%计，最高不超过300万元。如需测算，请提供自筹投入。"})
    assert [outcome_of(silent, wanted) for wanted in ("answered", "not_covered")] == [
        "answered",
        "not_covered",
    ]
    assert [outcome_of(asking, wanted) for wanted in ("answered", "not_covered")] == [
        "answered",
        "needs_input",
    ]
    assert outcome_of(replied({"text": "请问自筹投入是多少？"}), "answered") == "needs_input"


def test_a_number_bare_text_gives_has_a_source_where_it_quotes_the_clause(corpus):
    words = "按30%计，最高不超过300万元，按自筹投入560万元算，最高168万元（草案）。"
    quote = corpus.clause(OTHER).text
    scores, _ = judged(CALCULATES, replied({"text": f"{words}另见：{quote}"}), corpus, None)
    assert scores["wrong_number"] == 0
    scores, _ = judged(CALCULATES, replied({"text": f"{words}另可获77万元。"}), corpus, None)
    assert scores["wrong_number"] == 1
