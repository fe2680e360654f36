"""What extraction proposes: awards, their values bound to their words, and what is doubted of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.model.document import Span
from corpus.model.measure import SupportKind


class ValueRole(StrEnum):
    """What a value does in its award."""

    AMOUNT = "amount"
    RATE = "rate"
    CAP = "cap"
    ANNUAL_CAP = "annual_cap"
    PER_UNIT = "per_unit"
    TIER = "tier"
    FLOOR = "floor"
    MATCHING = "matching"
    THRESHOLD = "threshold"


class ProposalState(StrEnum):
    """Whether code has proven every word of a proposal, or a person must look."""

    PROVEN = "proven"
    NEEDS_REVIEW = "needs_review"


class FormulaKind(StrEnum):
    """The shape of an award's sum; `NONE` where no shape of ours says what the text says."""

    FIXED = "fixed"
    SHARE = "share"
    PER_UNIT = "per_unit"
    MATCHING = "matching"
    UP_TO = "up_to"
    TIERS = "tiers"
    RANGE = "range"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Value:
    """One number of an award: yuan, a ratio, or a count in `unit`.

    `bound` is the word that makes it a limit, `scope` the words over what it runs (每个项目), `per` what it
    is paid for each of, `when` the case it holds for, `low` the lower end of a range of rates.
    """

    role: ValueRole
    value: Decimal
    unit: str
    span: Span
    bound: Span | None = None
    scope: Span | None = None
    per: Span | None = None
    when: Span | None = None
    low: Decimal | None = None
    comparison: Span | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One award as read: `passage` holds it whole, `quote` the words that grant it.

    `state` and `doubts` say how far to believe it.
    """

    id: str
    clause_id: str
    name: str
    passage: Span
    quote: Span
    kind: SupportKind
    kind_words: Span | None
    formula: FormulaKind
    values: tuple[Value, ...]
    base: Span | None = None
    beneficiary: Span | None = None
    conditions: tuple[Span, ...] = ()
    one_off: Span | None = None
    period: Span | None = None
    remarks: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()
    state: ProposalState = ProposalState.NEEDS_REVIEW

    def numbers(self, *roles: ValueRole) -> tuple[Value, ...]:
        """Return the values of these roles, in order."""
        return tuple(value for value in self.values if value.role in roles)


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A sum or rate that no award holds, and why."""

    span: Span
    value: Decimal
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnquantifiedGrant:
    """A grant whose sum the words do not say, and why it is not computed."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one document."""

    proposals: tuple[Proposal, ...]
    unquantified: tuple[UnquantifiedGrant, ...]
    other_numbers: tuple[OtherNumber, ...]
