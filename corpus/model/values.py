"""Values a policy states: money (金额), rates (比例) and quantities (数量), as exact types.

Nothing here is a float: a cap of 300万元 is `Money(Decimal("3000000"))`, and adding money to a rate is a
`UnitError`, never a silent number.

    ValueError
    └── UnitError        two values of different kinds, or a unit that does not fit
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

FEN = Decimal("0.01")


class UnitError(ValueError):
    """Raised when values of different units meet."""


class Unit(StrEnum):
    """What a fact or quantity is measured in. `label` is the Chinese word shown to people."""

    YUAN = "yuan"
    TON_COAL = "ton_coal"
    EQUIVALENT_TON = "equivalent_ton"
    ENTERPRISE = "enterprise"
    ROUTE = "route"
    SORTIE = "sortie"
    EVENT = "event"
    YEAR = "year"
    LEVEL = "level"
    COUNT = "count"
    YES_NO = "yes_no"

    @property
    def label(self) -> str:
        """Return the Chinese word of the unit, empty where none is spoken."""
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    Unit.YUAN: "元",
    Unit.TON_COAL: "吨标煤",
    Unit.EQUIVALENT_TON: "当量吨",
    Unit.ENTERPRISE: "家",
    Unit.ROUTE: "条",
    Unit.SORTIE: "架次",
    Unit.EVENT: "次",
    Unit.YEAR: "年",
    Unit.LEVEL: "级",
    Unit.COUNT: "个",
    Unit.YES_NO: "",
}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in yuan (元), exact to the fen.

    >>> Money.of("2400000") + Money.of("0.5")
    Money(yuan=Decimal('2400000.5'))
    """

    yuan: Decimal

    @classmethod
    def of(cls, yuan: str | int | Decimal) -> Money:
        """Build money from yuan. Floats are not accepted: they cannot hold 0.1."""
        return cls(Decimal(yuan))

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            raise UnitError(f"金额只能与金额相加，收到 {other!r}")
        return Money(self.yuan + other.yuan)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            raise UnitError(f"金额只能与金额相减，收到 {other!r}")
        return Money(self.yuan - other.yuan)

    def rounded(self) -> Money:
        """Return the amount rounded half-up to the fen (分)."""
        return Money(self.yuan.quantize(FEN, rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """A ratio (比例): 30% is `Rate(Decimal("0.3"))`; 1:1 is `Rate(Decimal("1"))`.

    >>> Rate.of("0.3") * Money.of(8000000)
    Money(yuan=Decimal('2400000.0'))
    """

    ratio: Decimal

    @classmethod
    def of(cls, ratio: str | int | Decimal) -> Rate:
        """Build a rate from its ratio (0.3 for 30%)."""
        return cls(Decimal(ratio))

    def __mul__(self, base: Money) -> Money:
        if not isinstance(base, Money):
            raise UnitError(f"比例只能乘以金额，收到 {base!r}")
        return Money(self.ratio * base.yuan)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted or measured number with its unit, such as 25 当量吨.

    >>> Quantity(Decimal(25), Unit.EQUIVALENT_TON) >= Quantity(Decimal(5), Unit.EQUIVALENT_TON)
    True
    """

    value: Decimal
    unit: Unit

    def _same(self, other: Quantity) -> Decimal:
        if not isinstance(other, Quantity) or other.unit is not self.unit:
            raise UnitError(f"单位不同，无法比较：{self!r} 与 {other!r}")
        return other.value

    def __lt__(self, other: Quantity) -> bool:
        return self.value < self._same(other)

    def __le__(self, other: Quantity) -> bool:
        return self.value <= self._same(other)

    def __gt__(self, other: Quantity) -> bool:
        return self.value > self._same(other)

    def __ge__(self, other: Quantity) -> bool:
        return self.value >= self._same(other)
