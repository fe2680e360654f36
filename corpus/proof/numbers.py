"""Proof that each number says what its quote says, read anew from the clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.model.document import Clause
from corpus.model.measure import Comparison, Measure
from corpus.model.values import Money, Quantity, Rate, Unit
from corpus.proof.finding import Finding, finding
from corpus.proof.uses import NumberUse, numbers_of
from corpus.reading.numerals import Found, is_in
from corpus.words import DocumentWords

_EACH = ("每", "单")


def check_numbers(measure: Measure, clauses: Mapping[str, Clause], words: DocumentWords) -> Iterator[Finding]:
    """Yield a finding for each number that its quote does not state."""
    for use in numbers_of(measure):
        clause = clauses.get(use.span.clause_id)
        if clause is None:
            continue
        mention = _mention(use, words.quantities(clause.text))
        for message in _disagreements(use, mention, words):
            yield finding(measure.id, use.span.clause_id, use.field, message)


def _mention(use: NumberUse, found: tuple[Found, ...]) -> Found | None:
    exact = [one for one in found if (one.start, one.end) == (use.span.start, use.span.end)]
    return exact[0] if exact else None


def _disagreements(use: NumberUse, mention: Found | None, words: DocumentWords) -> Iterator[str]:
    if mention is None:
        if not _is_bare_unit(use, words):
            yield f"引文“{use.span.quote}”不是一个完整的数字，请连同单位一起引用"
        return
    if mention.is_vague or mention.is_range:
        yield f"引文“{use.span.quote}”不是一个确定的数字"
        return
    if not _says(mention, use.value):
        yield f"数值与引文“{use.span.quote}”不一致，请按条款改正数值"
    yield from _comparison_disagreements(use, mention)


def _says(mention: Found, value: Money | Rate | Quantity | str) -> bool:
    match value:
        case Money():
            return mention.money == value
        case Rate():
            return mention.rate == value
        case Quantity():
            return mention.value == value.value and is_in(mention, value.unit)
        case str():
            return mention.unit == Unit.LEVEL and mention.text == value


def _is_bare_unit(use: NumberUse, words: DocumentWords) -> bool:
    """Tell whether the quote names one unit without a numeral: 每条, 单次活动, 吨标煤."""
    if not isinstance(use.value, Quantity) or use.value.value != 1:
        return False
    said = use.span.quote.removeprefix(_EACH[0]).removeprefix(_EACH[1])
    if any(said.startswith(word) for word in (*use.value.unit.words, use.value.unit.value)):
        return True
    units = (words.units.unit_of(said[:length]) for length in range(len(said), 0, -1))
    return next((unit for unit in units if unit is not None), None) == use.value.unit


def _comparison_disagreements(use: NumberUse, mention: Found) -> Iterator[str]:
    if mention.comparison is Comparison.AT_MOST and use.bound is None and use.comparison is None:
        yield f"条款为“{use.span.quote}”写了上限词，数据里没有写 bound"
    if use.comparison is not None and mention.comparison not in (None, use.comparison):
        yield f"条款对“{use.span.quote}”的比较与数据的 {use.comparison.value} 不一致"
