"""Train the default embedding anew: a static table of word pieces, minutes on two cores.

python -m evals.train_embedding DATA [--out FOLDER]

DATA is a folder of question sets (evals/public_sets.py). The result loads in sentence-transformers and in
model2vec alike: rows of int8 with a scale each, which model2vec calls `weights`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.store import load_corpus
from evals.train_embedding_pairs import (
    Pair,
    cloze_pairs,
    corpus_pairs,
    forbidden_in,
    question_pairs,
    title_pairs,
    training_texts,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

OUT = Path(__file__).parents[1] / "assistant" / "adapters" / "static_embedding_model"
_UNKNOWN = "[UNK]"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a training depends on beside its data."""

    words: int = 32_000
    texts_for_words: int = 30_000
    longest_word: int = 2
    dimensions: int = 256
    matryoshka: tuple[int, ...] = (256, 128, 64)
    passes: int = 6
    batch: int = 512
    rate: float = 0.02
    scale: float = 20.0
    clozes: int = 40_000
    titles: int = 10_000
    own_times: int = 6
    seed: int = 20261122


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from: texts for the vocabulary, pairs for the vectors."""

    texts: list[str]
    pairs: list[Pair]
    counts: dict[str, int]


def gather(folder: Path, recipe: Recipe) -> Material:
    """Return the training material of a folder and of the documents of the package."""
    forbidden = forbidden_in(folder)
    corpus = load_corpus()
    texts = training_texts(folder, forbidden)
    parts = {
        "questions": question_pairs(folder, forbidden),
        "clozes": cloze_pairs(texts, recipe.clozes, recipe.seed),
        "titles": title_pairs(texts, recipe.titles, recipe.seed),
        "own": corpus_pairs(corpus) * recipe.own_times,
    }
    own = [clause.text for clause in corpus.clauses]
    some = random.Random(recipe.seed).sample(texts, min(recipe.texts_for_words, len(texts)))
    counts = {name: len(part) for name, part in parts.items()}
    return Material(own + some, [pair for part in parts.values() for pair in part], counts)


def train_tokenizer(texts: Sequence[str], recipe: Recipe) -> Tokenizer:
    """Return byte-pair pieces of Chinese words and whole other words, width and case folded."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import BPE
    from tokenizers.normalizers import NFKC, Lowercase
    from tokenizers.normalizers import Sequence as Normalizers
    from tokenizers.pre_tokenizers import Sequence as Cuts
    from tokenizers.pre_tokenizers import Split
    from tokenizers.trainers import BpeTrainer

    tokenizer = Tokenizer(BPE(unk_token=_UNKNOWN))
    tokenizer.normalizer = Normalizers([NFKC(), Lowercase()])
    tokenizer.pre_tokenizer = Cuts(
        [Split(Regex(r"[^\p{L}\p{N}]+"), "removed"), Split(Regex(r"\p{Han}+|\d+"), "isolated")]
    )
    trainer = BpeTrainer(
        vocab_size=recipe.words,
        special_tokens=[_UNKNOWN],
        max_token_length=recipe.longest_word,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer, length=len(texts))
    return tokenizer


def initial_vectors(tokenizer: Tokenizer, texts: Sequence[str], recipe: Recipe) -> NDArray[np.float32]:
    """Return a random direction a word piece, as long as it is rare: a start that already counts words."""
    seen = np.zeros(tokenizer.get_vocab_size())
    for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False):
        seen[np.unique(encoding.ids)] += 1
    rarity = np.log(1 + len(texts) / (1 + seen))
    directions = np.random.default_rng(recipe.seed).standard_normal((len(seen), recipe.dimensions))
    vectors = directions / np.sqrt(recipe.dimensions) * rarity[:, None]
    vectors[tokenizer.token_to_id(_UNKNOWN)] = 0.0
    return np.asarray(vectors, dtype=np.float32)


def fit(model: SentenceTransformer, pairs: Sequence[Pair], recipe: Recipe) -> list[float]:
    """Move the vectors so that each question is nearest to its own passage; return the loss of each pass."""
    import torch
    from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss

    torch.manual_seed(recipe.seed)
    loss = MatryoshkaLoss(
        model, MultipleNegativesRankingLoss(model, scale=recipe.scale), list(recipe.matryoshka)
    )
    sides = [_tokenized(model, [pair[side] for pair in pairs]) for side in (0, 1)]
    steps = -(-len(pairs) // recipe.batch) * recipe.passes
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, steps)
    chance = random.Random(recipe.seed)
    losses = []
    for _ in range(recipe.passes):
        order = list(range(len(pairs)))
        chance.shuffle(order)
        total = 0.0
        for at in range(0, len(order), recipe.batch):
            chosen = _distinct(order[at : at + recipe.batch], pairs)
            value = loss([_features(side, chosen) for side in sides], torch.arange(len(chosen)))
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            schedule.step()
            total += float(value.detach()) * len(chosen)
        losses.append(total / len(order))
    return losses


def _distinct(chosen: Sequence[int], pairs: Sequence[Pair]) -> list[int]:
    """Return those of a batch that share no question and no passage: none is a wrong answer to another."""
    questions: set[str] = set()
    passages: set[str] = set()
    kept = []
    for at in chosen:
        question, passage = pairs[at]
        if question not in questions and passage not in passages:
            kept.append(at)
            questions.add(question)
            passages.add(passage)
    return kept


def _tokenized(model: SentenceTransformer, texts: list[str]) -> list[NDArray[np.int64]]:
    encodings = model[0].tokenizer.encode_batch_fast(texts, add_special_tokens=False)
    return [np.asarray(encoding.ids or [0], dtype=np.int64) for encoding in encodings]


def _features(side: Sequence[NDArray[np.int64]], chosen: Sequence[int]) -> dict[str, Any]:
    import torch

    rows = [side[at] for at in chosen]
    offsets = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return {"input_ids": torch.from_numpy(np.concatenate(rows)), "offsets": torch.from_numpy(offsets)}


def save(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write the model so that sentence-transformers, model2vec and our own reader load it."""
    from safetensors.numpy import save as to_bytes

    folder.mkdir(parents=True, exist_ok=True)
    vectors = vectors.copy()
    vectors[tokenizer.token_to_id(_UNKNOWN)] = 0.0  # model2vec leaves it out; so it must say nothing anywhere
    scale = np.abs(vectors).max(axis=1) / 127
    rows = np.rint(vectors / np.where(scale == 0, 1, scale)[:, None]).astype(np.int8)
    (folder / "model.safetensors").write_bytes(
        to_bytes({"embeddings": rows, "weights": scale.astype(np.float32)})
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write(folder / "config.json", {"normalize": True, "embedding_dtype": "int8", "max_length": None})
    kind = "sentence_transformers.models"
    modules = [("0", ".", f"{kind}.StaticEmbedding"), ("1", "1_Normalize", f"{kind}.Normalize")]
    _write(
        folder / "modules.json",
        [{"idx": int(name), "name": name, "path": path, "type": of} for name, path, of in modules],
    )


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def train(folder: Path, out: Path, recipe: Recipe) -> dict[str, Any]:
    """Train on a folder of question sets and write the model; return what was done."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    started = time.perf_counter()
    material = gather(folder, recipe)
    tokenizer = train_tokenizer(material.texts, recipe)
    vectors = initial_vectors(tokenizer, material.texts, recipe)
    cut = time.perf_counter()
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=vectors)], device="cpu")
    losses = fit(model, material.pairs, recipe)
    save(out, tokenizer, model[0].embedding.weight.detach().numpy())
    done = {
        "recipe": asdict(recipe),
        "pairs": material.counts,
        "words": tokenizer.get_vocab_size(),
        "losses": [round(loss, 4) for loss in losses],
        "seconds": {
            "words": round(cut - started, 1),
            "vectors": round(time.perf_counter() - cut, 1),
        },
    }
    _write(out / "training.json", done)
    return done


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and say what was done."""
    parser = argparse.ArgumentParser(description="训练内置的静态向量模型")
    parser.add_argument("data", type=Path, help="题集所在的文件夹（*.passages.jsonl.gz、*.queries.jsonl.gz）")
    parser.add_argument("--out", type=Path, default=OUT, help="模型写到哪个文件夹")
    chosen = parser.parse_args(arguments)
    done = train(chosen.data, chosen.out, Recipe())
    sys.stdout.write(json.dumps(done, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
