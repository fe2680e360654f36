"""Where the evidence of an item stands: quotes, labels and offsets become spans of clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from corpus.model.document import Clause, Span
from evals.cases import Evidence

_NOISE = re.compile(r"[\s()（）.、。:：]+")
SEED_NUMBERS: Mapping[str, str] = {
    "000": "sh-services-innovation",
    "001": "sh-online-economy",
    "002": "sh-tech-services",
    "003": "sh-industrial-services",
    "004": "changning-ai-draft",
}


class GoldError(ValueError):
    """Raised, in Chinese, for evidence that stands nowhere, or in more than one place."""


class Library(Protocol):
    """What evidence is looked up in."""

    @property
    def clauses(self) -> Sequence[Clause]:
        """Return every clause, in order."""


def spans_of(evidence: Iterable[Evidence], library: Library) -> tuple[Span, ...]:
    """Return the spans, one or more for each piece of evidence.

    Raises:
        GoldError: no such clause, or the quote does not stand there exactly once.
    """
    return tuple(span for one in evidence for span in _spans(one, library))


def _spans(evidence: Evidence, library: Library) -> list[Span]:
    if evidence.clause is not None:
        return [_in_clause(evidence, clause_of(evidence, library))]
    slug = document_of(evidence.doc or "")
    clauses = [clause for clause in library.clauses if clause.document == slug]
    if not clauses:
        raise GoldError(f"没有文件 {evidence.doc}")
    if evidence.end:
        return _body_offsets(evidence, clauses)
    holding = [clause for clause in clauses if (evidence.quote or "") in clause.text]
    if len(holding) != 1:
        raise GoldError(f"引文“{evidence.quote}”在 {slug} 的 {len(holding)} 个条款中出现，请写明 clause")
    return [_in_clause(evidence, holding[0])]


def document_of(name: str) -> str:
    """Return the slug of a document: itself, or that of a seed's number.

    >>> document_of("004"), document_of("sh-tech-services")
    ('changning-ai-draft', 'sh-tech-services')
    """
    return SEED_NUMBERS.get(name, name)


def clause_of(evidence: Evidence, library: Library) -> Clause:
    """Return the clause a piece of evidence names by id, by path or by label.

    Raises:
        GoldError: there is none, or more than one.
    """
    wanted, slug = evidence.clause or "", document_of(evidence.doc) if evidence.doc else None
    full = wanted if "/" in wanted else f"{slug}/{wanted}"
    for clause_id in (full, full.removesuffix(".1")):
        exact = [clause for clause in library.clauses if clause.id == clause_id]
        if exact:
            return exact[0]
    labelled = [
        clause
        for clause in library.clauses
        if slug in (None, clause.document) and _plain(clause.label) == _plain(wanted)
    ]
    if len(labelled) == 1:
        return labelled[0]
    problem = f"{len(labelled)} 个条款都叫" if labelled else "没有条款"
    raise GoldError(f"{problem}“{wanted}”" + (f"（文件 {slug}）" if slug else ""))


def _plain(label: str) -> str:
    return _NOISE.sub("", label)


def _in_clause(evidence: Evidence, clause: Clause) -> Span:
    quote, start, end = evidence.quote, evidence.start, evidence.end
    if end:
        return _given(clause, start, end, quote)
    if quote is None:
        return Span(clause.id, 0, len(clause.text), clause.text)
    places = clause.text.count(quote)
    if places != 1:
        where = "不在原文中" if not places else f"在原文中出现 {places} 次，请写明 start 和 end"
        raise GoldError(f"条款 {clause.id}：引文“{quote}”{where}")
    start = clause.text.index(quote)
    return Span(clause.id, start, start + len(quote), quote)


def _given(clause: Clause, start: int, end: int, quote: str | None) -> Span:
    there = clause.text[start:end]
    if end > len(clause.text) or (quote is not None and there != quote):
        raise GoldError(f"条款 {clause.id} 的第 {start}–{end} 字是“{there}”，不是“{quote}”")
    return Span(clause.id, start, end, there)


def _body_offsets(evidence: Evidence, clauses: Sequence[Clause]) -> list[Span]:
    """Cut a stretch of a document's clean text into the clauses it runs over."""
    spans = []
    for clause in clauses:
        low, high = max(evidence.start, clause.start), min(evidence.end, clause.end)
        if low < high:
            start, end = low - clause.start, high - clause.start
            spans.append(Span(clause.id, start, end, clause.text[start:end]))
    if not spans:
        raise GoldError(f"文件 {evidence.doc} 没有第 {evidence.start}–{evidence.end} 字")
    if evidence.quote is not None and evidence.quote not in "".join(span.quote for span in spans):
        raise GoldError(f"文件 {evidence.doc} 的第 {evidence.start}–{evidence.end} 字不含“{evidence.quote}”")
    return spans
