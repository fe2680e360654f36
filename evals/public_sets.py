"""Public Chinese question sets, read by path; nothing of them is kept in the project.

A folder holds `<set>.passages.jsonl.gz`, lines of {"id", "t": text}, and `<set>.queries.jsonl.gz`, lines of
{"q": question, "r": [ids of the passages that answer it]}. What is a test set is said here, once: training
leaves out its questions and the passages they point to.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.model.document import Clause, ClauseKind, ClausePath, PolicyDocument, SourceNature
from corpus.store import Corpus

# Name of a question set → name of the passages it searches.
TEST_SETS: Mapping[str, str] = {"cmrc_dev": "cmrc_dev", "drcd_test": "drcd_test", "stard_test": "stard"}
TRAINING_SETS: Mapping[str, str] = {
    "cmrc_train": "cmrc_train",
    "cmrc_trial": "cmrc_trial",
    "drcd_dev": "drcd_dev",
    "stard_train": "stard",
}
_ARTICLE = re.compile(
    r"(?P<law>.{2,120}?)(?P<label>第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十]+)?)\s"
)
# A law of one place begins with its name; any other holds in the whole country.
_LOCAL = re.compile(
    r"(?!中华人民|最高人民|中国|国务院).{1,9}?(?:省|市|自治区|自治州|自治县|特区|地区|县|区|州)"
)


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question and the ids of the passages any of which answers it."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A question set with everything it searches: texts by passage id."""

    name: str
    passages: Mapping[str, str]
    questions: tuple[PublicQuestion, ...]


def load_public_set(folder: Path, name: str) -> PublicSet:
    """Return a set by name, e.g. `stard_test` of /data.

    Raises:
        FileNotFoundError: the folder lacks one of its two files.
    """
    passages = {**TEST_SETS, **TRAINING_SETS}.get(name, name)
    return PublicSet(name, load_passages(folder, passages), load_questions(folder, name))


def with_fewer_passages(public: PublicSet, most: int, seed: int = 20261122) -> PublicSet:
    """Return a set with all its questions and their answers among at most so many passages, drawn by seed.

    >>> public = PublicSet("x", {"a": "1", "b": "2", "c": "3"}, (PublicQuestion("?", frozenset({"c"})),))
    >>> [len(with_fewer_passages(public, most).passages) for most in (1, 2, 9)]
    [1, 2, 3]
    >>> sorted(with_fewer_passages(public, 1).passages)
    ['c']
    """
    answers = {one for question in public.questions for one in question.relevant}
    others = [one for one in public.passages if one not in answers]
    drawn = random.Random(seed).sample(others, min(max(most - len(answers), 0), len(others)))
    kept = answers.union(drawn)
    return replace(public, passages={one: text for one, text in public.passages.items() if one in kept})


def load_passages(folder: Path, name: str) -> dict[str, str]:
    """Return the texts of a passage file, by id."""
    return {row["id"]: row["t"] for row in _rows(folder / f"{name}.passages.jsonl.gz")}


def load_questions(folder: Path, name: str) -> tuple[PublicQuestion, ...]:
    """Return the questions of a query file."""
    rows = _rows(folder / f"{name}.queries.jsonl.gz")
    return tuple(PublicQuestion(row["q"], frozenset(row["r"])) for row in rows)


def available_test_sets(folder: Path) -> tuple[str, ...]:
    """Return the names of the test sets a folder holds."""
    return tuple(name for name in TEST_SETS if (folder / f"{name}.queries.jsonl.gz").is_file())


def split_article(text: str) -> tuple[str, str, str]:
    """Return the law, the article's label and the rest of a statute article; empty where there are none.

    >>> split_article("中华人民共和国拍卖法第六十一条 拍卖人未说明瑕疵的,应当赔偿。")
    ('中华人民共和国拍卖法', '第六十一条', '拍卖人未说明瑕疵的,应当赔偿。')
    >>> split_article("锣鼓经是传统器乐常用的记谱方法。")
    ('', '', '锣鼓经是传统器乐常用的记谱方法。')
    """
    match = _ARTICLE.match(text)
    return (match["law"], match["label"], text[match.end() :].strip()) if match else ("", "", text)


def as_corpus(public: PublicSet) -> Corpus:
    """Return the passages as a corpus our own index can hold: laws as documents, articles as clauses.

    A clause keeps the whole passage as its text, and its id ends with the passage's id (`passage_id`).
    """
    grouped: dict[str, list[tuple[str, str, str]]] = {}
    for passage, text in public.passages.items():
        law, label, _ = split_article(text)
        grouped.setdefault(law, []).append((passage, label, text))
    documents = tuple(
        _document(f"{public.name.replace('_', '-')}-{number}", law, rows)
        for number, (law, rows) in enumerate(grouped.items())
    )
    digest = hashlib.sha256(json.dumps(dict(public.passages), sort_keys=True).encode()).hexdigest()
    return Corpus(documents, (), {}, (), (), digest)


def passage_id(clause_id: str) -> str:
    """Return the passage a clause of `as_corpus` was made of.

    >>> passage_id("stard-test-12/g54")
    'g54'
    """
    return clause_id.split("/", 1)[1]


def level_of(law: str) -> str | None:
    """Return how far a law reaches by its title; None where there is no title.

    >>> level_of("中华人民共和国拍卖法"), level_of("上海市劳动合同条例"), level_of("")
    ('national', 'local', None)
    """
    if not law:
        return None
    return "local" if _LOCAL.match(law) else "national"


def _document(slug: str, law: str, rows: list[tuple[str, str, str]]) -> PolicyDocument:
    clauses, start = [], 0
    for passage, label, text in rows:
        clauses.append(
            Clause(f"{slug}/{passage}", slug, ClausePath((passage,)), ClauseKind.ITEM, label, (), text, start)
        )
        start += len(text) + 1
    whole = "\n".join(text for _, _, text in rows)
    return PolicyDocument(slug, law, SourceNature.POLICY, whole, tuple(clauses), level=level_of(law))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
