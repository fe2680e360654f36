"""The check finds whatever data and clause disagree in, and reports it all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.check import check_corpus
from corpus.model.document import Span
from corpus.model.measure import (
    Cap,
    CapScope,
    Comparison,
    FixedSum,
    Measure,
    ShareOfBase,
    Sourced,
    SupportKind,
)
from corpus.model.values import Money, Rate
from corpus.proof.number_coverage import Account, number_coverage
from corpus.store import Corpus, load_corpus

HARD_TECHNOLOGY = "changning-ai-draft/7.1/hard-technology"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def _with(corpus: Corpus, changed: Measure) -> Corpus:
    measures = tuple(changed if each.id == changed.id else each for each in corpus.measures)
    return replace(corpus, measures=measures)


def _messages(corpus: Corpus) -> str:
    return "\n".join(map(str, check_corpus(corpus)))


def test_the_corpus_is_proven(corpus: Corpus) -> None:
    assert check_corpus(corpus) == ()


def test_a_wrong_value_is_found(corpus: Corpus) -> None:
    measure = corpus.measure(HARD_TECHNOLOGY)
    assert isinstance(measure.formula, ShareOfBase)
    wrong = replace(measure.formula, rate=replace(measure.formula.rate, value=Rate(Decimal("0.35"))))

    found = check_corpus(_with(corpus, replace(measure, formula=wrong)))

    assert [(one.clause, one.subject, one.field) for one in found] == [
        ("changning-ai-draft/7.1", HARD_TECHNOLOGY, "formula")
    ]
    assert "数值与引文“30%”不一致" in found[0].message


def test_every_disagreement_is_reported_not_only_the_first(corpus: Corpus) -> None:
    first, second = corpus.measure(HARD_TECHNOLOGY), corpus.measure("changning-ai-draft/8.2/special-fund")
    wrong = Money.of(1)
    broken = _with(
        _with(corpus, replace(first, caps=(replace(first.caps[0], amount=_other(first, wrong)),))),
        replace(second, caps=(replace(second.caps[0], amount=_other(second, wrong)),)),
    )
    assert {one.subject for one in check_corpus(broken)} == {first.id, second.id}


def _other(measure: Measure, value: Money) -> Sourced[Money]:
    return replace(measure.caps[0].amount, value=value)


def test_a_forgotten_bound_word_turns_a_limit_into_a_promise_and_is_found(corpus: Corpus) -> None:
    measure = corpus.measure("sh-industrial-services/10/foreign-accreditation")
    assert isinstance(measure.formula, FixedSum)
    promise = FixedSum(replace(measure.formula.amount, bound=None))

    messages = _messages(_with(corpus, replace(measure, formula=promise)))

    assert "写了上限词，数据里没有写 bound" in messages
    assert "上限词“最高”没有绑定" in messages


def test_a_forgotten_cap_is_found_twice(corpus: Corpus) -> None:
    messages = _messages(_with(corpus, replace(corpus.measure(HARD_TECHNOLOGY), caps=())))
    assert "段落中的“300万元”没有绑定" in messages
    assert "“300万元”没有归属" in messages


def test_a_forgotten_measure_leaves_its_numbers_unaccounted(corpus: Corpus) -> None:
    without = replace(corpus, measures=tuple(m for m in corpus.measures if m.clause_id[-3:] != "8.2"))
    assert [one.message.split("”")[0] for one in check_corpus(without)] == ["“30%", "“150万元"]


def test_a_wrong_scope_is_found(corpus: Corpus) -> None:
    measure = corpus.measure("changning-ai-draft/8.6/technology-contracts")
    for_project = replace(measure, caps=(replace(measure.caps[0], per=CapScope.PROJECT),))
    assert "“每企业每年”不表示 project" in _messages(_with(corpus, for_project))


def test_a_scope_without_words_is_found(corpus: Corpus) -> None:
    measure = corpus.measure(HARD_TECHNOLOGY)
    cap = Cap(measure.caps[0].amount, CapScope.ENTERPRISE_YEAR)
    assert "没有引用条款中的范围词" in _messages(_with(corpus, replace(measure, caps=(cap,))))


def test_a_wrong_comparison_is_found(corpus: Corpus) -> None:
    measure = corpus.measure("sh-industrial-services/7/cleaner-production")
    conditions = tuple(
        replace(each, comparison=Comparison.OVER) if each.threshold else each for each in measure.conditions
    )
    messages = _messages(_with(corpus, replace(measure, conditions=conditions)))
    assert "“至少”不表示 over" in messages
    assert "与数据的 over 不一致" in messages


def test_a_base_of_another_name_is_found(corpus: Corpus) -> None:
    measure = corpus.measure(HARD_TECHNOLOGY)
    assert isinstance(measure.formula, ShareOfBase)
    base = replace(measure.formula.base, value="total_project_investment")
    messages = _messages(_with(corpus, replace(measure, formula=replace(measure.formula, base=base))))
    assert "“项目自筹投入资金总额”与事实 total_project_investment（项目总投资）名称不符" in messages


def test_a_wrong_kind_is_found(corpus: Corpus) -> None:
    measure = replace(corpus.measure(HARD_TECHNOLOGY), kind=SupportKind.AWARD)
    assert "“资助”不表示 award" in _messages(_with(corpus, measure))


def test_a_shifted_span_is_found(corpus: Corpus) -> None:
    measure = corpus.measure(HARD_TECHNOLOGY)
    span = measure.passage
    shifted = replace(measure, passage=Span(span.clause_id, span.start + 1, span.end + 1, span.quote))
    assert "与条款该处的文字不同" in _messages(_with(corpus, shifted))


def test_a_span_of_no_clause_is_found(corpus: Corpus) -> None:
    measure = corpus.measure(HARD_TECHNOLOGY)
    lost = replace(measure, beneficiary=Span("changning-ai-draft/99", 0, 2, "企业"))
    assert "没有条款 changning-ai-draft/99" in _messages(_with(corpus, lost))


def test_an_id_given_twice_is_found(corpus: Corpus) -> None:
    twice = replace(corpus, measures=(*corpus.measures, corpus.measure(HARD_TECHNOLOGY)))
    assert "编号重复" in _messages(twice)


def test_an_id_of_another_clause_is_found(corpus: Corpus) -> None:
    grant = replace(corpus.unquantified[0], id="changning-ai-draft/6.2/rent")
    changed = replace(corpus, unquantified=(grant, *corpus.unquantified[1:]))
    assert "编号须为“条款编号/小写英文名”" in _messages(changed)


def test_a_missing_fact_is_found(corpus: Corpus) -> None:
    facts = {name: fact for name, fact in corpus.facts.items() if name != "self_funded_investment"}
    assert "没有事实 self_funded_investment" in _messages(replace(corpus, facts=facts))


def test_an_award_hidden_among_the_unquantified_is_found(corpus: Corpus) -> None:
    measure = corpus.measure("changning-ai-draft/8.2/special-fund")
    grant = replace(
        corpus.unquantified[0], id=measure.id, clause_id=measure.clause_id, passage=measure.passage
    )
    hidden = replace(
        corpus,
        measures=tuple(each for each in corpus.measures if each.id != measure.id),
        unquantified=(*corpus.unquantified, grant),
    )
    assert "写有“150万元”，应列为可计算的措施" in _messages(hidden)


def test_an_explanation_cannot_take_a_measure_s_number(corpus: Corpus) -> None:
    measure = corpus.measure(HARD_TECHNOLOGY)
    wrong = replace(corpus.explained[-1], span=measure.passage, restates=None)
    assert "已属于一项措施" in _messages(replace(corpus, explained=(*corpus.explained, wrong)))


def test_an_explanation_of_nothing_is_found(corpus: Corpus) -> None:
    span = corpus.unquantified[0].passage
    empty = replace(corpus.explained[0], span=replace(span, end=span.start + 2, quote=span.quote[:2]))
    assert "没有数字，请删去" in _messages(replace(corpus, explained=(*corpus.explained, empty)))


def test_an_unexplained_number_is_found(corpus: Corpus) -> None:
    explained = tuple(e for e in corpus.explained if "5万套" not in e.span.quote)
    assert "“5万套”没有归属" in _messages(replace(corpus, explained=explained))


def test_our_own_words_hold_no_digits(corpus: Corpus) -> None:
    noted = replace(corpus.measure(HARD_TECHNOLOGY), notes=("上限 300 万元",))
    assert "说明文字中不写数字" in _messages(_with(corpus, noted))


def test_number_coverage_accounts_for_every_number_in_its_own_way(corpus: Corpus) -> None:
    accounts = {
        (entry.mention.clause_id, entry.mention.quote): (entry.account, entry.by)
        for entry in number_coverage(corpus)
    }
    assert accounts["changning-ai-draft/7.1", "300万元"] == (Account.MEASURE, HARD_TECHNOLOGY)
    assert accounts["changning-ai-draft/qa.5", "300万元"] == (Account.RESTATED, HARD_TECHNOLOGY)
    assert accounts["sh-online-economy/4", "5万套"] == (Account.EXPLAINED, "规划建设目标，不是奖补")
    assert accounts["sh-industrial-services/10", "一次"][0] is Account.REMARK
    assert accounts["sh-services-innovation/p13", "5409.59亿元"][0] is Account.EXPLAINED
    assert Account.UNACCOUNTED not in {account for account, _ in accounts.values()}
