"""`facts.yaml`: what companies may be asked for, and by which words they are heard to state or deny it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from corpus.errors import BrokenCorpusError
from corpus.glossary import Denied, Stated
from corpus.measures.passage import NO_UNIT
from corpus.measures.shapes import FactShape
from corpus.model.measure import Fact
from corpus.model.values import Unit
from corpus.reading.numerals import usual_units
from corpus.strict_yaml import at_line, load_strictly, validated

_FACTS = TypeAdapter(dict[str, FactShape])
_GAP = "[^，。；;,？！?!]{0,14}?"
_READING = {"stated_by_hint", "stated_outright", "stated_by_deed", "denied_things", "denied_outright"}

Patterns = Mapping[str, tuple[re.Pattern[str], ...]]


@dataclass(frozen=True, slots=True)
class FactFile:
    """What one `facts.yaml` holds: facts by the name the file gives them, and how they are heard."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    stated: Stated = field(default_factory=Stated)
    denied: Denied = field(default_factory=Denied)

    def renamed(self, names: Mapping[str, str]) -> FactFile:
        """Return the file with facts stored under other names; the file's own names stay the keys.

        `requires` keeps to facts of the file, which is renamed with them.
        """
        return FactFile(
            {
                own: replace(fact, name=names.get(own, own), requires=_renamed(fact.requires, names))
                for own, fact in self.facts.items()
            },
            Stated(
                tuple(names.get(name, name) for name in self.stated.by_hint),
                _keyed(self.stated.outright, names),
                _keyed(self.stated.deeds, names),
            ),
            Denied(_keyed(self.denied.things, names), _keyed(self.denied.outright, names)),
        )


def load_facts(path: Path, document: str = "", units: Mapping[str, Unit] | None = None) -> FactFile:
    """Read the facts of a document, or with no `document` those that documents share.

    `units` are those a fact may be counted in, by name; those of general language where none are given.

    Raises:
        BrokenCorpusError: the file cannot be read, has a key that is not known, or a fact makes no sense.
    """
    shapes = validated(path, load_strictly(path) or {}, _FACTS)
    known = usual_units().known if units is None else units
    for name, shape in shapes.items():
        problem = _problem(name, shape)
        if problem:
            raise BrokenCorpusError(f"{at_line(path, (name,))} 的 {name}", problem)
        if shape.unit not in known:
            raise BrokenCorpusError(
                f"{at_line(path, (name, 'unit'))} 的 {name} → unit", f"没有单位“{shape.unit}”", NO_UNIT
            )
    return FactFile(
        {name: _fact(name, shape, document, known[shape.unit]) for name, shape in shapes.items()},
        Stated(
            tuple(name for name, shape in shapes.items() if shape.stated_by_hint),
            _patterns(path, shapes, "stated_outright", lambda shape: shape.stated_outright),
            _patterns(path, shapes, "stated_by_deed", lambda shape: shape.stated_by_deed),
        ),
        Denied(
            _patterns(path, shapes, "denied_things", lambda shape: shape.denied_things),
            _patterns(path, shapes, "denied_outright", lambda shape: shape.denied_outright),
        ),
    )


def stored_names(
    own: Mapping[str, Iterable[str]], taken: Iterable[str], keeping: Iterable[str] = ()
) -> dict[str, dict[str, str]]:
    """Return under which name each document's facts are stored, by document and own name.

    A name keeps to itself where no other document uses it and it is not `taken`; else it is put behind the
    document's slug. The documents `keeping` theirs never change them: conversations and receipts hold them.

    >>> stored_names({"a": ["area"], "b": ["area", "rent"]}, ["rent"])
    {'a': {'area': 'a.area'}, 'b': {'area': 'b.area', 'rent': 'b.rent'}}
    """
    known, kept = set(taken), set(keeping)
    users: dict[str, set[str]] = {}
    for slug, names in own.items():
        for name in names:
            users.setdefault(name, set()).add(slug)
    return {
        slug: {
            name: name if slug in kept or (name not in known and users[name] == {slug}) else f"{slug}.{name}"
            for name in names
        }
        for slug, names in own.items()
    }


def _problem(name: str, shape: FactShape) -> str:
    if not name.isidentifier() or not name.isascii():
        return "事实名称须为英文标识符"
    if bool(shape.choices) != (shape.unit == Unit.LEVEL.value):
        return "choices 只用于 level，且 level 必须有 choices"
    is_heard = shape.stated_by_hint or shape.stated_outright or shape.stated_by_deed
    if (is_heard or shape.denied_things or shape.denied_outright) and shape.unit != Unit.YES_NO.value:
        return "stated_… 与 denied_… 只用于 yes_no"
    return ""


def _fact(name: str, shape: FactShape, document: str, unit: Unit) -> Fact:
    return Fact(name=name, document=document, unit=unit, **shape.model_dump(exclude={*_READING, "unit"}))


def _patterns(
    path: Path,
    shapes: Mapping[str, FactShape],
    key: str,
    listed: Callable[[FactShape], tuple[str, ...]],
) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Compile patterns; …… stands for a few characters of the same part of the sentence."""
    return {
        name: tuple(_pattern(path, (name, key, at), words) for at, words in enumerate(listed(shape)))
        for name, shape in shapes.items()
        if listed(shape)
    }


def _pattern(path: Path, place: tuple[str | int, ...], words: str) -> re.Pattern[str]:
    try:
        return re.compile(words.replace("……", _GAP), re.IGNORECASE)
    except re.error as error:
        where = f"{at_line(path, place)} 的 {place[0]} → {place[1]}"
        raise BrokenCorpusError(where, f"“{words}”不是正则表达式（{error}）") from error


def _keyed(rows: Patterns, names: Mapping[str, str]) -> Patterns:
    return {names.get(name, name): patterns for name, patterns in rows.items()}


def _renamed(name: str | None, names: Mapping[str, str]) -> str | None:
    return None if name is None else names.get(name, name)
