"""From the shapes of `measures.yaml` to measures whose every word is bound to its place in a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.errors import BrokenCorpusError
from corpus.measures.passage import Passage, known_clause
from corpus.measures.quotes import bound_before, span_in_clause
from corpus.measures.shapes import (
    CapShape,
    ChoiceOfConditionsShape,
    ChoiceShape,
    ConditionShape,
    FixedShape,
    FormulaShape,
    MatchingShape,
    MeasureShape,
    MoneyShape,
    PerUnitShape,
    QuantityShape,
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
from corpus.model.values import Money, Quantity, Unit


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all measures of a document share."""

    clauses: Mapping[str, Clause]
    facts: Mapping[str, Fact]
    common: tuple[Condition, ...]
    cumulation: Span | None


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
    remarks = enumerate(shape.remarks)
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
        remarks=tuple(Sourced(each.meaning, passage.words(each, f"remarks[{n}]")) for n, each in remarks),
        notes=shape.notes,
    )


def _passage(shape: MeasureShape, clause: Clause, around: Surroundings, where: str) -> Passage:
    span = span_in_clause(clause, shape.passage, f"{where} 的 passage")
    lead = span_in_clause(clause, shape.lead, f"{where} 的 lead") if shape.lead else None
    return Passage(span, around.facts, where, lead)


def _not_repeating(own: tuple[Condition, ...], common: tuple[Condition, ...]) -> tuple[Condition, ...]:
    named = {condition.fact for condition in own}
    return tuple(condition for condition in common if condition.fact not in named)


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
        passage.expect(shape.fact, Unit.YES_NO, field)
        return Condition(fact, shape.quote, span)
    return Condition(
        fact,
        shape.quote,
        span,
        comparison=shape.comparison.value,
        comparison_span=passage.words(shape.comparison, f"{field}.comparison"),
        threshold=_threshold(shape.threshold, shape.fact, passage, f"{field}.threshold"),
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
    received = None
    if shape.received is not None:
        received = passage.fact(shape.received, f"{field}.received")
        passage.expect(shape.received, Unit.YUAN, f"{field}.received")
    return Cap(amount, shape.per, scope, received)


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
