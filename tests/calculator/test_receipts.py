"""A receipt is the same to the byte when run again; a change is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from assistant.calculator.facts import FactSheet
from assistant.calculator.receipts import ReceiptError, rerun, write_receipt
from corpus.errors import UnknownIdError
from corpus.model.measure import Cap, Sourced
from corpus.model.values import Money
from corpus.store import Corpus

DAY = date(2026, 6, 30)


@pytest.fixture
def receipt(corpus: Corpus) -> str:
    facts = FactSheet.parse({"self_funded_investment": "1200万", "in_changning": "是"}, corpus.facts)
    return write_receipt(corpus.measure("changning-ai-draft/7.1/hard-technology"), facts, DAY, corpus)


def test_a_receipt_runs_again_to_the_byte(corpus: Corpus, receipt: str) -> None:
    again = rerun(receipt, corpus)
    assert (again.receipt, again.is_identical, again.changes) == (receipt, True, ())


def test_every_measure_has_a_receipt(corpus: Corpus) -> None:
    nothing = FactSheet.parse({}, corpus.facts)
    for measure in corpus.measures:
        assert rerun(write_receipt(measure, nothing, DAY, corpus), corpus).is_identical


def test_the_order_of_facts_does_not_change_a_receipt(corpus: Corpus, receipt: str) -> None:
    facts = FactSheet.parse({"in_changning": "是", "自筹投入": "1.2千万元"}, corpus.facts)
    measure = corpus.measure("changning-ai-draft/7.1/hard-technology")
    assert write_receipt(measure, facts, DAY, corpus) == receipt


def test_a_changed_corpus_is_told(corpus: Corpus, receipt: str) -> None:
    again = rerun(receipt, replace(corpus, digest="f" * 64))
    assert not again.is_identical
    assert again.changes == ("政策库已改变（与保存时不是同一版本）",)


def test_a_changed_measure_is_told_with_its_result(corpus: Corpus, receipt: str) -> None:
    measure = corpus.measure("changning-ai-draft/7.1/hard-technology")
    (cap,) = measure.caps
    raised = replace(measure, caps=(Cap(Sourced(Money.of(4000000), cap.amount.span), cap.per),))
    others = tuple(raised if one.id == measure.id else one for one in corpus.measures)
    again = rerun(receipt, replace(corpus, measures=others))
    assert "测算结果与保存时不同" in again.changes
    assert "措施的数据或所依据的原文已改变" in again.changes
    assert json.loads(again.receipt)["estimate"]["amount"] == "3600000.00"


@pytest.mark.parametrize("text", ["", "不是测算单", "{}", "[]", '{"version": 1}'])
def test_what_is_no_receipt_is_refused(corpus: Corpus, text: str) -> None:
    with pytest.raises(ReceiptError, match="不是测算单"):
        rerun(text, corpus)


def test_a_receipt_of_a_measure_that_is_gone_is_refused(corpus: Corpus, receipt: str) -> None:
    with pytest.raises(UnknownIdError):
        rerun(receipt.replace("hard-technology", "soft-technology"), corpus)
