"""Values a policy states: money (金额), rates (比例) and quantities (数量), as exact types.

Nothing here is a float: a cap of 300万元 is `Money(Decimal("3000000"))`, and adding money to a rate is a
`UnitError`, never a silent number.

    ValueError
    └── UnitError        two values of different kinds, or a unit that does not fit
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import ClassVar

FEN = Decimal("0.01")


class UnitError(ValueError):
    """Raised when values of different units meet."""


class UnitKind(StrEnum):
    """How a unit counts."""

    MONEY = "money"  # 元
    YES_NO = "yes_no"  # 是或否，没有单位
    LEVEL = "level"  # 等级
    COUNT = "count"  # 通用的“个”
    PIECE = "piece"  # 按件数，同一个词数很多东西（家、次）
    TALLY = "tally"  # 按件数，只数一样东西（架次）
    MEASURE = "measure"  # 量出来的，可以有零头（吨标煤）
    TIME = "time"  # 年、个月、天


@dataclass(frozen=True, slots=True)
class Unit:
    """What a fact or quantity is measured in: `value` (identifier) and the Chinese `label` shown to people.

    `words` are those that stand for it behind a number. Two units are the same where their value is. Only
    the few that the calculator itself knows have names here; all others are data (`shared/units.yaml`, and
    a document's own). `is_sourced` where a number of it in an answer must stand in a source. `of` are the
    words of larger units of which a fixed number of it makes one (年 is 12 of a month).
    """

    value: str
    label: str = field(compare=False)
    kind: UnitKind = field(compare=False)
    words: tuple[str, ...] = field(default=(), compare=False)
    is_sourced: bool = field(default=False, compare=False)
    of: tuple[tuple[str, int], ...] = field(default=(), compare=False)

    YUAN: ClassVar[Unit]
    YES_NO: ClassVar[Unit]
    LEVEL: ClassVar[Unit]
    COUNT: ClassVar[Unit]
    YEAR: ClassVar[Unit]

    @property
    def is_piece(self) -> bool:
        """Tell whether single things are counted, each by a word of its own (家、条、架次; not 个)."""
        return self.kind in (UnitKind.PIECE, UnitKind.TALLY)

    @property
    def is_counter(self) -> bool:
        """Tell whether its word counts many kinds of things, so that it does not tell what is counted."""
        return self.kind in (UnitKind.PIECE, UnitKind.COUNT)

    @property
    def is_whole(self) -> bool:
        """Tell whether only whole numbers of it make sense."""
        return self.is_piece or self.kind is UnitKind.COUNT

    @property
    def is_quantity(self) -> bool:
        """Tell whether it measures a quantity of a thing: no money, grade, time or mere count."""
        return self.is_piece or self.kind is UnitKind.MEASURE


Unit.YUAN = Unit("yuan", "元", UnitKind.MONEY)
Unit.YES_NO = Unit("yes_no", "", UnitKind.YES_NO)
Unit.LEVEL = Unit("level", "级", UnitKind.LEVEL, ("级",))
Unit.COUNT = Unit("count", "个", UnitKind.COUNT, ("个", "项", "件"))
Unit.YEAR = Unit("year", "年", UnitKind.TIME, ("周年", "年"))


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

    >>> Quantity(Decimal(25), Unit.YEAR) >= Quantity(Decimal(5), Unit.YEAR)
    True
    """

    value: Decimal
    unit: Unit

    def _same(self, other: Quantity) -> Decimal:
        if not isinstance(other, Quantity) or other.unit != self.unit:
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
