"""Does search find the clause that answers? Words alone, vectors alone, fused, and looked at again.

python -m evals.retrieval                    our own questions on the five documents, dev and test apart
python -m evals.retrieval --public DIR       the public test sets in DIR as well (minutes: 136,000 articles)
python -m evals.retrieval --policies DIR     policies with annotated awards, beside the five documents
python -m evals.retrieval --embedding MODEL  the same with a sentence-transformers model, or `hashed`
python -m evals.retrieval --misses           also lists the dev questions whose clause is not first

Every line is of the product's own index. The interval is that of the mean; the gain is over words alone,
question by question, with the chance of so large a one were there no difference.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.adapters.embeddings import load_embedder
from assistant.adapters.hybrid_index import HybridIndex
from assistant.adapters.lexical_index import LexicalIndex
from assistant.adapters.retrievers import Retrievers
from assistant.ports import ClauseIndex, Embedder
from assistant.retrieval.dense_weights import weights_for
from assistant.retrieval.emphasis import plain_terms
from assistant.retrieval.ranking import load_ranker
from corpus.store import Corpus, load_corpus
from evals.exact_retrievers import build_retrievers
from evals.public_sets import PublicSet, as_corpus, available_test_sets, load_public_set, passage_id
from evals.retrieval_cases import (
    SUITE,
    TEST_SUITE,
    Asked,
    Case,
    document_names,
    everyday_words,
    load_cases,
)
from evals.retrieval_measures import DEPTH, gain, quality, rank_of
from evals.retrieval_policies import load_policies

__all__ = ["SUITE", "TEST_SUITE", "Case", "Score", "load_cases", "score"]


@dataclass(frozen=True, slots=True)
class Score:
    """Mean reciprocal rank within ten, and how often a right clause is first, or among five."""

    mrr: float
    first: float
    among_five: float
    misses: tuple[str, ...]


def score(index: ClauseIndex, cases: Sequence[Case]) -> Score:
    """Return how well an index does on our own questions."""
    ranks = [rank_of(index.search(case.question, DEPTH), case.clauses.__contains__) for case in cases]
    return Score(
        quality(ranks).mrr,
        sum(rank == 1 for rank in ranks) / len(cases),
        sum(0 < rank <= 5 for rank in ranks) / len(cases),
        tuple(f"{case.id} {case.question}" for case, rank in zip(cases, ranks, strict=True) if rank != 1),
    )


def ways(
    corpus: Corpus, folder: Path, retrievers: Retrievers, embedder: Embedder, is_own: bool
) -> Iterator[tuple[str, ClauseIndex]]:
    """Give each way to search a corpus whose words are in `folder`, plain BM25 first."""
    names = document_names() if is_own else None
    weights = weights_for(embedder.name)
    yield "关键词（BM25）", LexicalIndex(folder, terms=plain_terms)
    yield "关键词，词有轻重", retrievers.lexical
    yield "语义向量", retrievers.dense
    yield "融合", HybridIndex(corpus, lambda _anew: retrievers, weights, names)
    if is_own:
        yield (
            "融合＋俗称（现用）",
            HybridIndex(corpus, lambda _anew: retrievers, weights, names, everyday_words()),
        )
    yield (
        "融合＋二次排序",
        HybridIndex(corpus, lambda _anew: retrievers, weights, names, ranker=load_ranker()),
    )


def own_questions(corpus: Corpus, path: Path) -> list[Asked]:
    """Return the questions of one of our own suites.

    A clause is right when it is listed; where the suite quotes words, also when it holds one of the quotes.
    """
    return [Asked(case.question, _right_for(case, corpus)) for case in load_cases(path, corpus)]


def _right_for(case: Case, corpus: Corpus) -> Callable[[str], bool]:
    def is_right(clause_id: str) -> bool:
        text = corpus.clause(clause_id).text
        return clause_id in case.clauses or any(quote in text for quote in case.quotes)

    return is_right


def public_questions(public: PublicSet) -> list[Asked]:
    """Return the questions of a public set."""
    return [
        Asked(one.text, lambda clause_id, right=one.relevant: passage_id(clause_id) in right)  # type: ignore[misc]
        for one in public.questions
    ]


def report(name: str, questions: Sequence[Asked], indexes: Sequence[tuple[str, ClauseIndex]]) -> None:
    """Print a table of each way to search for the same questions."""
    sys.stdout.write(f"\n{name}：{len(questions)} 题\n")
    sys.stdout.write("R@1    R@3    R@10   MRR@10 [95%区间]      比BM25 [95%区间]        p       方法\n")
    base: list[int] = []
    for way, index in indexes:
        ranks = [rank_of(index.search(one.text, DEPTH), one.is_right) for one in questions]
        base = base or ranks
        found, more = quality(ranks), gain(ranks, base)
        sys.stdout.write(
            f"{found.first:.3f}  {found.three:.3f}  {found.ten:.3f}  "
            f"{found.mrr:.4f} [{found.low:.3f},{found.high:.3f}]  "
            f"{more.by:+.4f} [{more.low:+.3f},{more.high:+.3f}]  {more.p:.4f}  {way}\n"
        )
        sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description="检索评测：关键词、向量、融合、二次排序并列")
    parser.add_argument("--public", type=Path, help="公开题集所在的文件夹")
    parser.add_argument("--policies", type=Path, help="带奖补标注的政策文件夹（evals/retrieval_policies.py）")
    parser.add_argument("--embedding", default=None, help="模型名或路径，或 hashed；默认用内置模型")
    parser.add_argument("--misses", action="store_true", help="列出没有排在第一的开发题")
    chosen = parser.parse_args(arguments)
    embedder = load_embedder(chosen.embedding)
    sys.stdout.write(f"向量模型：{embedder.name}\n")
    corpus = load_corpus()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "own"
        retrievers = build_retrievers(corpus, home, embedder)
        indexes = list(ways(corpus, home, retrievers, embedder, is_own=True))
        for path in (SUITE, TEST_SUITE):
            report(path.stem, own_questions(corpus, path), indexes)
        if chosen.misses:
            found = score(indexes[-1][1], load_cases(SUITE, corpus))
            sys.stdout.write("".join(f"  {miss}\n" for miss in found.misses))
        if chosen.policies:
            policies = load_policies(chosen.policies, corpus)
            home = Path(folder) / "policies"
            retrievers = build_retrievers(policies.corpus, home, embedder)
            indexes = list(ways(policies.corpus, home, retrievers, embedder, is_own=True))
            size = f"{len(policies.corpus.clauses)} 条，另有 {policies.unplaced} 处引文对不上"
            report(f"政策标注，题中写明文件（{size}）", policies.titled, indexes)
            report(f"政策标注，题中不写文件（{size}）", policies.bare, indexes)
        for name in available_test_sets(chosen.public) if chosen.public else ():
            public = load_public_set(chosen.public, name)
            whole = as_corpus(public)
            home = Path(folder) / name
            retrievers = build_retrievers(whole, home, embedder)
            report(
                name, public_questions(public), list(ways(whole, home, retrievers, embedder, is_own=False))
            )


if __name__ == "__main__":
    main()
