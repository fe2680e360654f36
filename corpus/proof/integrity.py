"""Proof of the plain things: spans equal their characters, ids are unique, what is named exists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from corpus.model.document import Clause
from corpus.model.measure import ExplainedNumber, Fact, Measure, PerUnit, Product, Unquantified
from corpus.model.values import UnitKind
from corpus.proof.finding import Finding, finding, spans_in
from corpus.reading.numerals import Kind, find_quantities

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_DIGITS = re.compile(r"[0-9０-９]")
_UNCOUNTABLE = (UnitKind.MONEY, UnitKind.LEVEL, UnitKind.YES_NO)


def check_spans(
    subject: str, clause_id: str, value: object, clauses: Mapping[str, Clause]
) -> Iterator[Finding]:
    """Yield a finding for each span that does not equal the characters it points at."""
    for field, span in spans_in(value):
        clause = clauses.get(span.clause_id)
        if clause is None:
            yield finding(subject, clause_id, field, f"没有条款 {span.clause_id}")
        elif clause.text[span.start : span.end] != span.quote or not span.quote:
            yield finding(subject, span.clause_id, field, f"引文“{span.quote}”与条款该处的文字不同")


def check_ids(entries: Iterable[Measure | Unquantified]) -> Iterator[Finding]:
    """Yield a finding for each id that is not unique or not `clause/english-name`."""
    entries = tuple(entries)
    counts = Counter(entry.id for entry in entries)
    for entry in entries:
        clause_id, _, name = entry.id.rpartition("/")
        if counts[entry.id] > 1:
            yield finding(entry.id, entry.clause_id, "id", "编号重复，每个编号只能用一次")
        if clause_id != entry.clause_id or not _NAME.fullmatch(name):
            yield finding(entry.id, entry.clause_id, "id", "编号须为“条款编号/小写英文名”")


def check_facts(measure: Measure, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield a finding for each fact that does not exist or cannot serve."""
    for name in measure.fact_names:
        if name not in facts:
            yield finding(measure.id, measure.clause_id, "facts", f"facts.yaml 中没有事实 {name}")
    for name in _counted(measure):
        fact = facts.get(name)
        if fact is not None and fact.unit.kind in _UNCOUNTABLE:
            yield finding(measure.id, measure.clause_id, "formula.count", f"事实 {fact.name} 不是可数的数量")


def _counted(measure: Measure) -> tuple[str, ...]:
    """Return the facts the formula multiplies a sum by."""
    match measure.formula:
        case PerUnit(count=count):
            return (count.value,)
        case Product(factors=factors):
            return tuple(factor.count.value for factor in factors)
        case _:
            return ()


def check_free_text(entry: Measure | Unquantified) -> Iterator[Finding]:
    """Yield a finding for our own words that hold digits: a number stands only where it can be proven."""
    texts = [("name", entry.name)]
    if isinstance(entry, Measure):
        texts += [("notes", note) for note in entry.notes]
        texts += [("remarks", remark.value) for remark in entry.remarks]
        texts += [("matter", entry.cumulation.matter)] if entry.cumulation else []
    else:
        texts.append(("reason", entry.reason))
    for field, text in texts:
        if _DIGITS.search(text):
            yield finding(entry.id, entry.clause_id, field, "说明文字中不写数字，数字只写在可核对的字段里")


def check_explained(entry: ExplainedNumber, measures: Mapping[str, Measure]) -> Iterator[Finding]:
    """Yield a finding for an explanation that holds digits, or restates a measure in other words."""
    subject, clause_id = f"explained “{entry.span.quote[:20]}”", entry.span.clause_id
    if _DIGITS.search(entry.reason):
        yield finding(subject, clause_id, "reason", "说明文字中不写数字")
    if entry.restates is not None:
        measure = measures.get(entry.restates)
        if measure is None or measure.passage.quote != entry.span.quote:
            yield finding(subject, clause_id, "restates", f"与措施 {entry.restates} 的段落文字不同")


def check_unquantified(entry: Unquantified) -> Iterator[Finding]:
    """Yield a finding for a grant listed as unquantified whose passage states a sum or a rate."""
    if entry.is_doubted:
        return
    for mention in find_quantities(entry.passage.quote):
        if mention.kind in (Kind.MONEY, Kind.RATE):
            yield finding(entry.id, entry.clause_id, "passage", f"写有“{mention.text}”，应列为可计算的措施")
