"""Every number of every measure proven against its clause, and every number of every clause accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.model.measure import Measure
from corpus.proof.coverage import check_passage
from corpus.proof.finding import Finding
from corpus.proof.integrity import (
    check_explained,
    check_facts,
    check_free_text,
    check_ids,
    check_spans,
    check_unquantified,
)
from corpus.proof.number_coverage import check_number_coverage
from corpus.proof.numbers import check_numbers
from corpus.proof.words import check_words
from corpus.store import Corpus

__all__ = ["Finding", "check_corpus"]


def check_corpus(corpus: Corpus) -> tuple[Finding, ...]:
    """Return everything in which data and clauses disagree; empty when all is proven."""
    return tuple(dict.fromkeys(_findings(corpus)))


def check_document(corpus: Corpus, slug: str) -> tuple[Finding, ...]:
    """Return everything in which the data and clauses of one document of a corpus disagree."""
    own = f"{slug}/"
    return check_corpus(
        replace(
            corpus,
            documents=(corpus.document(slug),),
            measures=tuple(one for one in corpus.measures if one.document == slug),
            unquantified=tuple(one for one in corpus.unquantified if one.clause_id.startswith(own)),
            explained=tuple(one for one in corpus.explained if one.span.clause_id.startswith(own)),
        )
    )


def _findings(corpus: Corpus) -> Iterator[Finding]:
    clauses = {clause.id: clause for clause in corpus.clauses}
    measures = {measure.id: measure for measure in corpus.measures}
    yield from check_ids((*corpus.measures, *corpus.unquantified))
    for measure in corpus.measures:
        yield from check_spans(measure.id, measure.clause_id, measure, clauses)
        yield from check_numbers(measure, clauses, corpus.words_of(measure.document))
        yield from _of_measure(measure, corpus)
    for grant in corpus.unquantified:
        yield from check_spans(grant.id, grant.clause_id, grant, clauses)
        yield from check_free_text(grant)
        yield from check_unquantified(grant)
    for entry in corpus.explained:
        yield from check_spans("explained", entry.span.clause_id, entry, clauses)
        yield from check_explained(entry, measures)
    for document in corpus.documents:
        yield from check_spans("policy.yaml", f"{document.slug}/", document.evidence, clauses)
    yield from check_number_coverage(corpus)


def _of_measure(measure: Measure, corpus: Corpus) -> Iterator[Finding]:
    words = corpus.words_of(measure.document)
    yield from check_words(measure, corpus.facts, words)
    yield from check_facts(measure, corpus.facts)
    yield from check_free_text(measure)
    explained = [entry for entry in corpus.explained if entry.restates is None]
    yield from check_passage(measure, explained, words)
