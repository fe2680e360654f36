"""How the index grows: building, sizes, memory, updating; questions side by side with the bare engines.

A build is kept in the folder given and goes on where it was, so that a large one can be made in parts.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from assistant.adapters.chroma_index import ChromaIndex
from assistant.adapters.embeddings import load_embedder
from assistant.adapters.entries import CorpusSource
from assistant.adapters.hybrid_index import HybridIndex
from assistant.adapters.index_store import IndexStore
from assistant.adapters.lexical_index import LexicalIndex
from assistant.adapters.retrievers import Retrievers
from assistant.ports import Embedder, SearchFilter
from corpus.store import Corpus
from evals.bench_retrieval.texts import Texts, corpus_of, with_one_changed
from evals.bench_retrieval.timing import (
    load_average,
    megabytes_in_memory,
    megabytes_on_disk,
    seconds,
    timed,
)

QUESTIONS = 200
_CHANGED = "本条另行补充说明。"


class OutOfTimeError(Exception):
    """Raised from a build's progress when its time is up; what is done stays done."""


class Clock:
    """Tells how far a build is, and stops it when its time is up."""

    def __init__(self, allowed_s: float) -> None:
        self._ends = time.monotonic() + allowed_s
        self._told = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Note progress; raise when there is no time left."""
        if time.monotonic() - self._told > 15:
            self._told = time.monotonic()
            sys.stderr.write(f"  {done:,} / {total:,}\n")
        if time.monotonic() > self._ends:
            raise OutOfTimeError


def measure(count: int, texts: Texts, home: Path, allowed_s: float) -> dict[str, Any]:
    """Return every figure for an index of `count` clauses, built in `home`."""
    embedder = load_embedder(None)
    corpus = corpus_of(texts.first(count), f"{count} of {len(texts.real)}")
    gc.collect()
    before = megabytes_in_memory()
    found: dict[str, Any] = {"clauses": count, "real": min(count, len(texts.real)), "load": load_average()}
    words, vectors = index_stores(home, embedder)
    found["build"], retrievers = _built(corpus, words, vectors, allowed_s)
    found["disk_mb"] = {name: megabytes_on_disk(home / name) for name in ("words", "vectors")}
    index = HybridIndex(corpus, lambda _anew: retrievers)
    questions = questions_of(corpus)
    found["query"] = _queried(index, retrievers, embedder, questions)
    found["memory_mb"] = round(megabytes_in_memory() - before, 1)
    found["update_s"] = _updated(corpus, words, vectors)
    return found


def measure_words(count: int, texts: Texts, home: Path, allowed_s: float) -> dict[str, Any]:
    """Return the figures of the lexical retriever alone, for sizes whose vectors take too long here."""
    before_corpus = megabytes_in_memory()
    corpus = corpus_of(texts.first(count), f"{count} of {len(texts.real)}")
    gc.collect()
    before = megabytes_in_memory()
    words, _ = index_stores(home, load_embedder(None))
    build_s, lexical = seconds(lambda: words.open(CorpusSource(corpus), Clock(allowed_s)))
    questions = questions_of(corpus)
    queries = [lexical.query_of(question) for question in questions]
    searcher = lexical.searcher()
    return {
        "clauses": count,
        "real": min(count, len(texts.real)),
        "load": load_average(),
        "corpus_memory_mb": round(before - before_corpus, 1),
        "build_words_s": round(build_s, 1),
        "disk_mb": megabytes_on_disk(home / "words"),
        "memory_mb": round(megabytes_in_memory() - before, 1),
        "bare tantivy": _each(lambda at: searcher.search(queries[at], limit=50, count=False), len(queries)),
        "words": _each(lambda at: lexical.search(questions[at], 50), len(questions)),
    }


def index_stores(home: Path, embedder: Embedder) -> tuple[IndexStore[LexicalIndex], IndexStore[ChromaIndex]]:
    """Return the two stores of an index in a folder."""
    words = IndexStore(home / "words", "bench", LexicalIndex, batch=2000)
    vectors = IndexStore(home / "vectors", "bench", lambda folder: ChromaIndex(folder, embedder), most=2048)
    return words, vectors


def questions_of(corpus: Corpus, count: int = QUESTIONS) -> list[str]:
    """Return questions of about 16 characters cut from clauses here and there."""
    draw = random.Random(7)
    chosen = (draw.choice(draw.choice(corpus.documents).clauses).text for _ in range(count))
    return [text[(at := draw.randrange(max(len(text) - 16, 1))) : at + 16] for text in chosen]


def _built(
    corpus: Corpus, words: IndexStore[LexicalIndex], vectors: IndexStore[ChromaIndex], allowed_s: float
) -> tuple[dict[str, Any], Retrievers]:
    clock, source = Clock(allowed_s), CorpusSource(corpus)
    words_s, lexical = seconds(lambda: words.open(source, clock))
    vectors_s, dense = seconds(lambda: vectors.open(source, clock))
    rates = {"words_s": round(words_s, 1), "vectors_s": round(vectors_s, 1)}
    rates["clauses_per_s"] = round(len(corpus.clauses) / max(words_s + vectors_s, 0.001))
    return rates, Retrievers(lexical, dense)


def _queried(
    index: HybridIndex, retrievers: Retrievers, embedder: Embedder, questions: Sequence[str]
) -> dict[str, dict[str, float]]:
    vectors = [embedder.embed([question], is_query=True)[0] for question in questions]
    timings = {
        "embedding": _each(lambda at: embedder.embed([questions[at]], is_query=True), len(questions)),
        **dict(_bare(retrievers, questions, vectors)),
        "words": _each(lambda at: retrievers.lexical.search(questions[at], 50), len(questions)),
        "vectors": _each(lambda at: retrievers.dense.search(questions[at], 50), len(questions)),
        "hybrid": _each(lambda at: index.search(questions[at]), len(questions)),
    }
    for name, only in FILTERS.items():
        timings[f"hybrid, {name}"] = _narrowed(index, questions[:100], only)
    return timings


def _narrowed(index: HybridIndex, questions: Sequence[str], only: SearchFilter) -> dict[str, float]:
    return _each(lambda at: index.search(questions[at], 10, only), len(questions))


FILTERS = {
    "one document": SearchFilter(documents=("d7",)),
    "a third (level)": SearchFilter(levels=("city",)),
    "two thirds (region)": SearchFilter(regions=("上海市长宁区",)),
}


def _bare(
    retrievers: Any, questions: Sequence[str], vectors: Sequence[Sequence[float]]
) -> Iterator[tuple[str, dict[str, float]]]:
    """Give the engines without anything of ours around: the floor."""
    lexical, dense = retrievers.lexical, retrievers.dense
    queries = [lexical.query_of(question) for question in questions]
    searcher = lexical.searcher()
    yield "bare tantivy", _each(lambda at: searcher.search(queries[at], limit=50, count=False), len(queries))
    table, asked = dense.sheet.vectors, vectors
    yield "bare numpy product", _each(lambda at: _top(table, asked[at]), min(len(asked), 50))
    collection = dense.collection
    listed = [list(vector) for vector in vectors]
    yield (
        "bare Chroma",
        _each(
            lambda at: collection.query(query_embeddings=[listed[at]], n_results=50, include=["distances"]),
            len(listed),
        ),
    )
    yield (
        "bare tantivy, then bare Chroma",
        _each(
            lambda at: (
                searcher.search(queries[at], limit=50, count=False),
                collection.query(query_embeddings=[listed[at]], n_results=50, include=["distances"]),
            ),
            len(listed),
        ),
    )
    where = {"level": {"$in": ["city"]}}
    yield (
        "bare Chroma, where a third",
        _each(
            lambda at: collection.query(
                query_embeddings=[listed[at]], n_results=50, include=["distances"], where=where
            ),
            5,
        ),
    )


def _top(table: Any, vector: Sequence[float]) -> Any:
    import numpy as np

    scores = table @ np.asarray(vector, dtype=np.float32)
    return np.argpartition(-scores, min(50, len(scores) - 1))[:50]


def _each(call: Callable[[int], object], count: int) -> dict[str, float]:
    times = timed([partial(call, at) for at in range(count)])
    return {"p50_ms": times.p50, "p95_ms": times.p95, "cpu_ms": times.cpu, "n": times.n}


def _updated(
    corpus: Corpus, words: IndexStore[LexicalIndex], vectors: IndexStore[ChromaIndex]
) -> dict[str, float]:
    """Change one document and change it back, in a program that has both stores open; return the seconds."""
    changed = CorpusSource(with_one_changed(corpus, _CHANGED))
    worked = time.process_time()
    words_s, _ = seconds(lambda: words.open(changed, lambda *_: None))
    vectors_s, _ = seconds(lambda: vectors.open(changed, lambda *_: None))
    worked = time.process_time() - worked
    for index_store in (words, vectors):
        index_store.open(CorpusSource(corpus), lambda *_: None)
    return {
        "words": round(words_s, 3),
        "vectors": round(vectors_s, 3),
        "together": round(words_s + vectors_s, 3),
        "cpu": round(worked, 3),
    }
