"""A sentence-transformers model made on the spot: every character a fixed vector of sixteen numbers."""

from __future__ import annotations

from pathlib import Path

from tests.texts import TEXTS


def save_tiny_model(folder: Path, seed: int = 0) -> Path:
    """Write a working static model to `folder` and return it. Imports torch, which takes seconds."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    torch.manual_seed(seed)
    characters = sorted(set("".join(title + text for title, text in TEXTS.values())))
    words = {"[UNK]": 0, **{character: number for number, character in enumerate(characters, 1)}}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)], device="cpu")
    model.save(str(folder))
    return folder
