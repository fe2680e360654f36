"""The shape of `facts.yaml` and `measures.yaml`, validated strictly: an unknown field is an error."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.model.measure import (
    CapScope,
    Combining,
    Comparison,
    FactPeriod,
    FactRole,
    FactScope,
    SupportKind,
)

Text = Annotated[str, Field(min_length=1)]
Number = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactShape(_Strict):
    """One entry of `facts.yaml`; its key is the fact's name.

    What follows `counts` are patterns by which a company is heard to state or deny the fact.
    """

    label: Text
    unit: Text
    role: FactRole
    question: Text
    hints: tuple[Text, ...] = ()
    choices: tuple[Text, ...] = ()
    scope: FactScope = FactScope.MATTER
    period: FactPeriod | None = None
    combines: Combining = Combining.ASK
    requires: Text | None = None
    needs_words: bool = False
    is_seat: bool = False
    counts: tuple[Text, ...] = ()
    stated_by_hint: bool = False
    stated_outright: tuple[Text, ...] = ()
    stated_by_deed: tuple[Text, ...] = ()
    denied_things: tuple[Text, ...] = ()
    denied_outright: tuple[Text, ...] = ()


class QuoteShape(_Strict):
    """Words of the passage; `within` is the longer stretch that makes them unique."""

    quote: Text
    within: Text | None = None


class MoneyShape(QuoteShape):
    """A sum in yuan with its quote and the word that bounds it, if any."""

    yuan: Number
    bound: Text | None = None


class RateShape(QuoteShape):
    """A ratio (0.3 for 30%) with its quote and the word that bounds it, if any."""

    ratio: Number
    bound: Text | None = None


class QuantityShape(QuoteShape):
    """A counted number with its unit and the word that bounds it, if any."""

    value: Number
    unit: Text
    bound: Text | None = None


class ChoiceShape(QuoteShape):
    """A level, as one of its fact's choices."""

    choice: Text


class FactWordsShape(QuoteShape):
    """A fact and the words that name it."""

    fact: Text


class KindShape(QuoteShape):
    """The form of support and the words that say it."""

    value: SupportKind


class ComparisonShape(QuoteShape):
    """One of the four comparisons and its word."""

    value: Comparison


class CapShape(MoneyShape):
    """An upper limit, what it runs over with the words that say so, and what already counts against it."""

    per: CapScope = CapScope.AWARD
    scope: Text | None = None
    received: Text | None = None


class ConditionShape(QuoteShape):
    """A condition in the clause's own words."""

    fact: Text
    comparison: ComparisonShape | None = None
    threshold: QuantityShape | ChoiceShape | MoneyShape | None = None


class ChoiceOfConditionsShape(_Strict):
    """Conditions of which one is enough."""

    any_of: Annotated[tuple[ConditionShape, ...], Field(min_length=2)]


class RemarkShape(QuoteShape):
    """Words that matter and compute nothing, and what they mean."""

    meaning: Text


class FixedShape(_Strict):
    """A sum stated outright."""

    type: Literal["fixed"]
    amount: MoneyShape


class ShareShape(_Strict):
    """A rate of a named base."""

    type: Literal["share"]
    rate: RateShape
    base: FactWordsShape


class PerUnitShape(_Strict):
    """A sum for each unit counted."""

    type: Literal["per_unit"]
    amount: MoneyShape
    count: FactWordsShape
    per: QuantityShape | None = None


class ShareLessOtherShape(_Strict):
    """A joint ceiling of several givers."""

    type: Literal["share_less_other"]
    rate: RateShape
    base: FactWordsShape
    other: FactWordsShape


class MatchingShape(_Strict):
    """A ratio of what another level pays."""

    type: Literal["matching"]
    ratio: RateShape
    base: FactWordsShape


class FactorShape(_Strict):
    """One of the numbers a product multiplies."""

    count: FactWordsShape
    per: QuantityShape | None = None
    most: QuantityShape | None = None


class ProductShape(_Strict):
    """A sum for each unit of several things at once."""

    type: Literal["product"]
    amount: MoneyShape
    factors: Annotated[tuple[FactorShape, ...], Field(min_length=2)]


class TierShape(_Strict):
    """A grade: what must be reached, and what it pays."""

    amount: MoneyShape
    threshold: QuantityShape | ChoiceShape | MoneyShape
    comparison: ComparisonShape | None = None


class TieredShape(_Strict):
    """A sum by the grade a fact reaches."""

    type: Literal["tiers"]
    fact: FactWordsShape
    tiers: Annotated[tuple[TierShape, ...], Field(min_length=2)]


class CaseSumShape(_Strict):
    """One case of several and its sum."""

    case: ChoiceShape
    amount: MoneyShape


class SumsByCaseShape(_Strict):
    """Sums by case; `level` is the fact whose choices are the cases. Only the first sum may have a bound."""

    type: Literal["cases"]
    level: Text
    cases: Annotated[tuple[CaseSumShape, ...], Field(min_length=2)]


FormulaShape = Annotated[
    FixedShape
    | ShareShape
    | PerUnitShape
    | ShareLessOtherShape
    | MatchingShape
    | ProductShape
    | TieredShape
    | SumsByCaseShape,
    Field(discriminator="type"),
]


class ReviewShape(_Strict):
    """Who decided on an award, and when (ISO date and time)."""

    by: Text
    at: Text


class RejectedShape(_Strict):
    """A proposed award that a person turned down; `quote` are the words it was read from."""

    id: Text
    quote: Text
    by: Text
    at: Text


class MeasureShape(_Strict):
    """One quantified award. Its clause is its id without the last part.

    `lead` are words elsewhere in the clause that name its beneficiary or set its conditions. `state` is
    `proven` where only the proof vouches for it; `reviewed` names the person who confirmed it.
    """

    id: Text
    name: Text
    state: Literal["proven", "confirmed"] = "confirmed"
    reviewed: ReviewShape | None = None
    lead: Text | None = None
    passage: Text
    kind: KindShape
    formula: FormulaShape
    beneficiary: QuoteShape | None = None
    caps: tuple[CapShape, ...] = ()
    conditions: tuple[ConditionShape | ChoiceOfConditionsShape, ...] = ()
    one_off: FactWordsShape | None = None
    tops_up: FactWordsShape | None = None
    matter: Text | None = None
    remarks: tuple[RemarkShape, ...] = ()
    notes: tuple[Text, ...] = ()


class CommonConditionsShape(_Strict):
    """Conditions that a clause sets for every measure of the document."""

    clause: Text
    passage: Text
    conditions: Annotated[tuple[ConditionShape, ...], Field(min_length=1)]


class CumulationShape(_Strict):
    """The clause that forbids taking several measures for the same matter."""

    clause: Text
    passage: Text


class UnquantifiedShape(_Strict):
    """A grant without a number, and why it is not computed."""

    id: Text
    name: Text
    passage: Text
    reason: Text


class ExplainedShape(_Strict):
    """Words whose numbers belong to no measure, and what they are."""

    clause: Text
    quote: Text
    reason: Text


class RestatementShape(_Strict):
    """Measures that another clause tells again in the same words."""

    clause: Text
    measures: Annotated[tuple[Text, ...], Field(min_length=1)]
    reason: Text


class MeasureFileShape(_Strict):
    """The whole of `measures.yaml`."""

    document: Text
    common_conditions: tuple[CommonConditionsShape, ...] = ()
    cumulation: CumulationShape | None = None
    measures: tuple[MeasureShape, ...] = ()
    unquantified: tuple[UnquantifiedShape, ...] = ()
    pending: tuple[UnquantifiedShape, ...] = ()  # awards whose reading is doubted: quoted, never computed
    rejected: tuple[RejectedShape, ...] = ()
    restatements: tuple[RestatementShape, ...] = ()
    explained: tuple[ExplainedShape, ...] = ()
