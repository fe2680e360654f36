"""What a company told (事实): read from people's words, checked, and then only read.

FactError (ValueError)
├── UnknownFactError    no fact has this name; says which one may be meant
└── BadFactError        the value is none, in another unit, absurd, or contradicts another

Messages are Chinese and name the fact; nothing is ever computed from a bad one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from assistant.calculator.fact_errors import BadFactError, FactError, UnknownFactError
from assistant.calculator.fact_values import FactValue, read_fact, written
from corpus.model.measure import Fact

__all__ = ["BadFactError", "FactError", "FactSheet", "FactValue", "UnknownFactError"]


@dataclass(frozen=True, slots=True)
class FactSheet:
    """Facts by name: Decimal yuan, Decimal quantity, bool, or one of a level's choices. Immutable."""

    values: Mapping[str, FactValue]
    known: Mapping[str, Fact]

    @classmethod
    def parse(cls, raw: Mapping[str, object], facts: Mapping[str, Fact]) -> FactSheet:
        """Read facts as people write them; a fact may be named by its identifier or its Chinese label.

        Raises:
            FactError: a name or value is wrong, or two facts contradict each other.
        """
        return cls.parse_pairs(raw.items(), facts)

    @classmethod
    def parse_pairs(cls, pairs: Iterable[tuple[str, object]], facts: Mapping[str, Fact]) -> FactSheet:
        """Read facts of which one may be given twice, as on a command line.

        Raises:
            FactError: as `parse`; also where a fact is given two values.
        """
        values: dict[str, FactValue] = {}
        for name, value in pairs:
            fact = _named(name, facts)
            read = read_fact(fact, value)
            if fact.name in values and values[fact.name] != read:
                said = f"{written(fact, values[fact.name])} 和 {written(fact, read)}"
                raise BadFactError(fact, f"前后说法不一：{said}，请确认是哪一个")
            values[fact.name] = read
        sheet = cls(MappingProxyType(values), facts)
        _refuse_contradictions(sheet)
        return sheet

    def get(self, name: str) -> FactValue | None:
        """Return a fact's value, None where nobody spoke of it."""
        return self.values.get(name)

    def number(self, name: str) -> Decimal | None:
        """Return a sum or quantity, None where it is unknown or no number."""
        value = self.values.get(name)
        return value if isinstance(value, Decimal) else None

    def told(self, name: str) -> bool | None:
        """Return a yes/no fact, None where it is unknown."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else None

    def label(self, name: str) -> str:
        """Return the Chinese name of a fact."""
        return self.known[name].label

    def with_values(self, raw: Mapping[str, object]) -> FactSheet:
        """Return a sheet with these facts added or replaced.

        Raises:
            FactError: as `parse`.
        """
        added = FactSheet.parse(raw, self.known)
        sheet = FactSheet(MappingProxyType({**self.values, **added.values}), self.known)
        _refuse_contradictions(sheet)
        return sheet

    def texts(self) -> dict[str, str]:
        """Return every fact in words that `parse` reads back to the same value, sorted by name."""
        return {name: written(self.known[name], self.values[name]) for name in sorted(self.values)}

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)


def _named(name: str, facts: Mapping[str, Fact]) -> Fact:
    """Find a fact by identifier, by its document's own name or label, or by a hint that only one fact has."""
    plain = name.strip()
    if plain in facts:
        return facts[plain]
    named = [fact for fact in facts.values() if plain in (fact.label, fact.own_name)]
    hinted = [fact for fact in facts.values() if plain in fact.hints]
    for found in (named, hinted):
        if len(found) == 1:
            return found[0]
    raise UnknownFactError(plain, facts, hinted)


def _refuse_contradictions(sheet: FactSheet) -> None:
    """Refuse a number of something that is denied beside it (`Fact.requires`)."""
    for name in sheet:
        fact = sheet.known[name]
        other, stated = sheet.known.get(fact.requires or ""), sheet.number(name)
        if other is not None and stated is not None and stated > 0 and sheet.told(other.name) is False:
            said = written(fact, stated)
            raise BadFactError(fact, f"填了 {said}，却说「{other.label}」为否，两者矛盾，请确认")
