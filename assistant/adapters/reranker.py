"""A cross-encoder that reads question and clause together, over the first few clauses found (optional).

Exact but dear: it reads every candidate anew for each question, so only the first `top` are given to it; the
rest keep their places behind them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from assistant.adapters.errors import EmbedderUnavailableError
from assistant.adapters.model_files import load_model
from assistant.ports import ClauseIndex, Hit, SearchFilter

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

TOP = 20
_BATCH = 16


class CrossEncoderScorer:
    """A sentence-transformers cross-encoder, from the hub or a local path, loaded when first needed."""

    def __init__(self, model: str, max_length: int | None = None, device: str | None = None) -> None:
        """Name the model; `max_length` in tokens cuts longer texts, `device` None takes the best there is."""
        self._name = model
        self._max_length = max_length
        self._device = device
        self._model: CrossEncoder | None = None
        self._loading = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return how well each text answers the question, from 0 to 1.

        Raises:
            EmbedderUnavailableError: the model cannot be loaded.
        """
        if not texts:
            return []
        import torch

        pairs = [(question, text) for text in texts]
        found = self._loaded().predict(
            pairs, batch_size=_BATCH, activation_fn=torch.nn.Sigmoid(), show_progress_bar=False
        )
        return [float(score) for score in found]

    def _loaded(self) -> CrossEncoder:
        with self._loading:
            if self._model is None:
                self._model = load_model(self._name, "重排模型", "POLICY_RERANKER_MODEL", self._open)
            return self._model

    def _open(self, path: str, is_offline: bool) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        model = CrossEncoder(
            path, device=self._device, max_length=self._max_length, local_files_only=is_offline
        )
        if model.num_labels != 1:
            raise EmbedderUnavailableError(
                f"模型“{self._name}”给出 {model.num_labels} 个分数，不是重排模型；"
                "请改用例如 BAAI/bge-reranker-v2-m3。"
            )
        return model


@dataclass(frozen=True, slots=True)
class RerankedIndex:
    """An index whose first `top` clauses are put in a cross-encoder's order (implements `ClauseIndex`).

    `text_of` returns what the model reads of a clause. Each hit's parts tell the model's score (`rerank`)
    and how long it took for all of them (`rerank_ms`); a clause it has read scores above one.
    """

    index: ClauseIndex
    scorer: CrossEncoderScorer
    text_of: Callable[[str], str]
    top: int = TOP

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the best clauses, best first."""
        if limit < 1:
            return ()
        found = self.index.search(query, max(limit, self.top), only)
        first, rest = found[: self.top], found[self.top :]
        began = time.perf_counter()
        scores = self.scorer.scores(query, [self.text_of(hit.clause_id) for hit in first])
        took = (time.perf_counter() - began) * 1000
        read = [
            Hit(hit.clause_id, 1 + score, (*hit.parts, ("rerank", score), ("rerank_ms", took)))
            for hit, score in zip(first, scores, strict=True)
        ]
        ordered = sorted(read, key=lambda hit: (-hit.score, hit.clause_id))
        return (*ordered, *_squeezed(rest))[:limit]


def _squeezed(rest: Sequence[Hit]) -> list[Hit]:
    """Return hits the model has not read with scores under one, in their own order."""
    best = max((hit.score for hit in rest), default=0.0)
    return [Hit(hit.clause_id, hit.score / (best + 1e-6) if best > 0 else 0.0, hit.parts) for hit in rest]
