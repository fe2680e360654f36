"""Small wrong changes: a digit, a unit, a bound word, a comparison, an enumerated value.

A mutant is a text that should not be believed. Prose of our own (names, notes, reasons) is not mutated:
nothing is computed from it, and the check forbids digits there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache

from corpus.measures.policy_words import Role, general_words
from corpus.model.measure import CapScope, Comparison, SupportKind
from corpus.reading.numerals import usual_units

PROSE = frozenset({"name", "notes", "reason", "meaning", "matter", "document"})
_CHINESE_DIGIT = re.compile(r"[一二三四五六七八九两](?=[级轮年])")
_UNITS = (
    ("万元", "亿元"),
    ("元", "万元"),
    ("%", "‰"),
    ("当量吨", "吨标煤"),
    ("吨标煤", "当量吨"),
    ("架次", "次"),
    ("家", "户"),
    ("级", "年"),
)
_UNIT_AFTER_NUMBER = re.compile(
    r"(?<=\d)(?:万元|元|%|当量吨|架次|家)|(?<=/)吨标煤|(?<=[一二三四五六七八九])级"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a text: what kind, where, and the text after it."""

    kind: str
    start: int
    before: str
    after: str

    def apply(self, text: str) -> str:
        """Return the changed text."""
        return text[: self.start] + self.after + text[self.start + len(self.before) :]


@dataclass(frozen=True, slots=True)
class DataMutant:
    """A changed `measures.yaml`, as the data it would load to."""

    kind: str
    place: str
    before: str
    after: str
    raw: object


def changes(text: str) -> Iterator[Change]:
    """Yield every small wrong change of a text, one at a time.

    >>> [(change.kind, change.apply("至少25当量吨")) for change in changes("至少25当量吨")][:2]
    [('digit', '至少35当量吨'), ('digit', '至少26当量吨')]
    """
    for match in re.finditer(r"\d", text):
        yield Change("digit", match.start(), match[0], str((int(match[0]) + 1) % 10))
    for match in _CHINESE_DIGIT.finditer(text):
        yield Change("digit", match.start(), match[0], "四" if match[0] != "四" else "五")
    for match in _UNIT_AFTER_NUMBER.finditer(text):
        yield Change("unit", match.start(), match[0], dict(_UNITS)[match[0]])
    for word in general_words().find(text):
        others = [other for other in _words_of(word.role) if other != word.word]
        yield Change(f"word: {word.role.value}", word.start, word.word, others[0] if others else "")


def data_mutants(raw: object) -> Iterator[DataMutant]:
    """Yield every small wrong change of what a `measures.yaml` holds."""
    for path in _leaves(raw):
        value = _get(raw, path)
        for kind, after in _wrong_values(path, value):
            copy = deepcopy(raw)
            _set(copy, path, after)
            place = " → ".join(map(str, _named(raw, path)))
            yield DataMutant(kind, place, str(value), str(after), copy)


def _wrong_values(path: tuple[int | str, ...], value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, str) and path[-1] != "type":
        for change in (*changes(value), *_enums(path, value)):
            yield change.kind, change.apply(value)
    elif isinstance(value, (int, float)):
        for change in changes(str(value)):
            yield change.kind, _number(change.apply(str(value)))


def _enums(path: tuple[int | str, ...], value: str) -> Iterator[Change]:
    for other in _others(path):
        if other != value:
            yield Change("enumerated value", 0, value, other)


def _others(path: tuple[int | str, ...]) -> Iterable[str]:
    """Return what else might stand in a place that holds one of a few values."""
    match path[-1]:
        case "per":
            return [one.value for one in CapScope]
        case "unit":
            return usual_units().known
        case "value":
            return [one.value for one in (SupportKind if path[-2] == "kind" else Comparison)]
        case _:
            return ()


@cache
def _words_of(role: Role) -> tuple[str, ...]:
    known = general_words().roles.items()
    return tuple(sorted((word for word, each in known if each is role), key=len))


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _leaves(raw: object, path: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            if key not in PROSE:
                yield from _leaves(value, (*path, key))
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from _leaves(value, (*path, number))
    elif raw is not None:
        yield path


def _get(raw: object, path: tuple[int | str, ...]) -> object:
    for step in path:
        raw = raw[step]  # type: ignore[index]
    return raw


def _set(raw: object, path: tuple[int | str, ...], value: object) -> None:
    _get(raw, path[:-1])[path[-1]] = value  # type: ignore[index]


def _named(raw: object, path: tuple[int | str, ...]) -> Iterator[int | str]:
    for depth, step in enumerate(path):
        inner = _get(raw, path[: depth + 1])
        yield inner.get("id", step) if isinstance(inner, dict) else step
