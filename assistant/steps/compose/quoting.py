"""Taking words out of clauses: whole sentences, verbatim, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model.document import Clause, PolicyDocument, Span
from corpus.store import Corpus

_SENTENCE = re.compile(r"[^。？！\n]+[。？！]?[”』」]?")
_BODIES = re.compile(r"[(（]责任单位[:：][^)）]{0,200}[)）]")


def span_of(clause: Clause, start: int, end: int) -> Span:
    """Return a stretch of a clause as a span.

    >>> from corpus.model.document import ClauseKind, ClausePath
    >>> clause = Clause("a/1", "a", ClausePath(("1",)), ClauseKind.ITEM, "第一条", (), "给予50万元。", 0)
    >>> span_of(clause, 2, 6).quote
    '50万元'
    """
    return Span(clause.id, start, end, clause.text[start:end])


def sentences(clause: Clause) -> Iterator[Span]:
    """Return the sentences of a clause, its responsible bodies left out."""
    aside = [match.span() for match in _BODIES.finditer(clause.text)]
    for match in _SENTENCE.finditer(clause.text):
        start, end = match.span()
        for first, last in aside:
            end = first if start < first < end else end
            start = last if first <= start < last else start
        text = clause.text[start:end]
        start += len(text) - len(text.lstrip(" 。"))
        end -= len(text) - len(text.rstrip())
        if start < end:
            yield span_of(clause, start, end)


def whole(clause: Clause) -> Span:
    """Return all of a clause, blanks around it aside."""
    start = len(clause.text) - len(clause.text.lstrip())
    return span_of(clause, start, max(len(clause.text.rstrip()), start))


def sentence_of(span: Span, corpus: Corpus) -> Span:
    """Return the whole sentence that a span stands in."""
    clause = corpus.clause(span.clause_id)
    around = (one for one in sentences(clause) if one.start <= span.start and span.end <= one.end)
    return next(around, span)


def bodies_span(clause: Clause) -> Span | None:
    """Return the words that name the responsible bodies (责任单位), if the clause has them."""
    match = _BODIES.search(clause.text)
    return span_of(clause, *match.span()) if match else None


def quoted(span: Span) -> str:
    """Return the words of a span in quotation marks."""
    return f"「{span.quote.strip().rstrip('。')}」"


def place(clause: Clause, document: PolicyDocument) -> str:
    """Return where a clause stands, as people say it: 《…》第七条(一)."""
    return f"《{document.title}》{clause.label}"
