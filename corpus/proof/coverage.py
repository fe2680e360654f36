"""Proof that no number and no deciding word inside a measure's passage is left unbound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.measures.policy_words import Role
from corpus.model.document import Span
from corpus.model.measure import ExplainedNumber, Measure
from corpus.proof.finding import Finding, finding
from corpus.proof.uses import asked_in_words, numbers_of, words_of
from corpus.reading.numerals import Found, Kind
from corpus.words import DocumentWords

_SERVES_AS = {
    Role.BOUND: (Role.BOUND, Role.COMPARISON),
    Role.COMPARISON: (Role.COMPARISON,),
    Role.SCOPE: (Role.SCOPE,),
    Role.ONE_OFF: (Role.ONE_OFF,),
    Role.TOP_UP: (Role.TOP_UP,),
}
_NAMES = {
    Role.BOUND: "上限词",
    Role.COMPARISON: "比较词",
    Role.SCOPE: "范围词",
    Role.ONE_OFF: "“一次性”",
    Role.TOP_UP: "补差词",
}


def check_passage(
    measure: Measure, explained: Sequence[ExplainedNumber], words: DocumentWords
) -> Iterator[Finding]:
    """Yield a finding for each number or word of the passage that nothing in the measure accounts for."""
    remarks = tuple(remark.span for remark in measure.remarks)
    asked = _asked(measure)
    for message in (
        *_unbound_numbers(measure, (*remarks, *(entry.span for entry in explained)), asked, words),
        *_unbound_words(measure, remarks, asked, words),
    ):
        yield finding(measure.id, measure.clause_id, "passage", message)


def _asked(measure: Measure) -> tuple[Span, ...]:
    """Return the conditions asked in words, but those that hold a number the measure computes with."""
    numbers = [use.span for use in numbers_of(measure)]
    return tuple(
        span for span in asked_in_words(measure) if not any(span.holds(number) for number in numbers)
    )


def _unbound_numbers(
    measure: Measure, set_aside: Sequence[Span], asked: Sequence[Span], words: DocumentWords
) -> Iterator[str]:
    bound = {(use.span.start, use.span.end) for use in numbers_of(measure)}
    for mention in words.quantities(measure.passage.quote):
        start, end = mention.start + measure.passage.start, mention.end + measure.passage.start
        if (start, end) in bound or any(span.start <= start and end <= span.end for span in asked):
            continue
        if _may_be_set_aside(mention, start, end, measure, set_aside):
            continue
        yield f"段落中的“{mention.text}”没有绑定到这项措施的任何数值"


def _may_be_set_aside(
    mention: Found, start: int, end: int, measure: Measure, set_aside: Sequence[Span]
) -> bool:
    """Tell whether words put aside hold the mention; money and rates never may be."""
    if mention.kind in (Kind.MONEY, Kind.RATE):
        return False
    return any(
        span.clause_id == measure.clause_id and span.start <= start and end <= span.end for span in set_aside
    )


def _bounds_what_is_set_aside(start: int, remarks: Sequence[Span], words: DocumentWords) -> bool:
    """Tell whether a word stands in a remark about a count (期限不超过3年), which it then bounds."""
    held = [span for span in remarks if span.start <= start < span.end]
    kinds = {one.kind for span in held for one in words.quantities(span.quote)}
    return Kind.QUANTITY in kinds and not kinds & {Kind.MONEY, Kind.RATE}


def _unbound_words(
    measure: Measure, remarks: Sequence[Span], asked: Sequence[Span], words: DocumentWords
) -> Iterator[str]:
    bound = {(role, span.start, span.end) for role, span in words_of(measure)}
    for word in words.policy.find(measure.passage.quote):
        start, end = word.start + measure.passage.start, word.end + measure.passage.start
        if any((role, start, end) in bound for role in _SERVES_AS[word.role]):
            continue
        if any(span.start <= start and end <= span.end for span in asked):
            continue
        is_remark = any(span.start <= start and end <= span.end for span in remarks)
        if is_remark and _bounds_what_is_set_aside(start, remarks, words):
            continue
        if not (is_remark and word.role is Role.ONE_OFF):
            yield f"段落中的{_NAMES[word.role]}“{word.word}”没有绑定"
