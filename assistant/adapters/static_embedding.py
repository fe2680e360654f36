"""The default embedding: our own table of word pieces, trained by `make train-embedding`, read with numpy.

A text is the mean of the rows of its word pieces. The folder loads in sentence-transformers and model2vec as
well; here neither is imported, nor torch: `tokenizers` and numpy give the same vectors (ADR 0011). The model
card beside the weights says what they were trained on, under which licence, and how well they do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.errors import EmbedderUnavailableError
from assistant.retrieval.tokens import informative
from corpus.reading.variants import simplified

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL = Path(__file__).with_name("static_embedding_model")
_BATCH = 1024


@dataclass(frozen=True, slots=True)
class _Table:
    """The model as read: pieces, and a row of int8 with a scale for each."""

    tokenizer: Tokenizer
    rows: NDArray[np.int8]
    scales: NDArray[np.float32]
    digest: str


class StaticEmbedder:
    """Word pieces averaged (implements `Embedder`); loaded when first needed, safe for threads once loaded.

    `dimensions` keeps only the first so many numbers of each vector: the training makes any of 256, 128 and
    64 serve alone (Matryoshka).
    """

    def __init__(self, folder: Path = MODEL, dimensions: int | None = None) -> None:
        """Name the model's folder; nothing is read yet."""
        self._folder = folder
        self._dimensions = dimensions

    @property
    def name(self) -> str:
        """Return what tells this model from any other: its length, and a digest of its files."""
        table = self._table
        return f"static-{self._dimensions or table.rows.shape[1]}-{table.digest}"

    def embed(self, texts: Sequence[str], is_query: bool = False) -> Sequence[Sequence[float]]:
        """Return one unit-length vector a text; of a query only its informative words count.

        Raises:
            EmbedderUnavailableError: the model's files are missing or damaged.
        """
        vectors: list[list[float]] = []
        for at in range(0, len(texts), _BATCH):
            plain = [simplified(text) for text in texts[at : at + _BATCH]]
            asked = [informative(text) for text in plain] if is_query else plain
            encodings = self._table.tokenizer.encode_batch_fast(asked, add_special_tokens=False)
            vectors.extend(self._vector(encoding.ids).tolist() for encoding in encodings)
        return vectors

    def _vector(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        table = self._table
        vector = table.scales[pieces] @ table.rows[pieces, : self._dimensions].astype(np.float32)
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector = np.zeros_like(vector)
            vector[0] = 1.0
            return vector
        return vector / np.float32(length)

    @cached_property
    def _table(self) -> _Table:
        from safetensors import SafetensorError
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        try:
            weights = (self._folder / "model.safetensors").read_bytes()
            pieces = (self._folder / "tokenizer.json").read_bytes()
            found = load(weights)
            digest = hashlib.blake2b(weights + pieces, digest_size=4).hexdigest()
            return _Table(Tokenizer.from_buffer(pieces), found["embeddings"], found["weights"], digest)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise EmbedderUnavailableError(
                f"无法读取内置向量模型：{self._folder}（{error}）。请重新安装本程序，"
                "或用 make train-embedding DATA=… 重新训练。"
            ) from error
