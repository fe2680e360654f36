"""A measure (措施): what a clause grants, as data a calculator can run and a person can check.

Formulas are a small closed set of types, never text to be evaluated. Every number, the word that bounds it
(最高、不超过、至少…) and every named base is `Sourced`: it carries the span of the clause that states it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from corpus.model.document import Span
from corpus.model.fact import Combining as Combining
from corpus.model.fact import Fact as Fact
from corpus.model.fact import FactPeriod as FactPeriod
from corpus.model.fact import FactRole as FactRole
from corpus.model.fact import FactScope as FactScope
from corpus.model.formula import CaseSum as CaseSum
from corpus.model.formula import Comparison as Comparison
from corpus.model.formula import Factor as Factor
from corpus.model.formula import FixedSum as FixedSum
from corpus.model.formula import Formula as Formula
from corpus.model.formula import Matching as Matching
from corpus.model.formula import PerUnit as PerUnit
from corpus.model.formula import Product as Product
from corpus.model.formula import ShareLessOther as ShareLessOther
from corpus.model.formula import ShareOfBase as ShareOfBase
from corpus.model.formula import Sourced as Sourced
from corpus.model.formula import SumsByCase as SumsByCase
from corpus.model.formula import Tier as Tier
from corpus.model.formula import Tiered as Tiered
from corpus.model.review import Review, ReviewState
from corpus.model.values import Money, Quantity, Rate


class SupportKind(StrEnum):
    """What form the support takes (支持方式)."""

    AWARD = "award"  # 奖励
    SUBSIDY = "subsidy"  # 补贴、补助
    GRANT = "grant"  # 资助、资金支持、扶持
    MATCHING = "matching"  # 配套、匹配
    INTEREST_SUBSIDY = "interest_subsidy"  # 贴息
    PREMIUM_SUBSIDY = "premium_subsidy"  # 保费补贴


class CapScope(StrEnum):
    """Over what a cap (上限) runs."""

    PROJECT = "project"  # 每个项目
    PROJECT_CUMULATIVE = "project_cumulative"  # 单个项目累计
    EVENT = "event"  # 单次
    ENTERPRISE_YEAR = "enterprise_year"  # 单个单位年度
    ENTERPRISE = "enterprise"  # 每家企业
    AWARD = "award"  # 每笔（原文未另写范围）


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
    nothing (择优、后补贴), each with its meaning; `notes` are ours. `state` says who vouches for it and
    `review` who looked; neither is part of what the measure says, so neither changes its hash.
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
    state: ReviewState = field(default=ReviewState.CONFIRMED, repr=False)
    review: Review | None = field(default=None, repr=False)

    @property
    def is_reviewed(self) -> bool:
        """Tell whether a person vouches for it: only then does it count in totals."""
        return self.state is ReviewState.CONFIRMED

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
        """Return the number the formula rests on: of tiers the highest sum, of several cases the first."""
        match self.formula:
            case FixedSum(amount=amount) | PerUnit(amount=amount) | Product(amount=amount):
                return amount
            case Tiered() as tiered:
                return tiered.highest.amount
            case ShareOfBase(rate=rate) | ShareLessOther(rate=rate) | Matching(ratio=rate):
                return rate
            case SumsByCase(cases=cases):
                return cases[0].amount

    @property
    def all_conditions(self) -> tuple[Condition, ...]:
        """Return every condition, those of an `AnyOf` one by one."""
        return (*self.conditions, *(one for choice in self.alternatives for one in choice.conditions))

    @property
    def amount_facts(self) -> tuple[str, ...]:
        """Return the names of the facts the amount is computed from, most important first."""
        match self.formula:
            case FixedSum() | SumsByCase():
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
        level = (self.formula.level,) if isinstance(self.formula, SumsByCase) else ()
        asked = (
            *self.amount_facts,
            *level,
            *(condition.fact for condition in self.all_conditions),
            *once,
        )
        return tuple(dict.fromkeys(asked))


@dataclass(frozen=True, slots=True)
class Unquantified:
    """A grant that is shown and never computed, with the reason.

    Its clause states no number (予以支持、专项奖励、按规定…), or with `state` needs_review its reading is
    doubted and a person must look.
    """

    id: str
    clause_id: str
    name: str
    passage: Span
    reason: str
    state: ReviewState = field(default=ReviewState.CONFIRMED, repr=False)

    @property
    def is_doubted(self) -> bool:
        """Tell whether its clause states a sum that was not read beyond doubt."""
        return self.state is ReviewState.NEEDS_REVIEW


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
