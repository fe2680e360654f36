"""What Chroma's graph misses beside comparing all vectors, and what smaller numbers on the sheet cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.chroma_collection import ChromaCollection, collection_name
from assistant.adapters.embeddings import load_embedder
from assistant.adapters.vector_sheet import VectorSheet
from corpus.store import Corpus
from evals.bench_retrieval.scale import questions_of
from evals.bench_retrieval.texts import Texts, corpus_of
from evals.bench_retrieval.timing import load_average, timed

WIDTHS = (100, 400, 200)  # the last is the one in force (assistant/adapters/chroma_collection.py)
_NEAREST = 50
_BLOCK = 4096
Products = Callable[[], NDArray[Any]]


def measure_graph(texts: Texts, home: Path) -> dict[str, Any]:
    """Return how many of the nearest the graph of an index built in `home` finds, at each width."""
    embedder = load_embedder(None)
    built = next((home / "vectors").glob("*/chroma")).parent
    sheet = VectorSheet(built / "sheet")
    graph = ChromaCollection(collection_name(embedder.name), built / "chroma")
    asked = [embedder.embed([question], is_query=True)[0] for question in questions_of(_corpus(texts))]
    nearest = [[name for name, _ in sheet.nearest(vector, _NEAREST)] for vector in asked]
    return {
        "clauses": sheet.count(),
        "load": load_average(),
        "n": len(asked),
        "widths": {str(width): _at(width, graph, asked, nearest) for width in WIDTHS},
        "numbers": {str(rows): numbers(rows) for rows in (10_000, 40_000)},
    }


def _corpus(texts: Texts) -> Corpus:
    return corpus_of(iter(texts.real), "real")


def _at(
    width: int, graph: ChromaCollection, asked: Sequence[Sequence[float]], nearest: Sequence[Sequence[str]]
) -> dict[str, float]:
    graph.configure(ef_search=width)

    def ask(vector: Sequence[float]) -> list[str]:
        got = graph.opened.query(query_embeddings=[list(vector)], n_results=_NEAREST, include=[])
        return list(got["ids"][0])

    found = [ask(vector) for vector in asked]
    return {
        "recall@10": round(recall(found, nearest, 10), 3),
        "recall@50": round(recall(found, nearest, _NEAREST), 3),
        "cpu_ms": timed([partial(ask, vector) for vector in asked]).cpu,
    }


def recall(found: Sequence[Sequence[str]], nearest: Sequence[Sequence[str]], most: int) -> float:
    """Return the share of the truly nearest that were found.

    >>> recall([["a", "c"]], [["a", "b"]], 2)
    0.5
    """
    shares = [
        len(set(got[:most]) & set(true[:most])) / most for got, true in zip(found, nearest, strict=True)
    ]
    return sum(shares) / len(shares)


def numbers(rows: int, dimensions: int = 256, runs: int = 30) -> Mapping[str, float]:
    """Return the processor time of comparing all rows, by the kind of their numbers."""
    draw = np.random.default_rng(0)
    table = draw.standard_normal((rows, dimensions)).astype(np.float32)
    asked = draw.standard_normal(dimensions).astype(np.float32)
    small, asked_small = (np.rint(one * 30).clip(-127, 127).astype(np.int8) for one in (table, asked))
    half = table.astype(np.float16)
    ways: dict[str, Products] = {
        "float32": lambda: np.einsum("ij,j->i", table, asked),
        "int8, widened": lambda: _widened(small, asked),
        "int8, as int32": lambda: np.einsum("ij,j->i", small, asked_small, dtype=np.int32),
        "float16, widened": lambda: _widened(half, asked),
    }
    return {name: timed([way] * runs).cpu for name, way in ways.items()}


def _widened(rows: NDArray[Any], asked: NDArray[np.float32]) -> NDArray[np.float32]:
    blocks = (rows[at : at + _BLOCK].astype(np.float32) for at in range(0, len(rows), _BLOCK))
    return np.concatenate([np.einsum("ij,j->i", block, asked) for block in blocks])
