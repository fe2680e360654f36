"""A measure (措施): what a clause grants, as data a calculator can run and a person can check.

Formulas are a small closed set of types, never text to be evaluated. Every number and every word that
bounds one (最高、不超过、至少…) is `Sourced`: it carries the span of the clause that states it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from corpus.model.document import Span
from corpus.model.values import Money, Quantity, Rate, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """A value and the very characters of the clause that state it."""

    value: T
    span: Span


class SupportKind(StrEnum):
    """What form the support takes (支持方式)."""

    AWARD = "award"  # 奖励
    SUBSIDY = "subsidy"  # 补贴、补助
    GRANT = "grant"  # 资助、资金支持、扶持
    MATCHING = "matching"  # 配套、匹配
    INTEREST_SUBSIDY = "interest_subsidy"  # 贴息
    PREMIUM_SUBSIDY = "premium_subsidy"  # 保费补贴


class Comparison(StrEnum):
    """The four comparisons of policy Chinese; the word itself is kept in the condition's span."""

    AT_LEAST = "at_least"  # 以上、至少、不低于、及以上
    AT_MOST = "at_most"  # 以下、以内、不超过
    OVER = "over"  # 超过、高于
    UNDER = "under"  # 不满、低于、不足


class CapScope(StrEnum):
    """Over what a cap (上限) runs."""

    PROJECT = "project"  # 每个项目
    PROJECT_CUMULATIVE = "project_cumulative"  # 单个项目累计
    EVENT = "event"  # 单次
    ENTERPRISE_YEAR = "enterprise_year"  # 单个单位年度
    AWARD = "award"  # 每笔（原文未另写范围）


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a company must tell: `name` (identifier), Chinese `label`, unit and the question to ask.

    `choices` lists the only values a LEVEL fact may take, weakest first.
    """

    name: str
    label: str
    unit: Unit
    question: str
    hints: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """An upper limit (最高、不超过、封顶) and what it runs over."""

    amount: Sourced[Money]
    per: CapScope


@dataclass(frozen=True, slots=True)
class FixedSum:
    """A sum stated outright (给予50万元奖励); with `is_upper_bound`, up to it (最高50万元)."""

    amount: Sourced[Money]


@dataclass(frozen=True, slots=True)
class ShareOfBase:
    """A rate of a named base: 按项目自筹投入资金总额的30%."""

    rate: Sourced[Rate]
    base: Sourced[str]


@dataclass(frozen=True, slots=True)
class PerUnit:
    """A sum for each unit: 每服务1家2.5万元, 1500元/吨标煤, 每条航线50万元."""

    amount: Sourced[Money]
    count: Sourced[str]


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


Formula = FixedSum | ShareOfBase | PerUnit | ShareLessOther | Matching


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition (条件) on one fact, in the clause's own words.

    With `comparison`, the fact must compare so with `threshold` (a quantity, or one of the fact's
    choices); without, the fact must be true.
    """

    fact: str
    text: str
    span: Span
    comparison: Comparison | None = None
    threshold: Sourced[Quantity] | Sourced[str] | Sourced[Money] | None = None


@dataclass(frozen=True, slots=True)
class Cumulation:
    """Which measures exclude one another on the same matter (同一事项, 就高不重复), by which words."""

    group: str
    matter: str
    span: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """What one clause grants; the unit of calculation.

    `passage` is the stretch of the clause that grants it. `bound_words` are the words that make the
    result an upper bound; empty for a fixed award. `tops_up` (晋档补差) names the fact holding what a
    lower grade already paid, with the words that say so.
    """

    id: str
    name: str
    clause_id: str
    kind: SupportKind
    passage: Span
    formula: Formula
    beneficiary: Span | None = None
    bound_words: tuple[Span, ...] = ()
    caps: tuple[Cap, ...] = ()
    conditions: tuple[Condition, ...] = ()
    one_off: Span | None = None
    tops_up: Sourced[str] | None = None
    cumulation: Cumulation | None = None
    notes: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """Return the slug of the document that grants the measure."""
        return self.clause_id.split("/", 1)[0]

    @property
    def is_upper_bound(self) -> bool:
        """Tell whether the clause promises at most, not exactly, the computed sum."""
        return bool(self.bound_words)


@dataclass(frozen=True, slots=True)
class Unquantified:
    """A grant without a number (予以支持、专项奖励、按规定…): shown, never computed, with the reason."""

    id: str
    clause_id: str
    name: str
    passage: Span
    reason: str


@dataclass(frozen=True, slots=True)
class ExplainedNumber:
    """A number of a clause that belongs to no measure, and what it is instead."""

    span: Span
    reason: str


def percent(rate: Rate) -> str:
    """Write a rate as people do.

    >>> percent(Rate.of("0.3")), percent(Rate.of("0.025"))
    ('30%', '2.5%')
    """
    value = (rate.ratio * Decimal(100)).normalize()
    return f"{value:f}%"
