"""Facts that cannot be stated while another is denied, as data."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import BrokenCorpusError
from corpus.strict_yaml import load_strictly


class Contradiction(BaseModel):
    """Stating a number for `fact` while denying `requires` is a contradiction."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fact: str
    requires: str


_FILE = TypeAdapter(tuple[Contradiction, ...])


@cache
def load_contradictions() -> tuple[Contradiction, ...]:
    """Read the rules that come with the package, once.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    path = Path(str(resources.files("assistant.calculator"))) / "contradictions.yaml"
    try:
        return _FILE.validate_python(load_strictly(path))
    except ValidationError as error:
        raise BrokenCorpusError(str(path), f"内容不合要求：{error.errors()[0]['msg']}") from error
