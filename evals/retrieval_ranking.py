"""Fit the weights of the reranking (assistant/retrieval/ranking.yaml) and say how well they do, held out.

python -m evals.retrieval_ranking DATA [--write]

DATA is a folder of question sets (evals/public_sets.py). Learned from: our development questions, and those
questions of the public training sets that the embedding has not seen (evals/train_embedding_pairs.py). What
is printed of our own questions is held out, document by document: the weights that rank the questions on one
document have seen none of them. No test set is read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.adapters.embeddings import load_embedder
from assistant.adapters.hybrid_index import HybridIndex
from assistant.ports import Embedder
from assistant.retrieval.dense_weights import weights_for
from assistant.retrieval.ranking import FEATURES, WEIGHTS, features
from corpus.store import Corpus, load_corpus
from evals.exact_retrievers import build_retrievers
from evals.public_sets import TRAINING_SETS, PublicSet, as_corpus, load_passages, passage_id
from evals.retrieval_cases import SUITE, document_names, load_cases
from evals.train_embedding_pairs import calibration_questions, forbidden_in, training_sets_in

_MOST = 2000  # questions of one set
_STRENGTH = 100.0  # what a whole set weighs beside the penalty on large weights
_PENALTY = 1.0
_STEPS = 200
_SMALL = 1e-6
_NOTE = """# 二次排序的权重，由下面的命令写成，勿手改。
# figures：MRR@10，fused 只做融合，ranked 二次排序；都是留出的成绩（自己的题按文件留出，公开题按题集留出）。
"""
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates, best of the fusion first: features, and which of them answer it."""

    document: str
    rows: Vector
    right: NDArray[np.bool_]

    @property
    def teaches(self) -> bool:
        """Tell whether some candidates answer and others do not."""
        return bool(self.right.any() and not self.right.all())


def examples_of(index: HybridIndex, questions: Iterable[tuple[str, frozenset[str]]]) -> list[Example]:
    """Return the candidates of each question; answers are clause ids."""
    found = []
    for question, answers in questions:
        pool = index.candidates(question)
        rows = [features(pool.query_terms, one) for one in pool.candidates]
        found.append(
            Example(
                min(answers).split("/", 1)[0],
                np.array([[row[name] for name in FEATURES] for row in rows]).reshape(
                    len(rows), len(FEATURES)
                ),
                np.array([one.clause_id in answers for one in pool.candidates], dtype=bool),
            )
        )
    return found


def fit(sets: Mapping[str, Sequence[Example]]) -> Vector:
    """Return the weights under which the right candidates are likeliest, each set counting the same.

    A conditional logistic model with a penalty on large weights, fitted by Newton steps that are halved until
    they help: the result is the same on every machine.
    """
    data = _stacked(sets)
    weights = np.zeros(len(FEATURES))
    loss, slope, bend = _loss(weights, data)
    for _ in range(_STEPS):
        step = np.linalg.solve(bend, slope)
        new = _loss(weights - step, data)
        while new[0] > loss and float(np.abs(step).max()) > _SMALL:
            step = step / 2
            new = _loss(weights - step, data)
        if float(np.abs(step).max()) <= _SMALL:
            break
        weights = weights - step
        loss, slope, bend = new
    return weights


@dataclass(frozen=True, slots=True)
class _Stacked:
    """All candidates, one below the other; `starts`: where a question begins, `owner`: whose each is."""

    rows: Vector
    right: Vector
    starts: NDArray[np.int64]
    owner: NDArray[np.int64]
    shares: Vector


def _stacked(sets: Mapping[str, Sequence[Example]]) -> _Stacked:
    taught = [[one for one in examples if one.teaches] for examples in sets.values()]
    every = [one for examples in taught for one in examples]
    sizes = [len(one.rows) for one in every]
    return _Stacked(
        np.concatenate([one.rows for one in every]),
        np.concatenate([one.right for one in every]).astype(float),
        np.cumsum([0, *sizes[:-1]]),
        np.repeat(np.arange(len(every)), sizes),
        np.array([_STRENGTH / len(examples) for examples in taught for _ in examples]),
    )


def _loss(weights: Vector, data: _Stacked) -> tuple[float, Vector, Vector]:
    """Return the loss, its gradient, and a curvature that is never too small (that of all candidates)."""
    scores = data.rows @ weights
    parts = np.exp(scores - np.maximum.reduceat(scores, data.starts)[data.owner])
    whole = np.add.reduceat(parts, data.starts)
    of_right = np.maximum(np.add.reduceat(parts * data.right, data.starts), 1e-300)
    loss = float(data.shares @ np.log(whole / of_right)) + _PENALTY / 2 * float(weights @ weights)
    share = data.shares[data.owner]
    chances = parts / whole[data.owner]
    wrong_by = chances - parts * data.right / of_right[data.owner]
    slope = data.rows.T @ (share * wrong_by) + _PENALTY * weights
    means = np.add.reduceat(data.rows * chances[:, None], data.starts)
    spread = (data.rows * (share * chances)[:, None]).T @ data.rows
    bend = spread - (means * data.shares[:, None]).T @ means + _PENALTY * np.eye(len(weights))
    return loss, slope, bend


def reciprocal_ranks(examples: Sequence[Example], weights: Vector | None) -> Vector:
    """Return 1 / rank of the first right candidate within ten, by the weights or in the fusion's order."""
    found = []
    for example in examples:
        scores = example.rows @ weights if weights is not None else -np.arange(len(example.rows), dtype=float)
        order = np.argsort(-scores, kind="stable")[:10]
        at = np.flatnonzero(example.right[order])
        found.append(1 / (1 + int(at[0])) if len(at) else 0.0)
    return np.array(found)


def held_out(own: Sequence[Example], public: Mapping[str, Sequence[Example]]) -> Vector:
    """Return the reciprocal ranks of our questions, each by weights that saw none on its document."""
    found = np.zeros(len(own))
    for document in sorted({one.document for one in own}):
        rest = [one for one in own if one.document != document]
        weights = fit({**public, "own": rest})
        chosen = [at for at, one in enumerate(own) if one.document == document]
        found[chosen] = reciprocal_ranks([own[at] for at in chosen], weights)
    return found


def own_examples(corpus: Corpus, embedder: Embedder, folder: Path) -> list[Example]:
    """Return the development questions with their candidates."""
    retrievers = build_retrievers(corpus, folder, embedder)
    index = HybridIndex(corpus, lambda _anew: retrievers, weights_for(embedder.name), document_names())
    cases = load_cases(SUITE, corpus)
    return examples_of(index, ((case.question, frozenset(case.clauses)) for case in cases))


def public_examples(data: Path, name: str, embedder: Embedder, folder: Path) -> list[Example]:
    """Return the questions of a public training set that the embedding has not seen."""
    questions = calibration_questions(data, name, forbidden_in(data))[:_MOST]
    corpus = as_corpus(PublicSet(name, load_passages(data, TRAINING_SETS[name]), ()))
    clauses = {passage_id(clause.id): clause.id for clause in corpus.clauses}
    retrievers = build_retrievers(corpus, folder, embedder)
    index = HybridIndex(corpus, lambda _anew: retrievers, weights_for(embedder.name))
    return examples_of(
        index, ((one.text, frozenset(clauses[name] for name in one.relevant)) for one in questions)
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print, and with --write keep."""
    parser = argparse.ArgumentParser(description="拟合二次排序的权重，并按留出的文件报告效果")
    parser.add_argument("data", type=Path, help="公开题集所在的文件夹")
    parser.add_argument(
        "--embedding", default=None, help="sentence-transformers 模型名或路径；默认用内置模型"
    )
    parser.add_argument("--write", type=Path, nargs="?", const=WEIGHTS, help="写入权重文件")
    chosen = parser.parse_args(arguments)
    embedder = load_embedder(chosen.embedding)
    with tempfile.TemporaryDirectory() as folder:
        own = own_examples(load_corpus(), embedder, Path(folder) / "own")
        public = {
            name: public_examples(chosen.data, name, embedder, Path(folder) / name)
            for name in training_sets_in(chosen.data)
        }
    figures = {
        "own_held_out_by_document": _figures(reciprocal_ranks(own, None), held_out(own, public)),
        **{
            name: _figures(
                reciprocal_ranks(examples, None), reciprocal_ranks(examples, _without(name, own, public))
            )
            for name, examples in public.items()
        },
    }
    weights = fit({**public, "own": own})
    data = {
        "command": "python -m evals.retrieval_ranking DATA --write",
        "written_on": date.today().isoformat(),
        "embedder": embedder.name,
        "questions": {"own": len(own), **{name: len(examples) for name, examples in public.items()}},
        "figures": figures,
        "weights": {
            name: round(float(weight), 3)
            for name, weight in zip(FEATURES, weights, strict=True)
            if abs(weight) > 0.0005
        },
    }
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    sys.stdout.write(text)
    if chosen.write:
        chosen.write.write_text(_NOTE + text, encoding="utf-8")


def _without(name: str, own: Sequence[Example], public: Mapping[str, Sequence[Example]]) -> Vector:
    """Return the weights that every set but one gives."""
    return fit({"own": own, **{other: examples for other, examples in public.items() if other != name}})


def _figures(fused: Vector, ranked: Vector) -> dict[str, float]:
    return {"n": len(fused), "fused": round(float(fused.mean()), 4), "ranked": round(float(ranked.mean()), 4)}


if __name__ == "__main__":
    main()
