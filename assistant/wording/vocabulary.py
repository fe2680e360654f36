"""The words the guard knows (`words.yaml`), read strictly and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.strict_yaml import read_model

WORDS = Path(__file__).with_name("words.yaml")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    upper_before: list[str]
    upper_after: list[str]
    lower_before: list[str]
    lower_after: list[str]
    under_before: list[str]
    over_before: list[str]
    about_before: list[str]
    about_after: list[str]
    not_before: list[str]
    paces: dict[str, list[str]]
    negations: list[str]
    not_negations: list[str]
    stances: dict[str, list[str]]
    contrasts: list[list[str]]
    strong: list[str]
    adding: list[str]
    grants: list[str]
    receiving: list[str]
    plain: list[str]


Pattern = re.Pattern[str]
_APART = frozenset({"paces", "stances", "contrasts"})
_GROUPS = frozenset(_File.model_fields) - _APART


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One pattern a group of words; groups of the same meaning by name."""

    upper_before: Pattern
    upper_after: Pattern
    lower_before: Pattern
    lower_after: Pattern
    under_before: Pattern
    over_before: Pattern
    about_before: Pattern
    about_after: Pattern
    not_before: Pattern
    negations: Pattern
    not_negations: Pattern
    strong: Pattern
    adding: Pattern
    grants: Pattern
    receiving: Pattern
    plain: Pattern
    paces: tuple[tuple[str, Pattern], ...]
    stances: tuple[tuple[str, Pattern], ...]
    contrasts: tuple[tuple[Pattern, ...], ...]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary.

    >>> bool(vocabulary().strong.search("一定能拿到"))
    True
    """
    words = read_model(WORDS, _File)
    named = words.model_dump()
    groups = {name: _any_of(some) for name, some in named.items() if name in _GROUPS}
    return Vocabulary(
        **groups,
        paces=tuple((name, _any_of(some)) for name, some in words.paces.items()),
        stances=tuple((name, _any_of(some)) for name, some in words.stances.items()),
        contrasts=tuple(tuple(map(re.compile, some)) for some in words.contrasts),
    )


def _any_of(words: list[str]) -> Pattern:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))
