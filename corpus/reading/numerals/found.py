"""What `find_quantities` reports: one mention of a number in a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.model.measure import Comparison
from corpus.model.values import Money, Quantity, Rate, Unit


class Kind(StrEnum):
    """What a number counts: yuan (金额), a ratio (比例), units (数量), or nothing said (无单位)."""

    MONEY = "money"
    RATE = "rate"
    QUANTITY = "quantity"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Found:
    """One mention: `text[start:end]` of the text searched, its value, and how exactly it is stated.

    `value` is yuan, a ratio, or the count; None for a range, whose ends are `low` and `high`. `unit_word`
    is the unit as written (empty where none is), `unit` the one the corpus knows, if any. `is_vague`
    marks 约、左右、多、来、几: never compute from it. `comparison` is set by a bounding word beside it
    (以上、不超过…); the word itself lies outside the mention.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Unit | None = None
    unit_word: str = ""
    is_vague: bool = False
    comparison: Comparison | None = None

    @property
    def is_range(self) -> bool:
        """Tell whether two ends are stated rather than one value."""
        return self.value is None

    @property
    def is_exact(self) -> bool:
        """Tell whether one value is stated, neither roughly nor as a bound."""
        return self.value is not None and not self.is_vague and self.comparison is None

    @property
    def money(self) -> Money | None:
        """Return the sum where one sum of money is stated, however exactly."""
        return Money(self.value) if self.kind is Kind.MONEY and self.value is not None else None

    @property
    def rate(self) -> Rate | None:
        """Return the rate where one rate is stated, however exactly."""
        return Rate(self.value) if self.kind is Kind.RATE and self.value is not None else None

    @property
    def quantity(self) -> Quantity | None:
        """Return the quantity where one is stated in a unit the corpus knows."""
        if self.kind is not Kind.QUANTITY or self.value is None or self.unit is None:
            return None
        return Quantity(self.value, self.unit)


def is_in(found: Found, unit: Unit) -> bool:
    """Tell whether a mention is told in a unit: by the unit itself, or by a word that stands for it."""
    return found.unit == unit or found.unit_word in unit.words


def value_in(found: Found, unit: Unit) -> Decimal | None:
    """Return a mention's value counted in a unit; None where it is told in another, or is no one value.

    >>> from corpus.model.values import UnitKind
    >>> month = Unit("月", "个月", UnitKind.TIME, ("个月",), of=(("年", 12),))
    >>> value_in(Found(0, 2, "2年", Kind.QUANTITY, Decimal(2), unit_word="年"), month)
    Decimal('24')
    """
    if found.kind is not Kind.QUANTITY or found.value is None:
        return None
    if is_in(found, unit):
        return found.value
    parts = dict(unit.of).get(found.unit_word)
    return None if parts is None else found.value * parts
