"""What people say when a clause concerns them, each trade in its own words; none of it is the text's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.strict_yaml import read_model

SITUATIONS = Path(__file__).with_name("situations.yaml")


@dataclass(frozen=True, slots=True)
class Situation:
    """A clause, or an award or grant of one (`about`), and the words and phrases people use around it."""

    about: str
    says: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    situations: dict[str, list[str]]


def load_situations(path: Path = SITUATIONS) -> tuple[Situation, ...]:
    """Return the situations of a file.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    rows = read_model(path, _File).situations
    return tuple(Situation(about, tuple(says)) for about, says in rows.items())


def misplaced(situations: Iterable[Situation], known: Iterable[str]) -> tuple[str, ...]:
    """Return what situations are told of that is neither a clause nor an award nor a grant.

    >>> misplaced([Situation("paper/1", ("上云",))], ["paper/2"])
    ('paper/1',)
    """
    names = frozenset(known)
    return tuple(one.about for one in situations if one.about not in names)
