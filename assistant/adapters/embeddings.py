"""Embedding models behind the port `Embedder`: the built-in one, and any sentence-transformers model."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies

from assistant.adapters.errors import EmbedderUnavailableError
from assistant.adapters.hashed_embedding import HashedEmbedder
from assistant.ports import Embedder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["EmbedderUnavailableError", "HashedEmbedder", "SentenceTransformerEmbedder", "load_embedder"]


class SentenceTransformerEmbedder:
    """A sentence-transformers model, from the hub or a local path, loaded when first needed.

    `query_instruction` is put before questions (bge-*-zh: 为这个句子生成表示以用于检索相关文章：). Without
    it, the prompts the model itself brings for queries and documents are used.
    """

    def __init__(self, model: str, query_instruction: str | None = None) -> None:
        """Name the model; nothing is loaded or downloaded yet."""
        self._model_name = model
        self._instruction = query_instruction
        self._model: SentenceTransformer | None = None
        self._loading = Lock()

    @property
    def name(self) -> str:
        """Return model and instruction; for a local model also what its files are."""
        parts = [self._model_name, self._instruction or "", _fingerprint(Path(self._model_name).expanduser())]
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
        prompt = self._instruction if is_query else None
        vectors = encode(list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False)
        return [[float(number) for number in vector] for vector in vectors]

    def _loaded(self) -> SentenceTransformer:
        with self._loading:
            if self._model is None:
                self._model = _load(self._model_name)
            return self._model


def load_embedder(setting: str | None, query_instruction: str | None = None) -> Embedder:
    """Return the embedder a setting names: empty for the built-in one, else a hub name or a local path."""
    if setting is None or not setting.strip():
        return HashedEmbedder()
    return SentenceTransformerEmbedder(setting.strip(), query_instruction)


def _load(name: str) -> SentenceTransformer:
    try:
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EmbedderUnavailableError(
            f"无法使用向量模型“{name}”：没有安装 sentence-transformers（{error}）。"
            "请运行 make test 或 make serve 完成安装，或清空 POLICY_EMBEDDING_MODEL 使用内置模型。"
        ) from error
    failures = (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, SafetensorError)
    path = Path(name).expanduser()
    try:
        if path.exists():
            return SentenceTransformer(str(path))
        return _from_hub(name, SentenceTransformer)
    except failures as error:
        raise EmbedderUnavailableError(
            f"无法加载向量模型“{name}”：{_first_line(error)}。请检查名称或本地路径；联网才能下载的模型请先下载。"
            "也可清空 POLICY_EMBEDDING_MODEL，使用无需下载的内置模型。"
        ) from error


def _from_hub(name: str, kind: type[SentenceTransformer]) -> SentenceTransformer:
    """Return a model by hub name: a copy downloaded before, else from the network if there is one."""
    try:
        return kind(name, local_files_only=True)
    except (OSError, ValueError):
        _require_network()
        return kind(name)


def _require_network() -> None:
    """Fail at once where the hub cannot be reached; its own client would retry for more than a minute.

    Raises:
        OSError: the hub's name cannot be resolved and no proxy is set.
    """
    from huggingface_hub.constants import ENDPOINT

    if getproxies():
        return
    host = urlsplit(ENDPOINT).hostname or ""
    try:
        socket.getaddrinfo(host, 443)
    except OSError as error:
        raise OSError(f"本机没有下载过它，现在也连不上 {host}") from error


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


def _fingerprint(path: Path) -> str:
    """Return what tells one version of a local model from another, without reading its weights."""
    if not path.is_dir():
        return ""
    files = sorted(file for file in path.rglob("*") if file.is_file())
    told = (f"{file.relative_to(path)} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
