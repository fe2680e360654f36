"""What one measure would pay on a day, for what is known: a typed result, never a bare zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.calculator import explain
from assistant.calculator.arithmetic import (
    Worked,
    compute,
    is_weighed,
    missing_amount_facts,
    needed_facts,
    number_of,
    to_fen,
    work,
)
from assistant.calculator.eligibility import Eligibility, assess
from assistant.calculator.facts import FactSheet
from assistant.calculator.validity import Standing, standing
from assistant.conversation import Estimate, EstimateStatus, MissingFact, Step
from corpus.model.measure import Measure, PerUnit, Product, SumsByCase, Tiered, Unquantified
from corpus.model.review import UNREVIEWED_MARK
from corpus.store import Corpus

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Case:
    """One measure being estimated: how its document and conditions stand."""

    measure: Measure
    facts: FactSheet
    standing: Standing
    eligibility: Eligibility

    def result(
        self,
        status: EstimateStatus,
        *,
        amount: Decimal | None = None,
        between: tuple[Decimal, Decimal | None] | None = None,
        steps: tuple[Step, ...] = (),
        missing: tuple[MissingFact, ...] = (),
        explanation: str | None = None,
        hints: tuple[str, ...] = (),
    ) -> Estimate:
        """Build the estimate, with what every estimate of this measure has."""
        return Estimate(
            measure=self.measure.id,
            name=self.measure.name,
            status=status,
            is_upper_bound=self.measure.is_upper_bound,
            amount=amount,
            range=between,
            steps=steps or (explain.rule(self.measure, self.facts),),
            conditions=self.eligibility.results,
            missing=missing,
            explanation=explanation,
            hints=(
                *_review_hints(self.measure),
                *hints,
                *explain.remark_hints(self.measure),
                *self.standing.hints,
            ),
            state=self.measure.state,
        )


def estimate(measure: Measure, facts: FactSheet, as_of: date, corpus: Corpus) -> Estimate:
    """Estimate one measure as of a day (测算日).

    Conditions nobody spoke of are shown as unknown and taken to hold; a threshold nobody gave a number
    for, or a missing base, makes the result needs_input with the range the facts still allow.
    """
    document = corpus.document_of(measure.id)
    case = _Case(measure, facts, standing(document, as_of), assess(measure, facts))
    if case.standing.status is EstimateStatus.NOT_IN_FORCE:
        return case.result(EstimateStatus.NOT_IN_FORCE, explanation=case.standing.explanation)
    if case.eligibility.unmet:
        return _not_eligible(case)
    missing = tuple(dict.fromkeys((*missing_amount_facts(measure, facts), *case.eligibility.undecided)))
    if missing:
        return _needs_input(case, missing)
    return _payable(case, compute(measure, facts))


def _review_hints(measure: Measure) -> tuple[str, ...]:
    return () if measure.is_reviewed else (UNREVIEWED_MARK,)


def estimate_unquantified(grant: Unquantified) -> Estimate:
    """Return the typed result of a grant whose clause states no number, or whose reading is doubted."""
    step = Step(f"原文：{grant.passage.quote}", (grant.passage,))
    return Estimate(
        measure=grant.id,
        name=grant.name,
        status=EstimateStatus.NOT_QUANTIFIED,
        is_upper_bound=False,
        steps=(step,),
        explanation=f"未测算：{grant.reason}"
        if grant.is_doubted
        else f"原文未载明金额，无法测算：{grant.reason}",
        state=grant.state,
    )


def _not_eligible(case: _Case) -> Estimate:
    reasons = [
        f"「{result.text}」未满足" + (f"（{result.gap}）" if result.gap else "")
        for result in case.eligibility.unmet
    ]
    return case.result(EstimateStatus.NOT_ELIGIBLE, explanation=f"未达条件：{'；'.join(reasons)}")


def _needs_input(case: _Case, missing: tuple[str, ...]) -> Estimate:
    asked = tuple(
        MissingFact(name, case.facts.known[name].question, case.facts.known[name].unit.value)
        for name in missing
    )
    labels = "、".join(f"「{case.facts.label(name)}」" for name in missing)
    return case.result(
        EstimateStatus.NEEDS_INPUT,
        between=allowed_range(case.measure, case.facts),
        missing=asked,
        explanation=f"还需知道{labels}才能测算",
        hints=explain.assumption_hints(case.measure, case.facts),
    )


def _payable(case: _Case, worked: Worked) -> Estimate:
    lines = explain.steps(case.measure, worked, case.facts)
    if worked.amount <= 0:
        told = _nothing_left(case.measure, worked)
        return case.result(EstimateStatus.NOT_ELIGIBLE, steps=lines, explanation=told)
    reach = explain.reach_hint(case.measure, worked, case.facts)
    hints = (*((reach,) if reach else ()), *explain.assumption_hints(case.measure, case.facts))
    return case.result(case.standing.status, amount=worked.amount, steps=lines, hints=hints)


def _nothing_left(measure: Measure, worked: Worked) -> str:
    if isinstance(measure.formula, Tiered) and not worked.raw:
        return "未达条件：没有达到任何一档"
    full = [limit for limit in worked.limits if limit.room == 0]
    if full:
        cap = explain.yuan(full[0].cap.amount.value.yuan)
        return f"上限 {cap} 已用完（已获 {explain.yuan(full[0].received)}），没有可再获得的金额"
    if worked.other:
        return f"其他层级已支持 {explain.yuan(worked.other)}，已达合计上限，没有可再获得的金额"
    if worked.paid_before:
        return f"较低档次已获 {explain.yuan(worked.paid_before)}，不低于本档金额，没有差额可补"
    return "按所述数量算得的金额不足一个计算单位（或不足一分），没有可获得的金额"


def allowed_range(measure: Measure, facts: FactSheet) -> tuple[Decimal, Decimal | None]:
    """Return the least and most that the known facts still allow; a most of None is open.

    The least is nothing: a base may be as small as one likes, and a threshold may be missed.
    """
    if isinstance(measure.formula, SumsByCase):
        return _between_cases(measure, measure.formula, facts)
    known = {name: number_of(facts, name) for name in needed_facts(measure)}
    numbers = {name: number for name, number in known.items() if number is not None}
    if len(numbers) == len(known):
        return to_fen(_ZERO), work(measure, numbers, facts).amount
    if isinstance(measure.formula, Product | Tiered):
        return to_fen(_ZERO), _most_of(measure, numbers, facts)
    base, *others = known
    if known[base] is not None:
        most = work(measure, {**numbers, **dict.fromkeys(others, _ZERO)}, facts).amount
        return to_fen(_ZERO), most
    rooms = _rooms(measure, facts)
    is_open = bool(assess(measure, facts).undecided)
    return to_fen(_ZERO) if is_open else _least_unit(measure, rooms), to_fen(min(rooms)) if rooms else None


def _rooms(measure: Measure, facts: FactSheet) -> list[Decimal]:
    """Return what each cap still leaves."""
    return [
        max(cap.amount.value.yuan - ((facts.number(cap.received) if cap.received else None) or _ZERO), _ZERO)
        for cap in measure.caps
    ]


def _most_of(measure: Measure, numbers: dict[str, Decimal], facts: FactSheet) -> Decimal | None:
    """Return the most that what is known still allows a product or tiered sum; None is open."""
    rooms, formula = _rooms(measure, facts), measure.formula
    if isinstance(formula, Tiered):
        return to_fen(min([formula.highest.amount.value.yuan, *rooms]))
    if isinstance(formula, Product):
        most = {one.count.value: one.most.value.value for one in formula.factors if one.most is not None}
        filled = {**most, **numbers}
        if all(one.count.value in filled for one in formula.factors):
            return work(measure, filled, facts).amount
    return to_fen(min(rooms)) if rooms else None


def _between_cases(measure: Measure, sums: SumsByCase, facts: FactSheet) -> tuple[Decimal, Decimal]:
    """Return the least and most a measure by case may pay: of the case told, or of all of them."""
    told = facts.get(sums.level)
    cases = [str(told)] if told is not None else [one.case.value for one in sums.cases]
    amounts = [work(measure, {}, facts.with_values({sums.level: case})).amount for case in cases]
    is_open = measure.is_upper_bound or bool(assess(measure, facts).undecided)
    return to_fen(_ZERO) if is_open else min(amounts), max(amounts)


def _least_unit(measure: Measure, rooms: list[Decimal]) -> Decimal:
    """Return what one unit pays where units are counted whole and the sum is no upper bound."""
    match measure.formula:
        case PerUnit(amount=amount) if not measure.is_upper_bound and not is_weighed(measure.formula):
            return to_fen(min([amount.value.yuan, *rooms]))
        case _:
            return to_fen(_ZERO)
