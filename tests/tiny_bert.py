"""A BERT of one layer and a few kilobytes, made where a test needs one: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def save_bert(folder: Path, kind: Any, characters: Iterable[str], **more: Any) -> Path:
    """Write a model of a kind of BERT that knows these characters; its weights are the same every time."""
    import torch
    from transformers import BertConfig, BertTokenizerFast

    known = [*_SPECIAL, *characters]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(known), "utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(known),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        **more,
    )
    kind(config).save_pretrained(folder)
    BertTokenizerFast(str(vocabulary)).save_pretrained(folder)
    return folder
