"""Names as they sound: 「能馆中心」 is 能管中心 as a voice or a keyboard wrote it down.

A stretch of the question counts as a name only where every character sounds like the name's, and the name
reads so much more fluently there that the words as written can hardly be meant (监测机构 is no 检测机构).
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from pydantic import RootModel

from corpus.glossary import Term
from corpus.reading.characters import character_model
from corpus.strict_yaml import read_model

PRONUNCIATIONS = Path(__file__).with_name("pronunciations.yaml")
_PLAIN = re.compile("[一-鿿]{3,}")
_MARGIN = 1.5  # of log probability; 工业涉及 for 工业设计 gains 0.1, 监测机构 for 检测机构 loses 0.8
SoundAlike = tuple[str, str]


class _File(RootModel[dict[str, str]]):
    """Characters by sound."""


@cache
def _sounds() -> dict[str, frozenset[str]]:
    sounds: dict[str, set[str]] = defaultdict(set)
    for sound, characters in read_model(PRONUNCIATIONS, _File).root.items():
        for character in characters:
            sounds[character].add(sound)
    return {character: frozenset(some) for character, some in sounds.items()}


def sound_alike(one: str, other: str) -> bool:
    """Tell whether two characters may sound the same, tones aside.

    >>> sound_alike("馆", "管"), sound_alike("侧", "册"), sound_alike("馆", "中")
    (True, True, False)
    """
    known = _sounds()
    return one == other or not known.get(one, frozenset()).isdisjoint(known.get(other, frozenset()))


def sound_alikes(text: str, terms: tuple[Term, ...]) -> tuple[SoundAlike, ...]:
    """Return what stands in a text for a name that sounds like it: as written, and the name."""
    found: list[SoundAlike] = []
    taken: set[int] = set()
    for start, name in _windows(text, terms):
        written = text[start : start + len(name)]
        places = set(range(start, start + len(name)))
        if taken.isdisjoint(places) and is_more_fluent(text, start, name):
            found.append((written, name))
            taken |= places
    return tuple(dict.fromkeys(found))


def alike_in_sound(text: str, terms: tuple[Term, ...]) -> tuple[SoundAlike, ...]:
    """Return every stretch of a text that sounds like a name, likely or not: good enough to ask about."""
    return tuple((text[start : start + len(name)], name) for start, name in _windows(text, terms))


def _windows(text: str, terms: tuple[Term, ...]) -> list[tuple[int, str]]:
    """Return where a name might have been meant, the longest names first; not where one stands."""
    names = _names(terms)
    found = [
        (start, name)
        for start, first in enumerate(text)
        for sound in _sounds().get(first, ())
        for name in names.get(sound, ())
        if _sounds_like(text[start : start + len(name)], name)
    ]
    return sorted(found, key=lambda one: (-len(one[1]), one[0]))


def _sounds_like(written: str, name: str) -> bool:
    """Tell whether a stretch sounds like a name, is written otherwise, and yet shares half of it."""
    if len(written) != len(name) or written == name:
        return False
    same = sum(one == other for one, other in zip(written, name, strict=True))
    return 2 * same >= len(name) and all(map(sound_alike, written, name))


@lru_cache(maxsize=4)
def _names(terms: tuple[Term, ...]) -> dict[str, tuple[str, ...]]:
    """Return the names companies use, by the sounds of their first character."""
    says = {saying for term in terms for saying in (*term.says, *term.means) if _PLAIN.fullmatch(saying)}
    names: dict[str, list[str]] = defaultdict(list)
    for name in sorted(says):
        for sound in _sounds().get(name[0], ()):
            names[sound].append(name)
    return {sound: tuple(some) for sound, some in names.items()}


def is_more_fluent(text: str, start: int, name: str) -> bool:
    """Tell whether a text reads far more fluently with a name in place of what is written.

    >>> is_more_fluent("工业涉及哪些部门", 0, "工业设计"), is_more_fluent("工业社计怎么补", 0, "工业设计")
    (False, True)
    """
    end = start + len(name)
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    gain = _log_probability(before + name + after) - _log_probability(before + text[start:end] + after)
    return gain >= _MARGIN


def _log_probability(text: str) -> float:
    model = character_model()
    return sum(math.log(model.follows(one, other)) for one, other in itertools.pairwise(text))
