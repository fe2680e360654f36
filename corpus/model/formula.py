"""Formulas (算法): a small closed set of shapes, never text to evaluate; each number carries its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from corpus.model.document import Span
from corpus.model.values import Money, Quantity, Rate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """A value and the very characters of the clause that state it.

    `bound` is the word that makes the value an upper limit (最高、不超过…), where the clause has one.
    """

    value: T
    span: Span
    bound: Span | None = None


class Comparison(StrEnum):
    """The four comparisons of policy Chinese; the word itself is kept in the condition's span."""

    AT_LEAST = "at_least"  # 以上、至少、不低于、及以上
    AT_MOST = "at_most"  # 以下、以内、不超过
    OVER = "over"  # 超过、高于
    UNDER = "under"  # 不满、低于、不足


@dataclass(frozen=True, slots=True)
class FixedSum:
    """A sum stated outright (给予50万元奖励); with `amount.bound`, up to it (最高50万元)."""

    amount: Sourced[Money]


@dataclass(frozen=True, slots=True)
class ShareOfBase:
    """A rate of a named base: 按项目自筹投入资金总额的30%."""

    rate: Sourced[Rate]
    base: Sourced[str]


@dataclass(frozen=True, slots=True)
class PerUnit:
    """A sum for each unit: 每服务1家2.5万元, 1500元/吨标煤, 每条航线50万元.

    `count` names the fact that counts the units; `per` is the unit as written (1家, 吨标煤), None where
    the clause grants once for each without saying 每.
    """

    amount: Sourced[Money]
    count: Sourced[str]
    per: Sourced[Quantity] | None = None


@dataclass(frozen=True, slots=True)
class ShareLessOther:
    """A joint ceiling: several givers together at most rate × base, so this one at most that less `other`."""

    rate: Sourced[Rate]
    base: Sourced[str]
    other: Sourced[str]


@dataclass(frozen=True, slots=True)
class Matching:
    """Support matched to what another level pays (1:1 配套): ratio × the sum of fact `base`."""

    ratio: Sourced[Rate]
    base: Sourced[str]


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the numbers a product multiplies: the fact `count`, the unit it pays for, the most that counts.

    `per` is the unit as written (每平方米); `most` the limit on the number itself (最长不超过12个月).
    """

    count: Sourced[str]
    per: Sourced[Quantity] | None = None
    most: Sourced[Quantity] | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A sum for each unit of several things at once: 每平方米每月20元 × 面积 × 月数."""

    amount: Sourced[Money]
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """A grade (档) of a tiered sum: what the fact must reach, and what it pays then.

    Without `comparison` the threshold is one of the fact's choices, and the fact must be just that one.
    """

    amount: Sourced[Money]
    threshold: Sourced[Quantity] | Sourced[str] | Sourced[Money]
    comparison: Comparison | None = None
    comparison_span: Span | None = None

    @property
    def words(self) -> str:
        """Return the words that say what must be reached, in the clause's order (50人以上)."""
        word, number = self.comparison_span, self.threshold.span
        if word is None:
            return number.quote
        return f"{word.quote}{number.quote}" if word.start < number.start else f"{number.quote}{word.quote}"


@dataclass(frozen=True, slots=True)
class Tiered:
    """A sum by the grade that `fact` reaches (分档): the highest one reached pays, and pays once."""

    fact: Sourced[str]
    tiers: tuple[Tier, ...]

    @property
    def highest(self) -> Tier:
        """Return the grade that pays most."""
        return max(self.tiers, key=lambda tier: tier.amount.value)


@dataclass(frozen=True, slots=True)
class CaseSum:
    """One case of an award and its sum: 国家级 100万元. `case` is one of the level's choices."""

    case: Sourced[str]
    amount: Sourced[Money]


@dataclass(frozen=True, slots=True)
class SumsByCase:
    """A sum for each of several cases that exclude one another (分档): 国家级、省级分别给予100万元、50万元.

    `level` names the fact that says which case holds. A bound word (最高) stands before the first sum only
    and bounds all. A company at 省级 is granted 50万元.
    """

    level: str
    cases: tuple[CaseSum, ...]

    def of(self, case: str) -> CaseSum:
        """Return what is granted for a case.

        Raises:
            KeyError: there is none.
        """
        return {one.case.value: one for one in self.cases}[case]


Formula = FixedSum | ShareOfBase | PerUnit | ShareLessOther | Matching | Product | Tiered | SumsByCase
