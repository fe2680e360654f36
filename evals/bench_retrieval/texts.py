"""Clauses to measure with: real ones first, then new ones made of real sentences, always the same.

A folder of public sets gives 136,000 statute articles; without one the sentences of the five documents are
drawn upon from the start, and the report says so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.model.document import Clause, ClauseKind, ClausePath, PolicyDocument, SourceNature
from corpus.store import Corpus, load_corpus
from evals.public_sets import load_passages

PER_DOCUMENT = 25
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_REAL = "stard"


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of clauses: `real` as they are, the rest made of sentences of the real ones."""

    real: tuple[str, ...]

    def first(self, count: int) -> Iterator[str]:
        """Give the first `count` texts."""
        yield from self.real[:count]
        draw = random.Random(20261122)
        sentences = [one for text in self.real[:20_000] for one in _SENTENCE.findall(text) if len(one) > 5]
        for _ in range(count - len(self.real)):
            yield "".join(draw.choices(sentences, k=draw.randint(2, 5)))


def load_texts(data: Path | None) -> Texts:
    """Return the statute articles of a folder, or the clauses of the corpus where none is given."""
    if data is not None and (data / f"{_REAL}.passages.jsonl.gz").is_file():
        return Texts(tuple(load_passages(data, _REAL).values()))
    return Texts(tuple(clause.text for clause in load_corpus().clauses))


def corpus_of(texts: Iterator[str], name: str) -> Corpus:
    """Return texts as a corpus of documents of 25 clauses each."""
    documents, rows = list[PolicyDocument](), list[str]()
    for text in texts:
        rows.append(text)
        if len(rows) == PER_DOCUMENT:
            documents.append(_document(len(documents), rows))
            rows = []
    if rows:
        documents.append(_document(len(documents), rows))
    return Corpus(tuple(documents), (), {}, (), (), name)


def _document(number: int, rows: list[str]) -> PolicyDocument:
    slug, clauses, start = f"d{number}", [], 0
    for at, text in enumerate(rows, 1):
        path = ClausePath((str(at),))
        clauses.append(Clause(f"{slug}/{at}", slug, path, ClauseKind.ITEM, f"第{at}条", (), text, start))
        start += len(text) + 1
    level = ("national", "city", "district")[number % 3]
    region = ("", "上海市", "上海市长宁区")[number % 3]
    return PolicyDocument(
        slug, f"第{number}号规定", SourceNature.POLICY, "", tuple(clauses), region=region, level=level
    )


def with_one_changed(corpus: Corpus, sentence: str) -> Corpus:
    """Return the corpus with a sentence added to every clause of its middle document."""
    at = len(corpus.documents) // 2
    old = corpus.documents[at]
    clauses = tuple(replace(clause, text=clause.text + sentence) for clause in old.clauses)
    documents = (*corpus.documents[:at], replace(old, clauses=clauses), *corpus.documents[at + 1 :])
    return replace(corpus, documents=documents, digest=f"{corpus.digest} changed")
