"""Ours and the peers on the same questions: recall, MRR with its interval, and whether the gap is chance."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from assistant.adapters.embeddings import load_embedder
from assistant.adapters.hybrid_index import HybridIndex
from assistant.adapters.lexical_index import LexicalIndex
from assistant.adapters.retrievers import Retrievers
from assistant.ports import Embedder, Hit
from assistant.retrieval.dense_weights import weights_for
from assistant.retrieval.emphasis import plain_terms
from assistant.retrieval.ranking import PAYS_FROM, load_ranker
from corpus.store import Corpus, load_corpus
from evals.bench_retrieval.peers import PEERS, quietly
from evals.exact_retrievers import build_retrievers
from evals.public_sets import (
    PublicSet,
    as_corpus,
    available_test_sets,
    load_public_set,
    with_fewer_passages,
)
from evals.retrieval import own_questions, public_questions
from evals.retrieval_cases import SUITE, TEST_SUITE, Asked, document_names, everyday_words
from evals.retrieval_measures import DEPTH, gain, quality, rank_of
from evals.retrieval_policies import load_policies

ALLOWED_S = 240.0  # a peer's building and answering of one set; what was answered by then is compared


class Searches(Protocol):
    """What is scored."""

    def search(self, query: str, limit: int = DEPTH) -> Sequence[Hit]:
        """Return the clauses, best first."""


def compare(
    data: Path | None,
    policies: Path | None,
    allowed_s: float = ALLOWED_S,
    only: Sequence[str] = (),
    most_passages: int | None = None,
) -> list[dict[str, Any]]:
    """Return a row for each set (or each of `only`) and each way to search, printed as they come.

    With `most_passages` a public set keeps its questions and answers among so many passages, the same for
    every way.
    """
    embedder, corpus, rows = load_embedder(None), load_corpus(), list[dict[str, Any]]()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        retrievers = build_retrievers(corpus, home / "own", embedder)
        for path in (path for path in (SUITE, TEST_SUITE) if not only or path.stem in only):
            asked = own_questions(corpus, path)
            rows += _compared(
                path.stem, corpus, _own(corpus, home / "own", retrievers, embedder, True), asked, allowed_s
            )
        if policies is not None and (not only or "policies" in only):
            read = load_policies(policies, corpus)
            retrievers = build_retrievers(read.corpus, home / "policies", embedder)
            own = _own(read.corpus, home / "policies", retrievers, embedder, True)
            rows += _compared("policies-titled", read.corpus, own, read.titled, allowed_s)
            rows += _compared("policies-bare", read.corpus, own, read.bare, allowed_s)
        for public in _public_sets(data, only, most_passages):
            whole = as_corpus(public)
            retrievers = build_retrievers(whole, home / public.name, embedder)
            own = _own(whole, home / public.name, retrievers, embedder, False)
            rows += _compared(public.name, whole, own, public_questions(public), allowed_s)
    return rows


def _public_sets(data: Path | None, only: Sequence[str], most: int | None) -> Iterator[PublicSet]:
    if data is None:
        return
    for name in available_test_sets(data):
        if not only or name in only:
            public = load_public_set(data, name)
            yield with_fewer_passages(public, most) if most else public


def _own(
    corpus: Corpus, folder: Path, retrievers: Retrievers, embedder: Embedder, is_own: bool
) -> dict[str, Searches]:
    weights = weights_for(embedder.name)
    names, synonyms = (document_names(), everyday_words()) if is_own else (None, None)
    ranker = load_ranker() if len(corpus.clauses) >= PAYS_FROM else None
    ranked = HybridIndex(corpus, lambda _anew: retrievers, weights, names, synonyms, ranker)
    return {"本系统": ranked, "只用关键词（本系统的 BM25）": LexicalIndex(folder, terms=plain_terms)}


def _compared(
    name: str, corpus: Corpus, own: Mapping[str, Searches], asked: Sequence[Asked], allowed_s: float
) -> list[dict[str, Any]]:
    texts = {clause.id: clause.text for clause in corpus.clauses}
    embedder, rows, base = load_embedder(None), list[dict[str, Any]](), list[int]()
    sys.stdout.write(f"\n{name}：{len(asked)} 题，{len(texts)} 条\n")
    sys.stdout.write(
        "R@1    R@3    R@10   MRR@10 [95%区间]      本系统高出 [95%区间]     p      题数  秒  方法\n"
    )
    for way in (*own, *PEERS):
        begun = time.monotonic()
        index = own.get(way) or quietly(partial(PEERS[way], texts, embedder))
        ranks = _ranks(index, asked, begun + allowed_s)
        if not ranks:
            rows.append({"set": name, "way": way, "n": 0, "note": f"{allowed_s:g} 秒内没有建完"})
            sys.stdout.write(f"（{allowed_s:g} 秒内没有建完）{way}\n")
            continue
        base = base or ranks
        rows.append(_row(name, way, ranks, base[: len(ranks)], time.monotonic() - begun))
    return rows


def _ranks(index: Searches, asked: Sequence[Asked], until: float) -> list[int]:
    ranks = []
    for one in asked:
        if time.monotonic() > until:
            break
        ranks.append(rank_of(index.search(one.text, DEPTH), one.is_right))
    return ranks


def _row(name: str, way: str, ranks: list[int], ours: list[int], took: float) -> dict[str, Any]:
    found, ahead = quality(ranks), gain(ours, ranks)
    sys.stdout.write(
        f"{found.first:.3f}  {found.three:.3f}  {found.ten:.3f}  "
        f"{found.mrr:.4f} [{found.low:.3f},{found.high:.3f}]  "
        f"{ahead.by:+.4f} [{ahead.low:+.3f},{ahead.high:+.3f}]  {ahead.p:.4f}  "
        f"{found.n:4d}  {took:4.0f}  {way}\n"
    )
    sys.stdout.flush()
    return {
        "set": name,
        "way": way,
        "n": found.n,
        "recall@1": round(found.first, 4),
        "recall@3": round(found.three, 4),
        "recall@10": round(found.ten, 4),
        "mrr@10": round(found.mrr, 4),
        "mrr_interval": [round(found.low, 4), round(found.high, 4)],
        "ours_ahead": round(ahead.by, 4),
        "ours_ahead_interval": [round(ahead.low, 4), round(ahead.high, 4)],
        "p": round(ahead.p, 4),
        "seconds": round(took, 1),
    }
