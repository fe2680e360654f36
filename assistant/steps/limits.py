"""The thresholds of routing, read from `limits.yaml`, which `python -m evals.calibration` writes."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.strict_yaml import read_model

LIMITS = Path(__file__).with_name("limits.yaml")


class Limits(BaseModel):
    """Below `least_coverage` nothing in the corpus answers a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    least_coverage: float
    least_coverage_named: float


def load_limits(path: Path = LIMITS) -> Limits:
    """Return the thresholds of a file.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    return read_model(path, Limits)
