"""A measure (措施): what a clause grants, as data a calculator can run and a person can check.

Formulas are a small closed set of types, never text to be evaluated. Every number, the word that bounds it
(最高、不超过、至少…) and every named base is `Sourced`: it carries the span of the clause that states it.
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
    """A value and the very characters of the clause that state it.

    `bound` is the word that makes the value an upper limit (最高、不超过…), where the clause has one.
    """

    value: T
    span: Span
    bound: Span | None = None


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


class FactScope(StrEnum):
    """What a fact is about: the company itself, whatever it asks for, or one matter (a project…)."""

    COMPANY = "company"
    MATTER = "matter"


class FactRole(StrEnum):
    """What a fact does in the measures that ask for it."""

    BASE = "base"  # 基数：比例所乘的金额，或别的层级已支持的金额
    COUNT = "count"  # 数量：按件、按次、按面积计算的个数
    CONDITION = "condition"  # 条件：是或否
    THRESHOLD = "threshold"  # 门槛：达到多少、几级
    RECEIVED = "received"  # 已享受：已经拿到的金额，或是否享受过


class FactPeriod(StrEnum):
    """The stretch of time a fact is told of, where it is one: what it was in another one is another fact."""

    YEAR = "year"


class Combining(StrEnum):
    """What becomes of several values told of one fact."""

    ASK = "ask"  # 问以哪个为准
    SUM = "sum"  # 加起来


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a company must tell: `name` (identifier), Chinese `label`, unit and the question to ask.

    `choices` lists the only values a LEVEL fact may take, weakest first. A fact of the company, told once,
    holds for every later matter of a conversation; any other belongs to the matter it was told for.
    `requires` names the yes/no fact without which this one says nothing. `needs_words` where no number is
    taken for it unless its own words stand beside it; `is_seat` where it says in which place the company is.
    `counts` are patterns of the things a count counts. `document` is the slug of the document whose fact it
    is, empty for one that documents share.
    """

    name: str
    label: str
    unit: Unit
    question: str
    hints: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    scope: FactScope = FactScope.MATTER
    role: FactRole = FactRole.BASE
    period: FactPeriod | None = None
    combines: Combining = Combining.ASK
    requires: str | None = None
    needs_words: bool = False
    is_seat: bool = False
    counts: tuple[str, ...] = ()
    document: str = ""

    @property
    def own_name(self) -> str:
        """Return the name as the document's own files write it.

        >>> Fact("park.area", "面积", Unit.COUNT, "多大？", document="park").own_name
        'area'
        """
        return self.name.removeprefix(f"{self.document}.")

    @property
    def is_paid(self) -> bool:
        """Tell whether it is a sum that was already received (已享受的金额)."""
        return self.role is FactRole.RECEIVED and self.unit == Unit.YUAN

    @property
    def is_of_this_year(self) -> bool:
        """Tell whether it is something received that counts for one year only."""
        return self.role is FactRole.RECEIVED and self.period is FactPeriod.YEAR


@dataclass(frozen=True, slots=True)
class Cap:
    """An upper limit (最高、不超过、封顶) and what it runs over.

    `scope` holds the words that say so (单个单位年度), None for `CapScope.AWARD`. `received` names the
    fact with what was already paid within that scope: it counts against the cap.
    """

    amount: Sourced[Money]
    per: CapScope
    scope: Span | None = None
    received: str | None = None


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


Formula = FixedSum | ShareOfBase | PerUnit | ShareLessOther | Matching | Product | Tiered


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
    comparison_span: Span | None = None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions of which one is enough (符合其一即可)."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Cumulation:
    """Which measures exclude one another on the same matter (同一事项, 就高不重复), by which words."""

    group: str
    matter: str
    span: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """What one clause grants; the unit of calculation.

    `passage` is the stretch of the clause that grants it. `kind_words` say what form it takes (奖励).
    All `conditions` must hold, and one of each `AnyOf` in `alternatives`.
    `one_off` (一次性) names the yes/no fact that it was received before; `tops_up` (晋档补差) the fact
    holding what a lower grade already paid. `remarks` are words of the clause that matter and compute
    nothing (择优、后补贴), each with its meaning; `notes` are ours.
    """

    id: str
    name: str
    clause_id: str
    kind: SupportKind
    passage: Span
    formula: Formula
    kind_words: Span | None = None
    beneficiary: Span | None = None
    caps: tuple[Cap, ...] = ()
    conditions: tuple[Condition, ...] = ()
    alternatives: tuple[AnyOf, ...] = ()
    one_off: Sourced[str] | None = None
    tops_up: Sourced[str] | None = None
    cumulation: Cumulation | None = None
    remarks: tuple[Sourced[str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """Return the slug of the document that grants the measure."""
        return self.clause_id.split("/", 1)[0]

    @property
    def bound_words(self) -> tuple[Span, ...]:
        """Return the words that make the result an upper bound; empty for a fixed award."""
        tiers = self.formula.tiers if isinstance(self.formula, Tiered) else ()
        formula = tuple(tier.amount for tier in tiers) or (self.formula_number,)
        numbers = (*formula, *(cap.amount for cap in self.caps))
        return tuple(number.bound for number in numbers if number.bound is not None)

    @property
    def is_upper_bound(self) -> bool:
        """Tell whether the clause promises at most, not exactly, the computed sum."""
        return bool(self.bound_words)

    @property
    def formula_number(self) -> Sourced[Money] | Sourced[Rate]:
        """Return the one number the formula rests on: its sum, rate or ratio; of tiers the highest sum."""
        match self.formula:
            case FixedSum(amount=amount) | PerUnit(amount=amount) | Product(amount=amount):
                return amount
            case Tiered() as tiered:
                return tiered.highest.amount
            case ShareOfBase(rate=rate) | ShareLessOther(rate=rate) | Matching(ratio=rate):
                return rate

    @property
    def all_conditions(self) -> tuple[Condition, ...]:
        """Return every condition, those of an `AnyOf` one by one."""
        return (*self.conditions, *(one for choice in self.alternatives for one in choice.conditions))

    @property
    def amount_facts(self) -> tuple[str, ...]:
        """Return the names of the facts the amount is computed from, most important first."""
        match self.formula:
            case FixedSum():
                names: tuple[str, ...] = ()
            case PerUnit(count=fact) | ShareOfBase(base=fact) | Matching(base=fact):
                names = (fact.value,)
            case ShareLessOther(base=base, other=other):
                names = (base.value, other.value)
            case Product(factors=factors):
                names = tuple(factor.count.value for factor in factors)
            case Tiered(fact=fact):
                names = (fact.value,)
        received = tuple(cap.received for cap in self.caps if cap.received is not None)
        return names + received + ((self.tops_up.value,) if self.tops_up else ())

    @property
    def fact_names(self) -> tuple[str, ...]:
        """Return every fact the measure asks for, without repeats: amounts, then conditions."""
        once = (self.one_off.value,) if self.one_off else ()
        asked = (*self.amount_facts, *(condition.fact for condition in self.all_conditions), *once)
        return tuple(dict.fromkeys(asked))


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
    """Words of a clause whose numbers belong to no measure, and what they are instead.

    Where the words only tell a measure again (导语、问答重述), `restates` is its id and the words are the
    same, character for character.
    """

    span: Span
    reason: str
    restates: str | None = None


def percent(rate: Rate) -> str:
    """Write a rate as people do.

    >>> percent(Rate.of("0.3")), percent(Rate.of("0.025"))
    ('30%', '2.5%')
    """
    value = (rate.ratio * Decimal(100)).normalize()
    return f"{value:f}%"
