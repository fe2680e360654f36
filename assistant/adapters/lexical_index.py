"""BM25 over our own tokens in tantivy: on disk, incremental, filtered inside the search."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy

from assistant.adapters.engine import engine_errors
from assistant.adapters.entries import Entry
from assistant.adapters.explanation import Match
from assistant.adapters.narrowing import Case, Narrowing, narrowing
from assistant.ports import Hit, SearchFilter
from assistant.retrieval.emphasis import weighted_terms
from assistant.retrieval.synonyms import Added
from assistant.retrieval.tokens import tokens

# How much a term counts in each field, beside the clause's own words (python -m evals.retrieval).
FIELD_WEIGHTS: Mapping[str, float] = {"body": 1.0, "headings": 0.2, "title": 0.2}
_NAMES = ("document", "standing", "region", "level")
_DAYS = ("begins", "ends")
_FIELDS = ("id", *_NAMES, *_DAYS, *FIELD_WEIGHTS)  # in the order of the schema
_TERM = re.compile(r'field=(\d+), type=Str, "(.*)"')
_BOOST = re.compile(r"Boost x([\d.e-]+)")
_HEAP = 64_000_000
Terms = Callable[[str], Mapping[str, float]]
_TIES = 16  # looked at beyond the limit, so that the ids decide which of equal clauses come first


class LexicalIndex:
    """Clauses found by the words they share with a question (implements `ClauseIndex`)."""

    def __init__(
        self, folder: Path, weights: Mapping[str, float] = FIELD_WEIGHTS, terms: Terms = weighted_terms
    ) -> None:
        """Open the index in `folder`, or begin an empty one.

        `weights` says what a field counts, `terms` gives a question's terms with what each counts.

        Raises:
            StoreDamagedError: the folder holds something that is no index.
        """
        with engine_errors(folder):
            self._schema = _schema()
            self._mirror = None if os.access(folder, os.W_OK) else mirror_of(folder)
            path = folder if self._mirror is None else self._mirror.name
            self._index = tantivy.Index(self._schema, path=str(path))
            self._index.config_reader("manual")
            self._index.reload()
        self._folder = folder
        self._weights = weights
        self._terms = terms

    def search(
        self, query: str, limit: int = 10, only: SearchFilter | None = None, added: Sequence[Added] = ()
    ) -> Sequence[Hit]:
        """Return the clauses that share most with the query, best first; `added` are synonyms' terms."""
        terms = self._weighted(query, added)
        if not terms or limit < 1:
            return ()
        with engine_errors(self._folder):
            searcher = self._index.searcher()
            found = searcher.search(self._query(terms, only), limit=limit + _TIES, count=False).hits
            ids = [searcher.doc(address)["id"][0] for _, address in found]
        hits = [Hit(name, score, (("lexical", score),)) for name, (score, _) in zip(ids, found, strict=True)]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.clause_id))[:limit])

    def matches(self, query: str, clause_id: str, added: Sequence[Added] = ()) -> tuple[Match, ...]:
        """Return what each term of a query adds to a clause's score, field by field, the most first."""
        terms = self._weighted(query, added)
        with engine_errors(self._folder):
            searcher = self._index.searcher()
            one = searcher.search(tantivy.Query.term_query(self._schema, "id", clause_id), limit=1).hits
            if not one or not terms:
                return ()
            told = self._query(terms, None).explain(searcher, one[0][1]).to_json()
        found = _matches(json.loads(told), 1.0)
        return tuple(sorted(found, key=lambda match: (-match.value, match.term, match.field)))

    def searcher(self) -> tantivy.Searcher:
        """Return tantivy's own searcher."""
        return self._index.searcher()

    def query_of(self, question: str) -> tantivy.Query:
        """Return the query that a question becomes."""
        return self._query(self._weighted(question, ()), None)

    def frequency(self, term: str) -> int:
        """Return how many clauses contain a term, in whichever field it is commonest."""
        searcher = self._index.searcher()
        return max(int(searcher.doc_freq(field, term)) for field in FIELD_WEIGHTS)

    def count(self) -> int:
        """Return how many clauses are kept."""
        return int(self._index.searcher().num_docs)

    def change(
        self, gone: Iterable[str], batches: Iterable[Sequence[Entry]], done: Callable[[int], None]
    ) -> None:
        """Delete clauses and add or replace others; `done` hears of each batch once it is safe on disk."""
        with engine_errors(self._folder):
            writer = self._index.writer(_HEAP, 1)
        with _released(writer):
            self._commit(writer, gone, ())
            for batch in batches:
                self._commit(writer, [entry.id for entry in batch], batch)
                done(len(batch))
        self._index.reload()

    def _commit(self, writer: tantivy.IndexWriter, gone: Iterable[str], new: Iterable[Entry]) -> None:
        with engine_errors(self._folder):
            for name in gone:
                writer.delete_documents_by_term("id", name)
            for entry in new:
                writer.add_document(_document(entry))
            writer.commit()

    def _weighted(self, query: str, added: Sequence[Added]) -> dict[str, float]:
        """Return the terms of a query, each with what it counts: a term only meant at its own weight."""
        return {one.term: one.weight for one in added} | dict(self._terms(query))

    def _query(self, terms: Mapping[str, float], only: SearchFilter | None) -> tantivy.Query:
        query, occur = tantivy.Query, tantivy.Occur
        wanted = query.boolean_query(
            [
                (
                    occur.Should,
                    query.boost_query(query.term_query(self._schema, field, term, "freq"), weight * of_field),
                )
                for term, weight in terms.items()
                for field, of_field in self._weights.items()
            ]
        )
        wider = narrowing(only)
        return wanted if wider is None else self._narrowed(wanted, wider)

    def _narrowed(self, wanted: tantivy.Query, only: Narrowing) -> tantivy.Query:
        query, must = tantivy.Query, tantivy.Occur.Must
        lists = {"document": only.documents, "region": only.regions, "level": only.levels}
        parts = [
            query.term_set_query(self._schema, name, list(values)) for name, values in lists.items() if values
        ]
        if only.cases:
            cases = [(tantivy.Occur.Should, self._case(case)) for case in only.cases]
            parts.append(query.boolean_query(cases))
        allowed = [(must, query.const_score_query(part, 0.0)) for part in parts]
        return query.boolean_query([(must, wanted), *allowed])

    def _case(self, case: Case) -> tantivy.Query:
        query, must = tantivy.Query, tantivy.Occur.Must
        standing = query.term_query(self._schema, "standing", case.standing.value, "basic")
        spans = (("begins", case.begins), ("ends", case.ends))
        ranges = [
            query.range_query(self._schema, name, tantivy.FieldType.Integer, *span) for name, span in spans
        ]
        return query.boolean_query([(must, part) for part in (standing, *ranges)])


def mirror_of(folder: Path) -> TemporaryDirectory[str]:
    """Return a folder of links to the files of an index that may not be written to.

    tantivy takes a lock in its folder even to read; here it may.
    """
    mirror = TemporaryDirectory(prefix="policy-index-")
    for file in folder.iterdir():
        if not file.name.endswith(".lock"):
            (Path(mirror.name) / file.name).symlink_to(file.resolve())
    return mirror


def _matches(node: Mapping[str, Any], boost: float) -> Iterator[Match]:
    """Give the terms in tantivy's explanation of a score: the sum of what they give is the score."""
    found = _TERM.search("".join(node.get("context", ())))
    if found:
        yield Match(found[2], _FIELDS[int(found[1])], float(node["value"]) * boost)
        return
    boosted = _BOOST.match(str(node.get("description", "")))
    for detail in node.get("details", ()):
        yield from _matches(detail, boost * float(boosted[1]) if boosted else boost)


@contextmanager
def _released(writer: tantivy.IndexWriter) -> Iterator[None]:
    """Let go of the writer's lock whatever happens; what was not committed is dropped."""
    try:
        yield
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in _NAMES:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in _DAYS:
        builder.add_integer_field(field, indexed=True, fast=True)
    for field in FIELD_WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    return tantivy.Document(
        id=[entry.id],
        **{name: [value] for name, value in entry.traits.as_fields().items()},
        title=[" ".join(tokens(entry.title))],
        headings=[" ".join(tokens(entry.headings))],
        body=[" ".join(tokens(entry.text))],
    )
