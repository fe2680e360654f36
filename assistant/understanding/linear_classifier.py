"""A linear classifier over hashed text features: small, fast, calibrated; its weights are data.

Weights are written by `python -m evals.understanding.train` from labelled questions and read from one `.npz`
(labels, float16 weights, biases). A label's probability is the logistic function of bias + the sum of the
weights of the features that are present (Weinberger et al. 2009, feature hashing).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import BrokenCorpusError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class LinearClassifier:
    """Labels with a row of weights each; `is_exclusive` where exactly one label holds (softmax)."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]  # labels × buckets
    biases: NDArray[np.float32]
    is_exclusive: bool

    @property
    def buckets(self) -> int:
        """Return how many buckets features are hashed into."""
        return int(self.weights.shape[1])

    def probabilities(self, features: Collection[str]) -> Mapping[str, float]:
        """Return the probability of each label (0..1)."""
        import numpy as np

        columns = bucket_numbers(features, self.buckets)
        scale = 1.0 / np.sqrt(max(len(columns), 1))
        scores = self.biases + self.weights[:, columns].sum(axis=1) * scale
        if self.is_exclusive:
            grown = np.exp(scores - scores.max())
            found = grown / grown.sum()
        else:
            found = 1.0 / (1.0 + np.exp(-scores))
        return dict(zip(self.labels, map(float, found), strict=True))


def bucket_numbers(features: Iterable[str], buckets: int) -> list[int]:
    """Return the buckets of features, each once, in order.

    >>> bucket_numbers(["拿多少", "拿多少"], 1024) == bucket_numbers(["拿多少"], 1024)
    True
    """
    return sorted({zlib.crc32(feature.encode()) % buckets for feature in features})


def load_classifier(path: Path) -> LinearClassifier:
    """Read a classifier.

    Raises:
        BrokenCorpusError: the file is missing or damaged.
    """
    import numpy as np

    try:
        with np.load(path) as data:
            about = json.loads(str(data["about"]))
            return LinearClassifier(
                tuple(about["labels"]),
                data["weights"].astype(np.float32),
                data["biases"].astype(np.float32),
                bool(about["is_exclusive"]),
            )
    except (OSError, KeyError, ValueError) as error:
        raise BrokenCorpusError(path.name, "分类器的权重文件缺失或损坏", "请重新安装程序") from error
