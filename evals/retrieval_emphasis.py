"""How much numbers, Latin words and quoted names count in a question, beside their neighbours.

python -m evals.retrieval_emphasis DATA [--every N]

DATA is a folder of question sets (evals/public_sets.py). Words alone are searched: our development questions,
and the public training sets, of which every N-th question is asked. No test set is read. The gain is over
BM25 with every term alike, question by question, with the chance of so large a one were there no difference.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from assistant.adapters.entries import entries_of
from assistant.adapters.lexical_index import LexicalIndex, Terms
from assistant.retrieval.emphasis import QUOTED, WORD, plain_terms, weighted_terms
from corpus.store import Corpus, load_corpus
from evals.public_sets import TRAINING_SETS, as_corpus, load_public_set
from evals.retrieval import own_questions, public_questions
from evals.retrieval_cases import SUITE, Asked
from evals.retrieval_measures import DEPTH, gain, quality, rank_of
from evals.train_embedding_pairs import training_sets_in

_BATCH = 2000
_WORDS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
_QUOTES = (1.0, 1.25, 1.5, 2.0, 3.0)


def readings() -> Iterator[tuple[str, Terms]]:
    """Give each way to weigh the terms of a question, all alike first."""
    yield "all alike", plain_terms
    for word in _WORDS:
        yield f"word {word:g}, quoted {QUOTED:g}", partial(weighted_terms, word=word)
    for quoted in _QUOTES:
        yield f"word {WORD:g}, quoted {quoted:g}", partial(weighted_terms, quoted=quoted)


def report(name: str, corpus: Corpus, asked: Sequence[Asked], folder: Path) -> None:
    """Print a table of each way for the same questions."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = list(entries_of(corpus).values())
    LexicalIndex(folder).change(
        (), (entries[at : at + _BATCH] for at in range(0, len(entries), _BATCH)), lambda _done: None
    )
    sys.stdout.write(f"\n{name}：{len(asked)} 题\nMRR@10  多出     p       词的轻重\n")
    base: list[int] = []
    for way, terms in readings():
        index = LexicalIndex(folder, terms=terms)
        ranks = [rank_of(index.search(one.text, DEPTH), one.is_right) for one in asked]
        base = base or ranks
        more = gain(ranks, base)
        sys.stdout.write(f"{quality(ranks).mrr:.4f}  {more.by:+.4f}  {more.p:.4f}  {way}\n")
        sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="问句里数字、外文词与引号里的名字各算多重")
    parser.add_argument("data", type=Path, help="公开题集所在的文件夹")
    parser.add_argument("--every", type=int, default=3, help="公开题集每隔几题取一题")
    chosen = parser.parse_args(arguments)
    corpus = load_corpus()
    with tempfile.TemporaryDirectory() as folder:
        report(SUITE.stem, corpus, own_questions(corpus, SUITE), Path(folder) / "own")
        for name in training_sets_in(chosen.data):
            public = load_public_set(chosen.data, name)
            home = Path(folder) / TRAINING_SETS[name]
            report(name, as_corpus(public), public_questions(public)[:: chosen.every], home)


if __name__ == "__main__":
    main()
