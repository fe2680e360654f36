"""From the shapes of `measures.yaml` to measures whose every word is bound to its place in a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.errors import BrokenCorpusError
from corpus.measures.passage import Passage, known_clause
from corpus.measures.quotes import bound_before, span_in_clause
from corpus.measures.shapes import (
    CapShape,
    CaseSumShape,
    ChoiceOfConditionsShape,
    ChoiceShape,
    ConditionShape,
    FixedShape,
    FormulaShape,
    MatchingShape,
    MeasureShape,
    MoneyShape,
    PerUnitShape,
    ProductShape,
    QuantityShape,
    ShareLessOtherShape,
    ShareShape,
    SumsByCaseShape,
    TieredShape,
    TierShape,
)
from corpus.model.document import Clause, Span
from corpus.model.measure import (
    AnyOf,
    Cap,
    CaseSum,
    Condition,
    Cumulation,
    Fact,
    Factor,
    FixedSum,
    Formula,
    Matching,
    Measure,
    PerUnit,
    Product,
    ShareLessOther,
    ShareOfBase,
    Sourced,
    SumsByCase,
    Tier,
    Tiered,
)
from corpus.model.review import Review, ReviewState
from corpus.model.values import Money, Quantity, Unit
from corpus.words import DocumentWords


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all measures of a document share."""

    clauses: Mapping[str, Clause]
    facts: Mapping[str, Fact]
    common: tuple[Condition, ...]
    cumulation: Span | None
    words: DocumentWords


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
        state=ReviewState(shape.state),
        review=Review(shape.reviewed.by, shape.reviewed.at) if shape.reviewed else None,
    )


def _passage(shape: MeasureShape, clause: Clause, around: Surroundings, where: str) -> Passage:
    span = span_in_clause(clause, shape.passage, f"{where} 的 passage", around.words)
    lead = span_in_clause(clause, shape.lead, f"{where} 的 lead", around.words) if shape.lead else None
    return Passage(span, around.facts, where, lead, around.words)


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
            passage.expect(fact, passage.unit(shape.unit, field), field)
            return passage.quantity(shape, field)
        case ChoiceShape():
            if shape.choice not in passage.facts[fact].choices:
                raise BrokenCorpusError(passage.at(field), f"“{shape.choice}”不是事实 {fact} 的可选值")
            return Sourced(shape.choice, passage.words(shape, field))


def _cap(shape: CapShape, passage: Passage, field: str) -> Cap:
    scope = None
    amount = passage.money(shape, field)
    if shape.scope is not None:
        place = passage.at(f"{field}.scope")
        scope = bound_before(passage.span, shape.scope, amount.span, place, passage.reading)
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
        case ProductShape():
            return _product(shape, passage)
        case TieredShape():
            return _tiered(shape, passage)
        case MatchingShape():
            return Matching(
                passage.rate(shape.ratio, "formula.ratio"),
                passage.fact_words(shape.base, "formula.base", Unit.YUAN),
            )
        case SumsByCaseShape():
            return _by_case(shape, passage)


def _by_case(shape: SumsByCaseShape, passage: Passage) -> SumsByCase:
    level = passage.fact(shape.level, "formula.level")
    passage.expect(shape.level, Unit.LEVEL, "formula.level")
    return SumsByCase(level, tuple(_case(one, shape.level, passage, n) for n, one in enumerate(shape.cases)))


def _case(shape: CaseSumShape, level: str, passage: Passage, number: int) -> CaseSum:
    field = f"formula.cases[{number}]"
    if shape.case.choice not in passage.facts[level].choices:
        raise BrokenCorpusError(passage.at(field), f"“{shape.case.choice}”不是事实 {level} 的可选值")
    case = Sourced(shape.case.choice, passage.words(shape.case, f"{field}.case"))
    return CaseSum(case, passage.money(shape.amount, f"{field}.amount"))


def _product(shape: ProductShape, passage: Passage) -> Product:
    factors = []
    for n, each in enumerate(shape.factors):
        field = f"formula.factors[{n}]"
        per = passage.quantity(each.per, f"{field}.per") if each.per else None
        count = passage.fact_words(each.count, f"{field}.count", per.value.unit if per else None)
        if each.most is not None:
            passage.expect(each.count.fact, passage.unit(each.most.unit, f"{field}.most"), f"{field}.most")
        most = passage.quantity(each.most, f"{field}.most") if each.most else None
        factors.append(Factor(count, per, most))
    return Product(passage.money(shape.amount, "formula.amount"), tuple(factors))


def _tiered(shape: TieredShape, passage: Passage) -> Tiered:
    fact = passage.fact_words(shape.fact, "formula.fact")
    tiers = tuple(
        _tier(one, shape.fact.fact, passage, f"formula.tiers[{n}]") for n, one in enumerate(shape.tiers)
    )
    return Tiered(fact, tiers)


def _tier(shape: TierShape, fact: str, passage: Passage, field: str) -> Tier:
    comparison = shape.comparison
    if comparison is None and not isinstance(shape.threshold, ChoiceShape):
        raise BrokenCorpusError(passage.at(field), "数量和金额的档次须写出 comparison")
    return Tier(
        passage.money(shape.amount, f"{field}.amount"),
        _threshold(shape.threshold, fact, passage, f"{field}.threshold"),
        comparison.value if comparison else None,
        passage.words(comparison, f"{field}.comparison") if comparison else None,
    )


def _per_unit(shape: PerUnitShape, passage: Passage) -> PerUnit:
    per = passage.quantity(shape.per, "formula.per") if shape.per else None
    count = passage.fact_words(shape.count, "formula.count", per.value.unit if per else None)
    return PerUnit(passage.money(shape.amount, "formula.amount"), count, per)


def _cumulation(shape: MeasureShape, around: Surroundings, where: str) -> Cumulation | None:
    if shape.matter is None:
        return None
    if around.cumulation is None:
        raise BrokenCorpusError(f"{where} 的 matter", "文件开头没有 cumulation，不能写 matter")
    return Cumulation(around.cumulation.clause_id, shape.matter, around.cumulation)
