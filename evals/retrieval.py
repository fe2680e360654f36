"""Does search find the clause that answers? Every weight of the index beside its neighbours.

python -m evals.retrieval                     the development questions, built-in embedding
python -m evals.retrieval --embedding PATH    the same with a sentence-transformers model
python -m evals.retrieval --misses            also lists the questions whose clause is not first
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.adapters.chroma_index import ChromaIndex
from assistant.adapters.embeddings import load_embedder
from assistant.adapters.entries import entries_of
from assistant.adapters.index import HybridIndex, Sides
from assistant.adapters.lexical_index import FIELD_WEIGHTS, LexicalIndex
from assistant.ports import ClauseIndex, Hit, SearchFilter
from assistant.retrieval.fusion import KIND_PRIOR, Weights
from corpus.model.document import ClauseKind
from corpus.store import Corpus, load_corpus

SUITE = Path(__file__).with_name("suites") / "retrieval-dev.jsonl"
_DEPTH = 10
_RRF_K = 60


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the clauses any of which answers it."""

    id: str
    question: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Mean reciprocal rank within ten, and how often a right clause is first, or among five."""

    mrr: float
    first: float
    among_five: float
    misses: tuple[str, ...]


class EqualRanks:
    """Reciprocal rank fusion with equal weights: not used, printed to show why."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the clauses by the sum of their reciprocal ranks."""
        total: dict[str, float] = {}
        for side in (self._sides.lexical, self._sides.dense):
            for rank, hit in enumerate(side.search(query, 50, only), 1):
                total[hit.clause_id] = total.get(hit.clause_id, 0.0) + 1 / (_RRF_K + rank)
        ranked = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Hit(name, score) for name, score in ranked[:limit]]


def load_cases(path: Path, corpus: Corpus) -> tuple[Case, ...]:
    """Return the questions of a suite; a clause that does not exist raises `UnknownIdError`."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Case(row["id"], row["question"], tuple(corpus.clause(name).id for name in row["clauses"]))
        for row in rows
    )


def score(index: ClauseIndex, cases: Sequence[Case]) -> Score:
    """Return how well an index does on the questions."""
    ranks = [_rank(index.search(case.question, _DEPTH), case.clauses) for case in cases]
    return Score(
        sum(1 / rank for rank in ranks if rank) / len(cases),
        sum(rank == 1 for rank in ranks) / len(cases),
        sum(0 < rank <= 5 for rank in ranks) / len(cases),
        tuple(f"{case.id} {case.question}" for case, rank in zip(cases, ranks, strict=True) if rank != 1),
    )


def _rank(hits: Iterable[Hit], right: Sequence[str]) -> int:
    """Return the rank of the first right clause, 0 where there is none."""
    return next((rank for rank, hit in enumerate(hits, 1) if hit.clause_id in right), 0)


def build_sides(corpus: Corpus, folder: Path, embedding: str | None) -> Sides:
    """Return both sides of an index, built in `folder`."""
    (folder / "words").mkdir()
    (folder / "vectors").mkdir()
    sides = Sides(LexicalIndex(folder / "words"), ChromaIndex(folder / "vectors", load_embedder(embedding)))
    entries = list(entries_of(corpus).values())
    for side in (sides.lexical, sides.dense):
        side.change((), [entries], lambda _done: None)
    return sides


def variants(corpus: Corpus, sides: Sides, folder: Path) -> Iterator[tuple[str, ClauseIndex]]:
    """Give each index to compare: the parts alone, then one weight changed at a time from those in force."""

    def fused(weights: Weights, fields: Mapping[str, float] = FIELD_WEIGHTS) -> ClauseIndex:
        own = Sides(LexicalIndex(folder / "words", fields), sides.dense)
        return HybridIndex(corpus, lambda _anew: own, weights)

    now = Weights()
    yield "关键词（BM25，字+双字）", sides.lexical
    yield "语义向量", sides.dense
    yield "等权倒数排名融合（对照，不采用）", EqualRanks(sides)
    yield "现用权重", fused(now)
    for dense in (0.0, 0.05, 0.1, 0.25, 0.5, 1.0):
        yield f"  向量权重 {dense:g}", fused(replace(now, dense=dense))
    for named in (0.0, 0.15, 0.3, 0.6):
        yield f"  点名文件加权 {named:g}", fused(replace(now, named=named))
    yield "  不分条款种类", fused(replace(now, prior=dict.fromkeys(ClauseKind, 1.0)))
    for kind in (ClauseKind.QUESTION, ClauseKind.BACKGROUND, ClauseKind.PREAMBLE, ClauseKind.HEADING):
        for value in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
            yield f"  {kind.value} 系数 {value:g}", fused(replace(now, prior={**KIND_PRIOR, kind: value}))
    for name in ("headings", "title"):
        for value in (0.0, 0.1, 0.2, 0.4):
            yield f"  {name} 字段 {value:g}", fused(now, {**FIELD_WEIGHTS, name: value})


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="检索评测：每个权重都与相邻取值并列")
    parser.add_argument("--suite", type=Path, default=SUITE, help="题集（每行 id、question、clauses）")
    parser.add_argument(
        "--embedding", default=None, help="sentence-transformers 模型名或路径；默认用内置模型"
    )
    parser.add_argument("--misses", action="store_true", help="列出现用权重下没有排在第一的题")
    chosen = parser.parse_args(arguments)
    corpus = load_corpus()
    cases = load_cases(chosen.suite, corpus)
    with tempfile.TemporaryDirectory() as folder:
        sides = build_sides(corpus, Path(folder), chosen.embedding)
        sys.stdout.write(f"{chosen.suite.name}：{len(cases)} 题，{len(corpus.clauses)} 条\n")
        sys.stdout.write("MRR@10  第一  前五\n")
        for name, index in variants(corpus, sides, Path(folder)):
            result = score(index, cases)
            sys.stdout.write(f"{result.mrr:.4f}  {result.first:.3f}  {result.among_five:.3f}  {name}\n")
            if chosen.misses and name == "现用权重":
                sys.stdout.write("".join(f"          {miss}\n" for miss in result.misses))


if __name__ == "__main__":
    main()
