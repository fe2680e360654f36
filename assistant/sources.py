"""Numbered sources: of a span, and of estimates that stand alone, without an answer around them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from assistant.conversation import Citation, Dropped, Estimate
from corpus.model.document import Span

if TYPE_CHECKING:
    from corpus.store import Corpus


def sources_of(
    estimates: Iterable[Estimate], dropped: Iterable[Dropped], corpus: Corpus, as_of: date
) -> tuple[Citation, ...]:
    """Return a citation for each passage the estimates rest on, and for each rule that dropped one.

    A measure's passage comes first; a span outside every passage gets a citation of its own.
    """
    chosen: list[Span] = []
    for estimate in estimates:
        _add(corpus.measure(estimate.measure).passage, chosen)
        for step in estimate.steps:
            for span in step.spans:
                _add(span, chosen)
        for condition in estimate.conditions:
            _add(condition.span, chosen)
    for left_out in dropped:
        for span in left_out.spans:
            _add(span, chosen)
    return tuple(citation(n, span, corpus, as_of) for n, span in enumerate(chosen, start=1))


def citation(n: int, span: Span, corpus: Corpus, as_of: date) -> Citation:
    """Return the citation numbered `n` for a span of a clause.

    Raises:
        ValueError: the quote is not the clause's own text.
    """
    clause = corpus.clause(span.clause_id)
    document = corpus.document(clause.document)
    if clause.text[span.start : span.end] != span.quote:
        raise ValueError(f"the quote of {span.clause_id} is not the clause's text")
    return Citation(n, span, document.slug, document.title, clause.label, document.status_on(as_of))


def _add(span: Span, chosen: list[Span]) -> None:
    if not any(other.holds(span) for other in chosen):
        chosen.append(span)
