"""Our own retrieval questions: each with the clauses any of which answers it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.retrieval.synonyms import Synonym, Synonyms
from corpus.store import Corpus, load_corpus

SUITES = Path(__file__).with_name("suites")
SUITE = SUITES / "retrieval-dev.jsonl"
TEST_SUITE = SUITES / "retrieval-test.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what tells a right clause of it."""

    text: str
    is_right: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the clauses any of which answers it, with the words that do, where they are given."""

    id: str
    question: str
    clauses: tuple[str, ...]
    quotes: tuple[str, ...] = ()


def load_cases(path: Path, corpus: Corpus) -> tuple[Case, ...]:
    """Return the questions of a suite.

    Raises:
        UnknownIdError: a clause does not exist.
        ValueError: a clause does not hold the words quoted from it.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_case(json.loads(line), corpus) for line in lines if line.strip())


def document_names() -> dict[str, tuple[str, ...]]:
    """Return how people call the documents, by slug (their `lexicon.yaml`)."""
    return {one.slug: one.says for one in load_corpus().glossary.documents}


def everyday_words() -> Synonyms:
    """Return what companies say for what the documents write (their `lexicon.yaml`)."""
    return Synonyms(Synonym(term.says, term.means) for term in load_corpus().glossary.terms)


def _case(row: dict[str, Any], corpus: Corpus) -> Case:
    evidence = row.get("evidence") or [{"clause": name} for name in row["clauses"]]
    for one in evidence:
        if one.get("quote", "") not in corpus.clause(one["clause"]).text:
            raise ValueError(f"{row['id']}: {one['clause']} does not hold {one['quote']!r}")
    return Case(
        row["id"],
        row["question"],
        tuple(corpus.clause(one["clause"]).id for one in evidence),
        tuple(one["quote"] for one in evidence if "quote" in one),
    )
