"""Proof that each word that decides a reading is known, and says what the data says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.measures.policy_words import INCLUDED, PolicyWords
from corpus.model.document import Span
from corpus.model.measure import CapScope, Fact, Measure, SupportKind
from corpus.proof.finding import Finding, finding
from corpus.proof.uses import NumberUse, bases_of, numbers_of
from corpus.words import DocumentWords

_WIDTHS = str.maketrans("（），：；“”", '(),:;""')


def check_words(measure: Measure, facts: Mapping[str, Fact], words: DocumentWords) -> Iterator[Finding]:
    """Yield a finding for each word that is unknown or contradicts the data beside it."""
    for field, message in (
        *_number_words(measure, words),
        *_scopes(measure, words.policy),
        *_forms(measure, words.policy),
        *_bases(measure, facts),
    ):
        yield finding(measure.id, measure.clause_id, field, message)


def _number_words(measure: Measure, words: DocumentWords) -> Iterator[tuple[str, str]]:
    for use in numbers_of(measure):
        if use.bound is not None and use.bound.quote not in words.policy.bounds:
            yield f"{use.field}.bound", f"“{use.bound.quote}”不是已知的上限词"
        if use.bound is not None and not _binds(use.bound, use.span, measure.passage, words):
            yield f"{use.field}.bound", f"“{use.bound.quote}”与“{use.span.quote}”之间隔着别的数字"
        yield from _comparison_words(use, words.policy, measure.passage)


def _binds(word: Span, number: Span, passage: Span, words: DocumentWords) -> bool:
    between = passage.quote[word.end - passage.start : number.start - passage.start]
    return word.end <= number.start and not words.quantities(between)


def _follows(word: Span, number: Span, passage: Span) -> bool:
    """Tell whether a word stands right behind a number, with at most (含) between."""
    between = passage.quote[max(number.end - passage.start, 0) : max(word.start - passage.start, 0)]
    return word.start == number.end or (word.start > number.end and INCLUDED.fullmatch(between) is not None)


def _comparison_words(use: NumberUse, policy: PolicyWords, passage: Span) -> Iterator[tuple[str, str]]:
    if use.comparison is None:
        return
    field, word = f"{use.field}.comparison", use.comparison_span
    if word is None:
        yield field, "没有引用比较词"
    elif word.quote not in policy.compares(use.comparison):
        yield field, f"“{word.quote}”不表示 {use.comparison.value}"
    elif word.end != use.span.start and not _follows(word, use.span, passage):
        yield field, f"比较词“{word.quote}”不紧挨“{use.span.quote}”"


def _scopes(measure: Measure, policy: PolicyWords) -> Iterator[tuple[str, str]]:
    for place, cap in enumerate(measure.caps):
        field = f"caps[{place}].scope"
        if cap.scope is None and cap.per is not CapScope.AWARD:
            yield field, f"上限范围写作 {cap.per.value}，没有引用条款中的范围词"
        if cap.scope is not None and policy.scope_said(cap.scope.quote) is not cap.per:
            yield field, f"“{cap.scope.quote}”不表示 {cap.per.value}"


def _forms(measure: Measure, policy: PolicyWords) -> Iterator[tuple[str, str]]:
    kind = measure.kind_words
    if kind is None or kind.quote not in policy.kinds[measure.kind]:
        yield "kind", f"“{kind.quote if kind else ''}”不表示 {measure.kind.value}"
    subsidises_premium = any("保费" in base.span.quote for base in bases_of(measure))
    if subsidises_premium is not (measure.kind is SupportKind.PREMIUM_SUBSIDY):
        yield "kind", "基数是保费的补贴写作 premium_subsidy，其他的不能这样写"
    if measure.one_off is not None and measure.one_off.span.quote not in policy.one_off:
        yield "one_off", f"“{measure.one_off.span.quote}”不表示一次性"
    if measure.tops_up is not None and measure.tops_up.span.quote not in policy.top_up:
        yield "tops_up", f"“{measure.tops_up.span.quote}”不表示补差"


def _bases(measure: Measure, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    for base in bases_of(measure):
        fact = facts.get(base.fact)
        if fact is not None and _plain(base.span.quote) not in _plain(fact.label):
            yield base.field, f"条款的基数“{base.span.quote}”与事实 {base.fact}（{fact.label}）名称不符"


def _plain(text: str) -> str:
    return text.translate(_WIDTHS)
