"""From the shapes of `measures.yaml` to measures whose every word is bound to its place in a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from corpus.errors import BrokenCorpusError
from corpus.measure_shapes import (
    CapShape,
    ChoiceOfConditionsShape,
    ChoiceShape,
    ConditionShape,
    FactWordsShape,
    FixedShape,
    FormulaShape,
    MatchingShape,
    MeasureShape,
    MoneyShape,
    PerUnitShape,
    QuantityShape,
    QuoteShape,
    RateShape,
    ShareLessOtherShape,
    ShareShape,
)
from corpus.model.document import Clause, Span
from corpus.model.measure import (
    AnyOf,
    Cap,
    Condition,
    Cumulation,
    Fact,
    FixedSum,
    Formula,
    Matching,
    Measure,
    PerUnit,
    ShareLessOther,
    ShareOfBase,
    Sourced,
)
from corpus.model.values import Money, Quantity, Rate, Unit
from corpus.quotes import bound_before, span_in_clause, span_in_passage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all measures of a document share."""

    clauses: Mapping[str, Clause]
    facts: Mapping[str, Fact]
    common: tuple[Condition, ...]
    cumulation: Span | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage being bound, with the `lead` that may hold conditions; `where` is for messages."""

    span: Span
    facts: Mapping[str, Fact]
    where: str
    lead: Span | None = None

    def at(self, field: str) -> str:
        """Return the place of a field, for messages."""
        return f"{self.where} 的 {field}"

    def words(self, shape: QuoteShape, field: str) -> Span:
        """Bind a quote."""
        return span_in_passage(self.span, shape.quote, shape.within, self.at(field))

    def words_or_lead(self, shape: QuoteShape, field: str) -> Span:
        """Bind a quote that may stand in the lead instead of the passage."""
        if self.lead is not None and shape.quote not in self.span.quote:
            return span_in_passage(self.lead, shape.quote, shape.within, self.at(field))
        return self.words(shape, field)

    def number(self, shape: MoneyShape | RateShape, value: T, field: str) -> Sourced[T]:
        """Bind a number with the word that bounds it."""
        span = self.words(shape, field)
        if shape.bound is None:
            return Sourced(value, span)
        return Sourced(value, span, bound_before(self.span, shape.bound, span, self.at(f"{field}.bound")))

    def money(self, shape: MoneyShape, field: str) -> Sourced[Money]:
        """Bind a sum of money."""
        return self.number(shape, Money(shape.yuan), field)

    def rate(self, shape: RateShape, field: str) -> Sourced[Rate]:
        """Bind a rate."""
        return self.number(shape, Rate(shape.ratio), field)

    def quantity(self, shape: QuantityShape, field: str) -> Sourced[Quantity]:
        """Bind a quantity."""
        return Sourced(Quantity(shape.value, shape.unit), self.words(shape, field))

    def fact(self, name: str, field: str) -> str:
        """Return a fact's name, known to exist."""
        return known_fact(name, self.facts, self.at(field))

    def fact_words(self, shape: FactWordsShape, field: str, unit: Unit | None = None) -> Sourced[str]:
        """Bind the words that name a fact; with `unit`, the fact must be measured in it."""
        name = self.fact(shape.fact, f"{field}.fact")
        self.expect(name, unit, field)
        return Sourced(name, self.words(shape, field))

    def expect(self, name: str, unit: Unit | None, field: str) -> None:
        """Refuse a fact of another unit."""
        if unit is not None and self.facts[name].unit is not unit:
            raise BrokenCorpusError(
                self.at(field), f"事实 {name} 的单位应为 {unit.value}，实为 {self.facts[name].unit.value}"
            )


def known_fact(name: str, facts: Mapping[str, Fact], where: str) -> str:
    """Return the name if such a fact exists.

    Raises:
        BrokenCorpusError: no such fact.
    """
    if name not in facts:
        raise BrokenCorpusError(where, f"facts.yaml 中没有事实 {name}", "请改正名称或先在 facts.yaml 中补充")
    return name


def build_measure(shape: MeasureShape, around: Surroundings, where: str) -> Measure:
    """Bind one measure.

    Raises:
        BrokenCorpusError: a quote or fact is not where the file says.
    """
    clause_id = shape.id.rpartition("/")[0]
    clause = known_clause(clause_id, around.clauses, f"{where} 的 id")
    passage = _passage(shape, clause, around, where)
    own, tops = shape.one_off, shape.tops_up
    conditions, alternatives = _conditions(shape.conditions, passage)
    return Measure(
        id=shape.id,
        name=shape.name,
        clause_id=clause_id,
        kind=shape.kind.value,
        kind_words=passage.words(shape.kind, "kind"),
        passage=passage.span,
        formula=_formula(shape.formula, passage),
        beneficiary=passage.words_or_lead(shape.beneficiary, "beneficiary") if shape.beneficiary else None,
        caps=tuple(_cap(cap, passage, f"caps[{n}]") for n, cap in enumerate(shape.caps)),
        conditions=(*conditions, *_not_repeating(conditions, around.common)),
        alternatives=alternatives,
        one_off=passage.fact_words(own, "one_off", Unit.YES_NO) if own else None,
        tops_up=passage.fact_words(tops, "tops_up", Unit.YUAN) if tops else None,
        cumulation=_cumulation(shape, around, where),
        remarks=tuple(
            Sourced(remark.meaning, passage.words(remark, f"remarks[{n}]"))
            for n, remark in enumerate(shape.remarks)
        ),
        notes=shape.notes,
    )


def _passage(shape: MeasureShape, clause: Clause, around: Surroundings, where: str) -> Passage:
    span = span_in_clause(clause, shape.passage, f"{where} 的 passage")
    lead = span_in_clause(clause, shape.lead, f"{where} 的 lead") if shape.lead else None
    return Passage(span, around.facts, where, lead)


def _not_repeating(own: tuple[Condition, ...], common: tuple[Condition, ...]) -> tuple[Condition, ...]:
    named = {condition.fact for condition in own}
    return tuple(condition for condition in common if condition.fact not in named)


def known_clause(clause_id: str, clauses: Mapping[str, Clause], where: str) -> Clause:
    """Return a clause.

    Raises:
        BrokenCorpusError: no such clause.
    """
    try:
        return clauses[clause_id]
    except KeyError:
        raise BrokenCorpusError(where, f"没有条款 {clause_id}", "请改正条款编号") from None


def build_conditions(
    shapes: Iterable[ConditionShape], passage: Passage, field: str = "conditions"
) -> tuple[Condition, ...]:
    """Bind conditions, all of which must hold."""
    return tuple(_condition(one, passage, f"{field}[{n}]") for n, one in enumerate(shapes))


def _conditions(
    shapes: tuple[ConditionShape | ChoiceOfConditionsShape, ...], passage: Passage
) -> tuple[tuple[Condition, ...], tuple[AnyOf, ...]]:
    must = tuple(shape for shape in shapes if isinstance(shape, ConditionShape))
    choices = tuple(shape for shape in shapes if isinstance(shape, ChoiceOfConditionsShape))
    return build_conditions(must, passage), tuple(
        AnyOf(build_conditions(choice.any_of, passage, "conditions.any_of")) for choice in choices
    )


def _condition(shape: ConditionShape, passage: Passage, field: str) -> Condition:
    span = passage.words_or_lead(shape, field)
    fact = passage.fact(shape.fact, f"{field}.fact")
    if (shape.comparison is None) != (shape.threshold is None):
        raise BrokenCorpusError(passage.at(field), "comparison 与 threshold 须同时写出")
    if shape.comparison is None or shape.threshold is None:
        passage.expect(fact, Unit.YES_NO, field)
        return Condition(fact, shape.quote, span)
    return Condition(
        fact,
        shape.quote,
        span,
        comparison=shape.comparison.value,
        comparison_span=passage.words(shape.comparison, f"{field}.comparison"),
        threshold=_threshold(shape.threshold, fact, passage, f"{field}.threshold"),
    )


def _threshold(
    shape: QuantityShape | ChoiceShape | MoneyShape, fact: str, passage: Passage, field: str
) -> Sourced[Quantity] | Sourced[str] | Sourced[Money]:
    match shape:
        case MoneyShape():
            passage.expect(fact, Unit.YUAN, field)
            return passage.money(shape, field)
        case QuantityShape():
            passage.expect(fact, shape.unit, field)
            return passage.quantity(shape, field)
        case ChoiceShape():
            if shape.choice not in passage.facts[fact].choices:
                raise BrokenCorpusError(passage.at(field), f"“{shape.choice}”不是事实 {fact} 的可选值")
            return Sourced(shape.choice, passage.words(shape, field))


def _cap(shape: CapShape, passage: Passage, field: str) -> Cap:
    scope = None
    amount = passage.money(shape, field)
    if shape.scope is not None:
        scope = bound_before(passage.span, shape.scope, amount.span, passage.at(f"{field}.scope"))
    if shape.received is not None:
        passage.fact(shape.received, f"{field}.received")
        passage.expect(shape.received, Unit.YUAN, f"{field}.received")
    return Cap(amount, shape.per, scope, shape.received)


def _formula(shape: FormulaShape, passage: Passage) -> Formula:
    match shape:
        case FixedShape():
            return FixedSum(passage.money(shape.amount, "formula.amount"))
        case PerUnitShape():
            return _per_unit(shape, passage)
        case ShareShape():
            return ShareOfBase(
                passage.rate(shape.rate, "formula.rate"),
                passage.fact_words(shape.base, "formula.base", Unit.YUAN),
            )
        case ShareLessOtherShape():
            return ShareLessOther(
                passage.rate(shape.rate, "formula.rate"),
                passage.fact_words(shape.base, "formula.base", Unit.YUAN),
                passage.fact_words(shape.other, "formula.other", Unit.YUAN),
            )
        case MatchingShape():
            return Matching(
                passage.rate(shape.ratio, "formula.ratio"),
                passage.fact_words(shape.base, "formula.base", Unit.YUAN),
            )


def _per_unit(shape: PerUnitShape, passage: Passage) -> PerUnit:
    per = passage.quantity(shape.per, "formula.per") if shape.per else None
    count = passage.fact_words(shape.count, "formula.count", shape.per.unit if shape.per else None)
    return PerUnit(passage.money(shape.amount, "formula.amount"), count, per)


def _cumulation(shape: MeasureShape, around: Surroundings, where: str) -> Cumulation | None:
    if shape.matter is None:
        return None
    if around.cumulation is None:
        raise BrokenCorpusError(f"{where} 的 matter", "文件开头没有 cumulation，不能写 matter")
    return Cumulation(around.cumulation.clause_id, shape.matter, around.cumulation)
