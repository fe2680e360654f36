"""How an award grows with its base (奖补金额随基数的变化), and how far the base is from the cap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from corpus.model.measure import Matching, Measure, PerUnit, ShareOfBase
from corpus.model.values import FEN, UnitKind
from corpus.store import Corpus

_POINTS = 48
_BEYOND_CAP = Decimal("1.5")
_BEYOND_OWN = Decimal("1.25")
_WITHOUT_CAP = Decimal(2)


@dataclass(frozen=True, slots=True)
class Curve:
    """Amounts in yuan over the values of one fact.

    `full_at` is the smallest base that reaches the highest amount `most`; both None where nothing caps it.
    `own` is the company's own point, None while it has not told its base.
    """

    fact: str
    points: tuple[tuple[Decimal, Decimal], ...]
    most: Decimal | None
    full_at: Decimal | None
    own: tuple[Decimal, Decimal] | None

    @property
    def still_missing(self) -> Decimal | None:
        """Return by how much the base falls short of the one that reaches the cap; None if it does not."""
        if self.own is None or self.full_at is None or self.own[0] >= self.full_at:
            return None
        return self.full_at - self.own[0]


def curve_of(measure: Measure, facts: FactSheet, as_of: date, corpus: Corpus) -> Curve | None:
    """Return how the amount follows its base; None for a fixed sum and where nothing says how far to draw.

    Only what the sum is made of counts here: a condition that is unmet or unknown does not bend the curve,
    and nothing is taken as received before unless told.
    """
    fact = _base(measure)
    if fact is None:
        return None
    own_base = facts.number(fact)
    full_at, most = _fullness(measure, facts, fact, as_of, corpus)
    end = _end(own_base, full_at)
    if end is None:
        return None
    step = _step(end, corpus, fact)
    bases = [min(step * at, end) for at in range(_POINTS + 1) if step * (at - 1) < end]
    if full_at is not None:
        bases = sorted({*bases, full_at})
    points = tuple((base, _amount(measure, facts, fact, base, as_of, corpus)) for base in bases)
    own = None if own_base is None else (own_base, _amount(measure, facts, fact, own_base, as_of, corpus))
    return Curve(fact, points, most, full_at, own) if points[-1][1] > 0 else None


def _base(measure: Measure) -> str | None:
    match measure.formula:
        case ShareOfBase(base=fact) | PerUnit(count=fact) | Matching(base=fact):
            return fact.value
        case _:
            return None


def _fullness(
    measure: Measure, facts: FactSheet, fact: str, as_of: date, corpus: Corpus
) -> tuple[Decimal | None, Decimal | None]:
    """Return the base from which the award grows no more, and the award there; None, None without a cap."""
    if not measure.caps:
        return None, None
    number = measure.formula_number.value
    size = number.yuan if hasattr(number, "yuan") else number.ratio
    room = min(_room(cap.amount.value.yuan, cap.received, facts) for cap in measure.caps)
    full_at = (room / size).quantize(_grain(corpus, fact), rounding=ROUND_CEILING)
    return full_at, _amount(measure, facts, fact, full_at, as_of, corpus)


def _room(cap: Decimal, received: str | None, facts: FactSheet) -> Decimal:
    paid = facts.number(received) if received is not None else None
    return max(cap - (paid or Decimal(0)), Decimal(0))


def _grain(corpus: Corpus, fact: str) -> Decimal:
    return FEN if corpus.facts[fact].unit.kind in (UnitKind.MONEY, UnitKind.MEASURE) else Decimal(1)


def _end(own: Decimal | None, full_at: Decimal | None) -> Decimal | None:
    ends = [full_at * _BEYOND_CAP] if full_at else []
    ends += [own * (_BEYOND_OWN if full_at else _WITHOUT_CAP)] if own else []
    return max(ends, default=None)


def _step(end: Decimal, corpus: Corpus, fact: str) -> Decimal:
    return max((end / _POINTS).quantize(_grain(corpus, fact), rounding=ROUND_CEILING), _grain(corpus, fact))


def _amount(
    measure: Measure, facts: FactSheet, fact: str, base: Decimal, as_of: date, corpus: Corpus
) -> Decimal:
    kept = {name: facts.values.get(name, Decimal(0)) for name in measure.amount_facts}
    sheet = FactSheet(MappingProxyType({**kept, fact: base}), facts.known)
    return estimate(measure, sheet, as_of, corpus).amount or Decimal(0)
