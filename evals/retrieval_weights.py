"""Choose how much the vectors of an embedding count beside the words, and print every weight's neighbours.

python -m evals.retrieval_weights DATA                                  the built-in embedding
python -m evals.retrieval_weights DATA --embedding MODEL --write FILE   any other, and keep its weight

DATA is a folder of question sets. The weight is chosen on our development questions and on those questions
of the public training sets that our embedding has not seen; no test set is read. To use a weight kept for a
model of your own, write it to `dense_weights.yaml` in the data directory (POLICY_DATA_DIR).
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

from assistant.adapters.embeddings import load_embedder
from assistant.adapters.hybrid_index import HybridIndex
from assistant.adapters.lexical_index import FIELD_WEIGHTS, LexicalIndex
from assistant.adapters.retrievers import Retrievers
from assistant.ports import Embedder
from assistant.retrieval.dense_weights import weights_for
from assistant.retrieval.fusion import KIND_PRIOR, Weights
from corpus.model.document import ClauseKind
from corpus.store import Corpus, load_corpus
from evals.exact_retrievers import build_retrievers
from evals.public_sets import TRAINING_SETS, PublicSet, as_corpus, load_passages, passage_id
from evals.retrieval_cases import SUITE, document_names, load_cases
from evals.retrieval_measures import DEPTH, quality, rank_of
from evals.train_embedding_pairs import calibration_questions, forbidden_in, training_sets_in

GRID = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
_MOST = 400


@dataclass(frozen=True, slots=True)
class Trial:
    """A set of questions with the retrievers they are asked of."""

    name: str
    corpus: Corpus
    retrievers: Retrievers
    questions: tuple[tuple[str, frozenset[str]], ...]
    names: Mapping[str, Sequence[str]] | None = None

    def mrr(self, weights: Weights) -> float:
        """Return the mean reciprocal rank under some weights."""
        index = HybridIndex(self.corpus, lambda _anew: self.retrievers, weights, self.names)
        return quality(
            [rank_of(index.search(asked, DEPTH), right.__contains__) for asked, right in self.questions]
        ).mrr


def trials(data: Path, embedder: Embedder, folder: Path) -> Iterator[Trial]:
    """Give our development questions, and the public ones the embedding has not seen."""
    corpus = load_corpus()
    cases = load_cases(SUITE, corpus)
    own = tuple((case.question, frozenset(case.clauses)) for case in cases)
    yield Trial("own", corpus, build_retrievers(corpus, folder / "own", embedder), own, document_names())
    forbidden = forbidden_in(data)
    for name in training_sets_in(data):
        public = as_corpus(PublicSet(name, load_passages(data, TRAINING_SETS[name]), ()))
        ids = {passage_id(clause.id): clause.id for clause in public.clauses}
        asked = tuple(
            (one.text, frozenset(ids[passage] for passage in one.relevant))
            for one in calibration_questions(data, name, forbidden)[:_MOST]
        )
        yield Trial(name, public, build_retrievers(public, folder / name, embedder), asked)


def choose(table: Mapping[float, Mapping[str, float]]) -> float:
    """Return the weight with the best mean over the sets among those that make no set worse than words alone.

    >>> choose({0.0: {"a": 0.5, "b": 0.9}, 0.5: {"a": 0.6, "b": 0.9}, 1.0: {"a": 0.8, "b": 0.8}})
    0.5
    """
    base = table[0.0]
    safe = [weight for weight in table if all(table[weight][name] >= base[name] - 0.002 for name in base)]
    return max(safe, key=lambda weight: (sum(table[weight].values()), -weight))


def neighbours(trial: Trial, now: Weights, folder: Path) -> Iterator[tuple[str, float]]:
    """Give the other weights of fields and fusion, one changed at a time; the words' index is in `folder`."""
    for name in ("headings", "title"):
        for value in (0.0, 0.1, 0.2, 0.4):
            words = LexicalIndex(folder, {**FIELD_WEIGHTS, name: value})
            yield (
                f"{name} 字段 {value:g}",
                replace(trial, retrievers=Retrievers(words, trial.retrievers.dense)).mrr(now),
            )
    for named in (0.0, 0.15, 0.3, 0.6):
        yield f"点名文件加权 {named:g}", trial.mrr(replace(now, named=named))
    yield "不分条款种类", trial.mrr(replace(now, prior=dict.fromkeys(ClauseKind, 1.0)))
    for kind in (ClauseKind.QUESTION, ClauseKind.BACKGROUND, ClauseKind.PREAMBLE, ClauseKind.HEADING):
        for value in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
            changed = replace(now, prior={**KIND_PRIOR, kind: value})
            yield f"{kind.value} 系数 {value:g}", trial.mrr(changed)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the weights beside their neighbours; with --write keep the one chosen."""
    parser = argparse.ArgumentParser(description="校准向量在融合里的权重")
    parser.add_argument("data", type=Path, help="公开题集所在的文件夹")
    parser.add_argument("--embedding", default=None, help="模型名或路径，或 hashed；默认用内置模型")
    parser.add_argument("--write", type=Path, help="把选定的权重写进这个文件")
    parser.add_argument("--neighbours", action="store_true", help="同时列出融合的其他权重")
    chosen = parser.parse_args(arguments)
    embedder = load_embedder(chosen.embedding)
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        asked = list(trials(chosen.data, embedder, Path(folder)))
        say(
            f"{embedder.name}\n权重   "
            + "".join(f"{one.name}({len(one.questions)})  " for one in asked)
            + "\n"
        )
        table = {weight: _line(weight, asked, say) for weight in GRID}
        best = choose(table)
        say(f"选定：{best:g}（现用 {weights_for(embedder.name).dense:g}）\n")
        if chosen.neighbours:
            for name, value in neighbours(asked[0], replace(Weights(), dense=best), Path(folder) / "own"):
                say(f"{value:.4f}  {name}\n")
    if chosen.write:
        _keep(chosen.write, embedder.name, best, {"words": table[0.0], "fused": table[best]})


def _line(weight: float, asked: Sequence[Trial], say: Callable[[str], object]) -> dict[str, float]:
    found = {one.name: one.mrr(replace(Weights(), dense=weight)) for one in asked}
    say(f"{weight:<5g} " + "".join(f"{value:.4f}  " for value in found.values()) + "\n")
    return found


def _keep(path: Path, name: str, weight: float, figures: Mapping[str, Mapping[str, float]]) -> None:
    rounded = {key: {one: round(value, 4) for one, value in row.items()} for key, row in figures.items()}
    entry = {
        "match": re.escape(name),
        "dense": weight,
        "written_on": date.today().isoformat(),
        "figures": rounded,
    }
    data = {"command": "python -m evals.retrieval_weights DATA --write FILE", "weights": [entry]}
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
