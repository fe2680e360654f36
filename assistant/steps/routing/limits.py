"""The thresholds of routing, read from `limits.yaml`, which `python -m evals.calibration` writes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.strict_yaml import read_model

LIMITS = Path(__file__).with_name("limits.yaml")


class Limits(BaseModel):
    """The share of a question's weight that one clause must cover, by what the question names.

    `by_term` holds where it uses a word the glossary ties to a clause, `by_document` where it only calls a
    document by name, `unnamed` where it does neither.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    unnamed: float
    by_document: float
    by_term: float


class Naming(StrEnum):
    """How a question says what it is about; the names of the thresholds."""

    UNNAMED = "unnamed"
    BY_DOCUMENT = "by_document"
    BY_TERM = "by_term"


def limit_for(naming: Naming, limits: Limits) -> float:
    """Return the threshold for a question of this naming.

    >>> limit_for(Naming.BY_TERM, Limits(unnamed=0.7, by_document=0.5, by_term=0.2))
    0.2
    """
    value: float = getattr(limits, naming.value)
    return value


def load_limits(path: Path = LIMITS) -> Limits:
    """Return the thresholds of a file.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    return read_model(path, Limits)
