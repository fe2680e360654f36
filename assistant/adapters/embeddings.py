"""Embedding models behind the port `Embedder`: the built-in ones, and any sentence-transformers model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from assistant.adapters.errors import EmbedderUnavailableError
from assistant.adapters.hashed_embedding import HashedEmbedder
from assistant.adapters.model_files import load_model
from assistant.adapters.static_embedding import StaticEmbedder
from assistant.ports import Embedder
from corpus.strict_yaml import read_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "EmbedderUnavailableError",
    "HashedEmbedder",
    "ModelUse",
    "SentenceTransformerEmbedder",
    "StaticEmbedder",
    "load_embedder",
    "usual_use",
]

_USES = Path(__file__).with_name("embedding_models.yaml")
HASHED = "hashed"


@dataclass(frozen=True, slots=True)
class ModelUse:
    """How a model wants to be used; None leaves it to the model itself.

    The instructions are put before questions and passages. `max_length` (tokens) cuts longer texts, `device`
    is cuda, mps, cpu or any torch device; None takes the best there is. `batch` texts are embedded at once.
    """

    query_instruction: str | None = None
    passage_instruction: str | None = None
    max_length: int | None = None
    device: str | None = None
    batch: int = 32


class SentenceTransformerEmbedder:
    """A sentence-transformers model, from the hub or a local path, loaded when first needed.

    Without instructions, the prompts the model itself brings for queries and documents are used.
    """

    def __init__(self, model: str, use: ModelUse | None = None) -> None:
        """Name the model and its use; nothing is loaded or downloaded yet."""
        self._model_name = model
        self._use = use or ModelUse()
        self._model: SentenceTransformer | None = None
        self._loading = Lock()

    @property
    def name(self) -> str:
        """Return the model with what changes its vectors; for a local model also what its files are."""
        use = self._use
        parts = [
            self._model_name,
            use.query_instruction or "",
            _fingerprint(Path(self._model_name).expanduser()),
        ]
        if use.passage_instruction or use.max_length:
            parts += [use.passage_instruction or "", str(use.max_length)]
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
        return f"{Path(self._model_name).name}-{digest}"

    def embed(self, texts: Sequence[str], is_query: bool = False) -> Sequence[Sequence[float]]:
        """Return one unit-length vector a text.

        Raises:
            EmbedderUnavailableError: the model cannot be loaded.
        """
        if not texts:
            return []
        model = self._loaded()
        encode = model.encode_query if is_query else model.encode_document
        vectors = encode(
            list(texts),
            prompt=self._use.query_instruction if is_query else self._use.passage_instruction,
            batch_size=self._use.batch,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return [[float(number) for number in vector] for vector in vectors]

    def _loaded(self) -> SentenceTransformer:
        with self._loading:
            if self._model is None:
                self._model = load_model(self._model_name, "向量模型", "POLICY_EMBEDDING_MODEL", self._open)
            return self._model

    def _open(self, path: str, is_offline: bool) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(path, device=self._use.device, local_files_only=is_offline)
        longest, wanted = model.max_seq_length, self._use.max_length
        if wanted is not None and longest is not None and wanted < longest < float("inf"):
            model.max_seq_length = wanted
        return model


def load_embedder(
    setting: str | None,
    query_instruction: str | None = None,
    *,
    max_length: int | None = None,
    device: str | None = None,
) -> Embedder:
    """Return the embedder a setting names: empty for the built-in one, else a hub name or a local path.

    `hashed` names the built-in one that needs no trained weights. What is not given is what the model
    usually needs (embedding_models.yaml).
    """
    name = (setting or "").strip()
    if not name:
        return StaticEmbedder()
    if name == HASHED:
        return HashedEmbedder()
    usual = usual_use(name)
    use = ModelUse(
        usual.query_instruction if query_instruction is None else query_instruction,
        usual.passage_instruction,
        max_length or usual.max_length,
        device,
    )
    return SentenceTransformerEmbedder(name, use)


def usual_use(name: str) -> ModelUse:
    """Return how a model of this name usually wants to be used.

    >>> usual_use("BAAI/bge-small-zh-v1.5").query_instruction
    '为这个句子生成表示以用于检索相关文章：'
    >>> usual_use("somebody/else").max_length is None
    True
    """
    short = Path(name).name.lower()
    found = next((one for one in _known_uses().models if re.fullmatch(one.match, short)), None)
    if found is None:
        return ModelUse()
    return ModelUse(found.query_instruction, found.passage_instruction, found.max_length)


class _Use(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    match: str
    query_instruction: str | None = None
    passage_instruction: str | None = None
    max_length: int | None = None


class _Uses(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    models: tuple[_Use, ...]


@cache
def _known_uses() -> _Uses:
    return read_model(_USES, _Uses)


def _fingerprint(path: Path) -> str:
    """Return what tells one version of a local model from another, without reading its weights."""
    if not path.is_dir():
        return ""
    files = sorted(file for file in path.rglob("*") if file.is_file())
    told = (f"{file.relative_to(path)} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
