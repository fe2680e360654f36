"""Unit words of policy Chinese and the units they stand for, from `shared/units.yaml`.

Which words are read as a unit depends on who reads: a few are usual everywhere; any other word becomes a
unit where a document counts one of its facts in it. A `UnitTable` says so for one document or one corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from corpus.model.values import Unit, UnitKind
from corpus.reading.numerals.digits import NUMERAL
from corpus.strict_yaml import read_model

MONEY_WORDS = ("元人民币", "元整", "元", "块钱", "块", "人民币", "RMB", "rmb", "CNY", "圆整", "圆")
_TABLES_KEPT = 64


class UnitRow(BaseModel):
    """One unit as a file writes it; its words are its own name where none are listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: UnitKind
    label: str = ""
    words: tuple[str, ...] = ()
    is_sourced: bool = False
    of: dict[str, int] = {}

    def unit(self, name: str) -> Unit:
        """Return the unit of this name."""
        return Unit(
            name,
            self.label or name,
            self.kind,
            self.words or (name,),
            self.is_sourced,
            tuple(self.of.items()),
        )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    usual: dict[str, UnitRow]
    words: dict[str, UnitRow]
    rare: dict[str, UnitRow]
    others: tuple[str, ...]
    foreign_money: tuple[str, ...]
    not_before: dict[str, str]


@dataclass(frozen=True, eq=False)
class UnitTable:
    """The unit words that a text may have, and the unit of those that have one.

    `known` are all units a fact may be counted in, by name.
    """

    known: Mapping[str, Unit]
    by_word: Mapping[str, Unit]
    words: tuple[str, ...]
    foreign_money: frozenset[str]
    not_before: Mapping[str, str]

    def using(self, units: Iterable[Unit]) -> UnitTable:
        """Return the table of one who counts in these units, too; what is usual keeps its own words."""
        own = {unit.value: unit for unit in units if unit.words}
        ordered = tuple(own[name] for name in sorted(own))
        return _using(self, ordered, tuple(unit.words for unit in ordered))

    def unit_of(self, word: str) -> Unit | None:
        """Return the unit a unit word stands for here, None for any other word.

        >>> usual_units().unit_of("吨标准煤").value, usual_units().unit_of("吨")
        ('ton_coal', None)
        """
        return Unit.YUAN if word in MONEY_WORDS else self.by_word.get(word)

    @cached_property
    def number(self) -> re.Pattern[str]:
        """Return the pattern of a number with its sign, currency and unit."""
        money, units = self._pattern(MONEY_WORDS), self._pattern(self.words)
        return re.compile(
            r"(?P<sign>(?<![^\s:：=,，。(（是为了])-|(?<!正)负)?"
            r"(?P<currency>[¥￥$€]|RMB|CNY|rmb|cny|USD)?[ \t]?"
            rf"(?P<number>\d[\d,.]{{0,20}}(?=千[瓦克])|{NUMERAL})"
            rf"(?P<more>[多来余](?=[ \t]?(?:{money}|{units})))?"
            rf"(?:[ \t]?(?:(?P<money>{money})|(?:个(?=吨|当量|架次))?(?P<unit>{units})))?"
        )

    def _pattern(self, words: Iterable[str]) -> str:
        ordered = sorted(dict.fromkeys(words), key=len, reverse=True)
        return "|".join(
            re.escape(word) + (f"(?![{self.not_before[word]}])" if word in self.not_before else "")
            for word in ordered
        )


@lru_cache(maxsize=_TABLES_KEPT)
def _using(table: UnitTable, units: tuple[Unit, ...], words: tuple[tuple[str, ...], ...]) -> UnitTable:
    """Build the table once for the same units with the same `words`; units are equal by name alone."""
    by_word = {word: unit for unit, said in zip(units, words, strict=True) for word in said}
    by_word |= table.by_word
    known = {**table.known, **{unit.value: unit for unit in units}}
    if by_word.keys() == table.by_word.keys() and known.keys() == table.known.keys():
        return table
    return UnitTable(
        MappingProxyType(known),
        MappingProxyType(by_word),
        tuple(dict.fromkeys((*table.words, *by_word))),
        table.foreign_money,
        table.not_before,
    )


@cache
def usual_units() -> UnitTable:
    """Return the unit words of general language, which everybody reads alike.

    Raises:
        BrokenCorpusError: the package's file is missing or not of the right shape.
    """
    rows = read_model(Path(str(resources.files("corpus"))) / "shared" / "units.yaml", _File)
    usual = {name: row.unit(name) for name, row in rows.usual.items()}
    known = {name: row.unit(name) for part in (rows.rare, rows.words) for name, row in part.items()}
    structural = {one.value: one for one in (Unit.YUAN, Unit.YES_NO)}
    by_word = {word: unit for unit in usual.values() for word in unit.words}
    more = (word for row in known.values() if row.value in rows.words for word in row.words)
    return UnitTable(
        MappingProxyType({**known, **usual, **structural}),
        MappingProxyType(by_word),
        (*by_word, *more, *rows.others, *rows.foreign_money),
        frozenset(rows.foreign_money),
        MappingProxyType(rows.not_before),
    )


def unit_of_word(word: str) -> Unit | None:
    """Return the usual unit a unit word stands for, None for any other word."""
    return usual_units().unit_of(word)
