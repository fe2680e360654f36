"""What the vectors of each embedding count beside the words: a weight by the name of the model.

The weights of the package (`dense_weights.yaml`), and those a user has calibrated for a model of his own with
`python -m evals.retrieval_weights --write FILE`. A model in neither gets the default of
`Weights`, which is careful: a strong model deserves more, and the command says how much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.retrieval.fusion import Weights
from corpus.strict_yaml import read_model

FILE = Path(__file__).with_name("dense_weights.yaml")


class KnownWeight(BaseModel):
    """The weight of the embeddings whose name fits `match`, with the figures and the day it came from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    match: str
    dense: float = Field(ge=0, le=20)
    written_on: str = ""
    figures: dict[str, dict[str, float]] = {}


class WeightFile(BaseModel):
    """A file of weights; the first that fits is taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    command: str = ""
    weights: tuple[KnownWeight, ...]


@cache
def load_weights(path: Path) -> tuple[KnownWeight, ...]:
    """Return the weights of a file.

    Raises:
        BrokenCorpusError: the file is damaged.
    """
    return read_model(path, WeightFile).weights


def weights_for(embedder_name: str, more: Iterable[Path] = ()) -> Weights:
    """Return how to fuse with an embedding, by its name; files in `more` come before the package's own."""
    known = [one for path in (*more, FILE) if path.is_file() for one in load_weights(path)]
    found = next((one.dense for one in known if re.fullmatch(one.match, embedder_name)), None)
    return Weights() if found is None else replace(Weights(), dense=found)
