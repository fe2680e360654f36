"""The lexical engines side by side over the same tokens: tantivy, bm25s, SQLite FTS5."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Any

from assistant.adapters.entries import CorpusSource, Entry
from assistant.adapters.lexical_index import LexicalIndex
from assistant.retrieval.tokens import informative, tokens
from evals.bench_retrieval.scale import questions_of
from evals.bench_retrieval.texts import PER_DOCUMENT, Texts, corpus_of
from evals.bench_retrieval.timing import (
    load_average,
    megabytes_in_memory,
    megabytes_on_disk,
    seconds,
    timed,
)

_QUESTIONS = 60
_SEARCH = "SELECT id FROM clauses WHERE clauses MATCH ? ORDER BY rank LIMIT 50"


def compare_engines(count: int, texts: Texts, home: Path) -> dict[str, Any]:
    """Return building, memory, disk, update and question times of each engine for `count` clauses."""
    corpus = corpus_of(texts.first(count), str(count))
    entries = [entry for document in CorpusSource(corpus).documents() for entry in document.entries()]
    questions = questions_of(corpus, _QUESTIONS)
    cut_s, cut = seconds(lambda: [list(tokens(entry.text)) for entry in entries])
    found: dict[str, Any] = {"clauses": count, "load": load_average(), "cutting_s": round(cut_s, 1)}
    for name, engine in {"tantivy": _tantivy, "bm25s": _bm25s, "SQLite FTS5": _fts5}.items():
        gc.collect()
        folder = home / name.split()[0]
        rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        before = megabytes_in_memory()
        build_s, (search, update) = seconds(partial(engine, entries, cut, folder))
        times = timed([partial(search, question) for question in questions])
        held = round(megabytes_in_memory() - before, 1)
        update_s, _ = seconds(update)
        found[name] = {
            "build_s": round(build_s, 1),
            "memory_mb": held,
            "disk_mb": megabytes_on_disk(folder),
            "p50_ms": times.p50,
            "p95_ms": times.p95,
            "cpu_ms": times.cpu,
            "n": times.n,
            "update_one_document_s": round(update_s, 2),
        }
    return found


Engine = tuple[Callable[[str], object], Callable[[], object]]


def _tantivy(entries: Sequence[Entry], _cut: Sequence[list[str]], folder: Path) -> Engine:
    index = LexicalIndex(folder, {"body": 1.0})
    index.change((), _batches(entries), lambda _done: None)
    some = [list(entries[:PER_DOCUMENT])]
    return lambda question: index.search(question, 50), lambda: index.change((), some, lambda _done: None)


def _bm25s(entries: Sequence[Entry], cut: Sequence[list[str]], folder: Path) -> Engine:
    import bm25s

    def build() -> Any:
        made = bm25s.BM25()
        made.index(cut, show_progress=False)
        made.save(str(folder))
        return made

    index = build()
    most = min(50, len(entries))
    return (
        lambda question: index.retrieve([list(_terms(question))], k=most, show_progress=False),
        build,  # it has no other way to change a document
    )


def _fts5(entries: Sequence[Entry], cut: Sequence[list[str]], folder: Path) -> Engine:
    database = sqlite3.connect(folder / "fts.db")
    database.execute("CREATE VIRTUAL TABLE clauses USING fts5(id UNINDEXED, words, tokenize='unicode61')")
    rows = [(entry.id, " ".join(words)) for entry, words in zip(entries, cut, strict=True)]

    def put(some: Sequence[tuple[str, str]]) -> None:
        with database:
            database.executemany("INSERT INTO clauses VALUES (?, ?)", some)

    def update() -> None:
        with database:
            database.execute("DELETE FROM clauses WHERE rowid <= ?", (PER_DOCUMENT,))
        put(rows[:PER_DOCUMENT])

    put(rows)

    def search(question: str) -> object:
        return database.execute(_SEARCH, (" OR ".join(f'"{term}"' for term in _terms(question)),)).fetchall()

    return search, update


def _terms(question: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tokens(informative(question)))) or ("无",)


def _batches(entries: Sequence[Entry], size: int = 2000) -> Iterator[Sequence[Entry]]:
    for at in range(0, len(entries), size):
        yield entries[at : at + size]
