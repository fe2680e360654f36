"""Number coverage (台账): every number of every clause, and what accounts for it.

A number belongs to a measure, is explained, tells a measure again, or states a date or number of the
document itself. Whatever is left is unaccounted, and a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.model.document import Clause, Span
from corpus.proof.finding import Finding, finding
from corpus.proof.uses import asked_in_words, numbers_of
from corpus.reading.numerals import Kind
from corpus.store import Corpus
from corpus.words import DocumentWords, usual_words

_DIGITS = re.compile(r"[0-9０-９]+(?:[.,:][0-9０-９]+)*")
_NUMBERING = re.compile(r"\s{0,40}[0-9０-９]{1,9}\s{0,8}[.、．]")


class Account(StrEnum):
    """How a number is accounted for."""

    MEASURE = "measure"
    CONDITION = "condition"
    REMARK = "remark"
    RESTATED = "restated"
    EXPLAINED = "explained"
    METADATA = "metadata"
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True, slots=True)
class CoveredNumber:
    """One number of a clause, how it is accounted for and by whom (a measure's id or a reason)."""

    mention: Span
    kind: Kind
    account: Account
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Claim:
    span: Span
    account: Account
    by: str

    def holds(self, mention: Span, kind: Kind) -> bool:
        if self.account is Account.MEASURE:
            return (self.span.start, self.span.end) == (mention.start, mention.end)
        if self.account is Account.REMARK and kind in (Kind.MONEY, Kind.RATE):
            return False
        return self.span.start <= mention.start and mention.end <= self.span.end


def number_coverage(corpus: Corpus) -> tuple[CoveredNumber, ...]:
    """Return every number of every clause with what accounts for it, in order."""
    claims: dict[str, list[_Claim]] = {}
    for claim in _claims(corpus):
        claims.setdefault(claim.span.clause_id, []).append(claim)
    return tuple(
        _entry(mention, kind, claims.get(clause.id, []))
        for clause in corpus.clauses
        for mention, kind in mentions_of(clause, corpus.words_of(clause.document))
    )


def mentions_of(clause: Clause, words: DocumentWords | None = None) -> Iterator[tuple[Span, Kind]]:
    """Yield every number of a clause: sums, rates, counts, and any other digits but its own numbering."""
    found = (words or usual_words()).quantities(clause.text)
    for one in found:
        yield Span(clause.id, one.start, one.end, one.text), one.kind
    numbering = _NUMBERING.match(clause.text)
    begin = numbering.end() if numbering else 0
    for match in _DIGITS.finditer(clause.text, begin):
        if not any(one.start <= match.start() and match.end() <= one.end for one in found):
            yield Span(clause.id, match.start(), match.end(), match[0]), Kind.NUMBER


def check_number_coverage(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each number nobody accounts for, and each explanation that explains nothing."""
    entries = number_coverage(corpus)
    for entry in entries:
        if entry.account is Account.UNACCOUNTED:
            message = f"“{entry.mention.quote}”没有归属：请列为措施，或在 explained 中说明它是什么"
            yield finding("台账", entry.mention.clause_id, f"第 {entry.mention.start} 字", message)
    for explained in corpus.explained:
        subject = f"explained “{explained.span.quote[:20]}”"
        inside = [entry for entry in entries if _within(entry.mention, explained.span)]
        if not inside:
            yield finding(subject, explained.span.clause_id, "quote", "引文中没有数字，请删去这一条")
        if any(entry.account is Account.MEASURE for entry in inside):
            yield finding(
                subject, explained.span.clause_id, "quote", "引文中的数字已属于一项措施，不能再作说明"
            )


def _within(inner: Span, outer: Span) -> bool:
    return inner.clause_id == outer.clause_id and outer.start <= inner.start and inner.end <= outer.end


def _entry(mention: Span, kind: Kind, claims: list[_Claim]) -> CoveredNumber:
    for claim in claims:
        if claim.holds(mention, kind):
            return CoveredNumber(mention, kind, claim.account, claim.by)
    return CoveredNumber(mention, kind, Account.UNACCOUNTED)


def _claims(corpus: Corpus) -> Iterator[_Claim]:
    for measure in corpus.measures:
        for use in numbers_of(measure):
            yield _Claim(use.span, Account.MEASURE, measure.id)
        for remark in measure.remarks:
            yield _Claim(remark.span, Account.REMARK, measure.id)
        for span in asked_in_words(measure):
            yield _Claim(span, Account.CONDITION, measure.id)
    for entry in corpus.explained:
        account = Account.RESTATED if entry.restates else Account.EXPLAINED
        yield _Claim(entry.span, account, entry.restates or entry.reason)
    for document in corpus.documents:
        for name, span in document.evidence:
            yield _Claim(span, Account.METADATA, name)
