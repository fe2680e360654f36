"""The words the guard knows (`lexicon.yaml`), read strictly and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.strict_yaml import read_model

LEXICON = Path(__file__).with_name("lexicon.yaml")
OPERATOR, SYNONYM, WORD, GLUE, FLOATING = "operator", "synonym", "word", "glue", "floating"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    operators: dict[str, list[str]]
    synonyms: dict[str, list[str]]
    floating: list[str]
    upper_after: list[str]
    lower_after: list[str]
    ends_after: list[str]
    glue: list[str]
    words: list[str]
    strong: list[str]
    receiving: list[str]


Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to say a thing: its pattern, what sort of word it is, and what it means."""

    pattern: Pattern
    sort: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The entries by the character they may begin with, those that begin with a class apart, and the rest."""

    by_first: dict[str, tuple[Entry, ...]]
    upper_after: Pattern
    lower_after: Pattern
    ends_after: Pattern
    strong: Pattern
    receiving: Pattern

    def at(self, text: str, place: int, limit: int | None = None) -> tuple[Entry, int] | None:
        """Return the entry with the most characters that stands at a place, and where it ends.

        Only a word that binds may reach beyond the limit, where a number begins: 每服务1家, 一次性.
        """
        best: tuple[Entry, int] | None = None
        for entry in (*self.by_first.get(text[place], ()), *self.by_first[""]):
            match = entry.pattern.match(text, place)
            if match is None or match.end() <= place or (best and match.end() <= best[1]):
                continue
            if limit is None or match.end() <= limit or entry.sort == OPERATOR:
                best = entry, match.end()
        return best


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary.

    >>> found = vocabulary().at("最高不超过300万元", 0)
    >>> found and (found[0].meaning, found[1])
    ('upper', 5)
    """
    words = read_model(LEXICON, _File)
    by_first: dict[str, list[Entry]] = {"": []}
    for sort, meaning, said in _listed(words):
        first = said[0] if "一" <= said[0] <= "鿿" and said[1:2] != "?" else ""
        by_first.setdefault(first, []).append(Entry(re.compile(said), sort, meaning))
    after = (words.upper_after, words.lower_after, words.ends_after, words.strong, words.receiving)
    return Vocabulary({first: tuple(some) for first, some in by_first.items()}, *map(_any_of, after))


def _listed(words: _File) -> list[tuple[str, str, str]]:
    """Return every way to say something; of two as long the earlier counts."""
    return [
        *((OPERATOR, name, said) for name, some in words.operators.items() for said in some),
        *((WORD, said, said) for said in words.words),
        *((SYNONYM, name, said) for name, some in words.synonyms.items() for said in some),
        *((FLOATING, "force", said) for said in words.floating),
        *((GLUE, "", said) for said in words.glue),
    ]


def _any_of(words: list[str]) -> Pattern:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))
