"""Questions on any policies with annotated awards, made of the annotation's own words, judged by span.

A folder holds `manifest.jsonl` (lines of {"id", "title", "region", "noise"}), the texts as `<id>.txt`, and
`gold.jsonl`: lines of {"doc", "quote", "start", "condition", "base"…}. An award becomes a question where the
annotator wrote down whom it is for (`condition`) or what it is a share of (`base`), asked once with the title
of its document and once without; the others have no words of their own but the clause's. Texts made noisy on
purpose are left out: their clean sources are here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.model.document import Clause, PolicyDocument, SourceNature
from corpus.reading import Reading, read_file
from corpus.store import Corpus
from evals.retrieval_cases import Asked
from evals.train_embedding_pairs import letters

_MADE_NOISY = "SYNTHETIC"


@dataclass(frozen=True, slots=True)
class AnnotatedPolicies:
    """Documents of a folder beside those of a corpus, and the questions on them: titled, and without.

    `unplaced` counts the awards whose quote cannot be found again in the clauses read.
    """

    corpus: Corpus
    titled: tuple[Asked, ...]
    bare: tuple[Asked, ...]
    unplaced: int


def load_policies(folder: Path, beside: Corpus) -> AnnotatedPolicies:
    """Return the documents of a folder beside those of a corpus, and a question for each award with words."""
    told = {row["id"]: row for row in _rows(folder / "manifest.jsonl") if _MADE_NOISY not in row["noise"]}
    readings = {name: read_file(folder / f"{name}.txt", slug_of(name)) for name in told}
    corpus = replace(
        beside,
        documents=(*beside.documents, *(_document(told[name], readings[name]) for name in told)),
        digest=f"{beside.digest} and {folder}",
    )
    titled, bare, unplaced = list[Asked](), list[Asked](), 0
    for row in _rows(folder / "gold.jsonl"):
        if row["doc"] not in told or not (row["condition"] or row["base"]):
            continue
        right = _holding(row, readings[row["doc"]])
        if right:
            question = question_of(row)
            titled.append(Asked(f"《{told[row['doc']]['title']}》：{question}", right.__contains__))
            bare.append(Asked(question, right.__contains__))
        unplaced += not right
    return AnnotatedPolicies(corpus, tuple(titled), tuple(bare), unplaced)


def slug_of(name: str) -> str:
    """Return the slug of a document of the folder.

    >>> slug_of("46")
    'policy-46'
    """
    return f"policy-{name.lower()}"


def question_of(award: Mapping[str, Any]) -> str:
    """Return the question an award answers, in the annotator's words.

    >>> question_of({"condition": "众创空间", "base": None})
    '众创空间能给多少钱？'
    >>> question_of({"condition": None, "base": "年度担保额"})
    '按年度担保额的多少给补贴？'
    """
    if award["condition"]:
        return f"{award['condition']}能给多少钱？"
    return f"按{award['base']}的多少给补贴？"


def _holding(award: Mapping[str, Any], reading: Reading) -> frozenset[str]:
    """Return the clauses that hold half of an award's quote or more.

    The same words may stand in several places: the quote is the one with as many before it as in the source.
    """
    quote = letters(award["quote"])
    before = letters(reading.source[: award["start"]]).count(quote)
    spans = list(_spans(reading.clauses))
    whole = "".join(text for text, _, _ in spans)
    if whole.count(quote) != letters(reading.source).count(quote):
        return frozenset()
    start = -1
    for _ in range(before + 1):
        start = whole.find(quote, start + 1)
    if start < 0:
        return frozenset()
    end = start + len(quote)
    held = {clause.id: min(end, at + len(text)) - max(start, at) for text, at, clause in spans}
    return frozenset(name for name, many in held.items() if many * 2 >= len(quote))


def _spans(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, int, Clause]]:
    """Give the letters of each clause, where they begin among those of all, and the clause."""
    at = 0
    for clause in clauses:
        text = letters(clause.text)
        yield text, at, clause
        at += len(text)


def _document(told: Mapping[str, Any], reading: Reading) -> PolicyDocument:
    return PolicyDocument(
        slug_of(told["id"]),
        told["title"],
        SourceNature.POLICY,
        reading.text,
        reading.clauses,
        region=told["region"],
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
