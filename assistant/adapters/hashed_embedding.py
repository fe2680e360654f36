"""The default embedding until a trained one is there: characters and pairs hashed into signed directions.

It needs only numpy, no download and no fitting: the same text gives the same vector on every machine and in
every corpus, so that one changed clause never makes the others stale. It knows spelling, not meaning; its
weight beside the lexical score is accordingly small (`assistant/retrieval/fusion.py`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.tokens import informative, tokens

_DIRECTIONS = 4


class HashedEmbedder:
    """A deterministic static embedding (implements `Embedder`)."""

    def __init__(self, dimensions: int = 1024) -> None:
        """Choose the length of the vectors."""
        self._dimensions = dimensions
        self._known: dict[str, NDArray[np.int64]] = {}

    @property
    def name(self) -> str:
        """Return the name of the recipe; change its number with any change of the vectors."""
        return f"hashed-{self._dimensions}-1"

    def embed(self, texts: Sequence[str], is_query: bool = False) -> Sequence[Sequence[float]]:
        """Return one unit-length vector a text; of a query only its informative words count."""
        return [self._vector(informative(text) if is_query else text).tolist() for text in texts]

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self._dimensions, dtype=np.float32)
        for term, count in Counter(tokens(text)).items():
            places = self._places(term)
            weight = 1 + np.log(count)
            np.add.at(vector, places >> 1, np.where(places & 1, weight, -weight))
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector[0] = 1.0
            return vector
        return vector / length

    def _places(self, term: str) -> NDArray[np.int64]:
        """Return where a term points: position and, in the lowest bit, sign."""
        known = self._known.get(term)
        if known is None:
            digest = hashlib.blake2b(term.encode(), digest_size=4 * _DIRECTIONS).digest()
            known = np.frombuffer(digest, dtype="<u4").astype(np.int64) % (2 * self._dimensions)
            self._known[term] = known
        return known
