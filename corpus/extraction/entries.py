"""A proposed award as an entry of `measures.yaml`, with the facts it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.extraction.facts import (
    MEASURES,
    FactProposal,
    base_fact,
    condition_fact,
    count_fact,
    level_fact,
    received_fact,
    threshold_fact,
)
from corpus.extraction.proposal import FormulaKind, Proposal, Value, ValueRole
from corpus.extraction.thresholds import RangeEnd, ends_of, label_of
from corpus.measures.policy_words import general_words
from corpus.measures.quotes import occurrences
from corpus.model.document import Span
from corpus.model.measure import CapScope, FactRole, SupportKind
from corpus.model.values import Unit
from corpus.reading.numerals import find_quantities, unit_of_word, usual_units

_LIMITS = (ValueRole.CAP, ValueRole.ANNUAL_CAP)


class NoShapeError(ValueError):
    """Raised when no shape of ours says what an award says; the message is the reason, in Chinese."""


class Entry:
    """An entry being written: its fields, and the facts they name."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self._facts: dict[str, FactProposal] = {}

    @property
    def facts(self) -> tuple[FactProposal, ...]:
        """Return the facts the entry asks for."""
        return tuple(self._facts.values())

    def fields(self) -> dict[str, Any]:
        """Return the entry as `measures.yaml` writes it.

        Raises:
            NoShapeError: its sum fits no shape.
        """
        one = self._proposal
        if one.kind_words is None or not self._holds(one.kind_words):
            raise NoShapeError("支持方式的字样不在这段话里")
        fields: dict[str, Any] = {
            "id": one.id,
            "name": one.name,
            "passage": one.passage.quote,
            "kind": {"value": self._kind().value, **self._quoted(one.kind_words)},
            "formula": self._formula(),
        }
        if one.beneficiary is not None and (receiver := self._quoted_or_none(one.beneficiary)):
            fields["beneficiary"] = receiver
        if caps := [self._cap(value) for value in self._caps()]:
            fields["caps"] = caps
        if conditions := list(self._conditions()):
            fields["conditions"] = conditions
        if one.period is not None and self._holds(one.period) and not self._is_asked(one.period):
            fields["remarks"] = [
                {**self._quoted(one.period), "meaning": "支持的期限，所列金额没有按期限累加"}
            ]
        if one.one_off is not None:
            fields["one_off"] = self._told(received_fact(one.quote.quote[:30]), one.one_off)
        return fields

    def _kind(self) -> SupportKind:
        one = self._proposal
        is_premium = one.base is not None and "保费" in one.base.quote
        return SupportKind.PREMIUM_SUBSIDY if is_premium else one.kind

    def _core(self) -> tuple[Value, ...]:
        return tuple(v for v in self._proposal.values if v.role not in (*_LIMITS, ValueRole.THRESHOLD))

    def _caps(self) -> tuple[Value, ...]:
        limits = self._proposal.numbers(*_LIMITS)
        if self._core():
            return limits
        return () if self._proposal.formula is FormulaKind.TIERS else limits[1:]

    def _formula(self) -> dict[str, Any]:
        one, core = self._proposal, self._core()
        match one.formula:
            case FormulaKind.FIXED if len(core) == 1:
                return {"type": "fixed", "amount": self._money(core[0])}
            case FormulaKind.UP_TO:
                return self._up_to(one.numbers(*_LIMITS)[0])
            case FormulaKind.SHARE if one.base is not None:
                rate = {"ratio": float(core[0].value), **self._bounded(core[0])}
                return {
                    "type": "share",
                    "rate": rate,
                    "base": self._told(base_fact(one.base.quote), one.base),
                }
            case FormulaKind.MATCHING if one.base is not None:
                ratio = {"ratio": float(core[0].value), **self._bounded(core[0])}
                base = self._told(base_fact(one.base.quote), one.base)
                return {"type": "matching", "ratio": ratio, "base": base}
            case FormulaKind.TIERS:
                return self._tiers(core or one.numbers(*_LIMITS))
            case FormulaKind.PER_UNIT if core[0].per is not None:
                return self._per_unit(core[0], core[0].per)
        raise NoShapeError("这种算法还没有可计算的公式类型")

    def _up_to(self, value: Value) -> dict[str, Any]:
        """Write a sum up to which is granted: for each of what its scope counts, else once."""
        if value.scope is None or general_words().scope_said(value.scope.quote) in (
            CapScope.ENTERPRISE,
            CapScope.ENTERPRISE_YEAR,
        ):
            return {"type": "fixed", "amount": self._money(value)}
        return self._per_unit(value, value.scope)

    def _tiers(self, values: tuple[Value, ...]) -> dict[str, Any]:
        """Write sums by case; the cases are the choices of a fact, those that grant least first."""
        cases = _without_shared_tail([value.when for value in values if value.when is not None])
        words = [case.quote for case in cases]
        roles = {value.role for value in values}
        is_plain = len(roles) == 1 and roles <= {ValueRole.TIER, ValueRole.CAP}
        if not is_plain or len(set(words)) < len(values) or any(value.scope for value in values):
            raise NoShapeError("分档的写法还没有可计算的公式类型")
        ordered = sorted(zip(values, words, strict=True), key=lambda pair: pair[0].value)
        level = self._named(level_fact(tuple(word for _, word in ordered)))
        sums = [
            {"case": {"choice": case.quote, **self._quoted(case)}, "amount": self._case_sum(value, n)}
            for n, (value, case) in enumerate(zip(values, cases, strict=True))
        ]
        return {"type": "cases", "level": level.name, "cases": sums}

    def _case_sum(self, value: Value, number: int) -> dict[str, Any]:
        """Write one sum; the word that bounds them all stands with the first."""
        return self._money(value) if not number else {"yuan": _number(value), **self._quoted(value.span)}

    def _per_unit(self, value: Value, per: Span) -> dict[str, Any]:
        if len(factors := _factors(per)) > 1:
            counts = [self._told(count_fact(one.quote, _unit_of(one.quote)), one) for one in factors]
            return {
                "type": "product",
                "amount": self._money(value),
                "factors": [{"count": count} for count in counts],
            }
        size, unit, words = _counted(per)
        count = self._told(count_fact(per.quote.lstrip("/／"), unit), per)
        fields: dict[str, Any] = {"type": "per_unit", "amount": self._money(value), "count": count}
        if words is not None:
            fields["per"] = {"value": size, "unit": unit.value, **self._quoted(words)}
        return fields

    def _cap(self, value: Value) -> dict[str, Any]:
        cap = self._money(value)
        if value.scope is None:
            if value.role is ValueRole.ANNUAL_CAP:
                raise NoShapeError("年度上限的范围没有读出")
            return cap
        per = general_words().scope_said(value.scope.quote)
        if per is None:
            raise NoShapeError(f"上限范围“{value.scope.quote}”还不能计算")
        return {**cap, "per": per.value, "scope": value.scope.quote}

    def _conditions(self) -> Iterator[dict[str, Any]]:
        cases = [value.when.quote for value in self._proposal.values if value.when is not None]
        for span in self._proposal.conditions:
            if self._proposal.formula is FormulaKind.TIERS and _is_told_by_case(span, cases):
                continue
            held = [v for v in self._proposal.numbers(ValueRole.THRESHOLD) if _within(v.span, span)]
            ends = ends_of(span, held)
            if ends:
                yield from (self._threshold(span, end, ends[0].value) for end in ends)
            else:
                yield self._asked(span)

    def _asked(self, span: Span) -> dict[str, Any]:
        fact = self._named(condition_fact(span.quote))
        return {"fact": fact.name, **self._quoted(span)}

    def _threshold(self, span: Span, end: RangeEnd, first: Value) -> dict[str, Any]:
        counted = next((fact for fact in self._facts.values() if fact.role is FactRole.COUNT), None)
        is_counted = counted is not None and counted.unit == end.unit and end.unit.value in MEASURES
        named = threshold_fact(label_of(span, first), end.unit)
        fact = self._named(counted if counted is not None and is_counted else named)
        number = (
            {"yuan": _number(end.value)}
            if end.unit == Unit.YUAN
            else {"value": _number(end.value), "unit": end.unit.value}
        )
        return {
            "fact": fact.name,
            **self._quoted(span),
            "comparison": {"value": end.comparison.value, **self._quoted(end.word)},
            "threshold": {**number, **self._quoted(end.value.span)},
        }

    def _told(self, fact: FactProposal, span: Span) -> dict[str, Any]:
        return {"fact": self._named(fact).name, **self._quoted(span)}

    def _named(self, fact: FactProposal) -> FactProposal:
        return self._facts.setdefault(fact.name, fact)

    def _money(self, value: Value) -> dict[str, Any]:
        return {"yuan": _number(value), **self._bounded(value)}

    def _bounded(self, value: Value) -> dict[str, Any]:
        return {**self._quoted(value.span), **({"bound": value.bound.quote} if value.bound else {})}

    def _quoted_or_none(self, span: Span) -> dict[str, str] | None:
        try:
            return self._quoted(span)
        except NoShapeError:
            return None

    def _is_asked(self, span: Span) -> bool:
        return any(_within(span, condition) for condition in self._proposal.conditions)

    def _holds(self, span: Span) -> bool:
        return _within(span, self._proposal.passage)

    def _quoted(self, span: Span) -> dict[str, str]:
        """Return a quote with the longer words that make it unique, where it stands more than once."""
        if not self._holds(span):
            raise NoShapeError(f"“{span.quote}”不在这段话里")
        passage = self._proposal.passage
        text, start = passage.quote, span.start - passage.start
        if list(occurrences(text, span.quote)) == [start]:
            return {"quote": span.quote}
        for reach in range(1, len(text)):
            low, high = max(0, start - reach), min(len(text), start + len(span.quote) + reach)
            for left, right in ((low, start + len(span.quote)), (start, high), (low, high)):
                within = text[left:right]
                if list(occurrences(text, within)) == [left] and list(occurrences(within, span.quote)) == [
                    start - left
                ]:
                    return {"quote": span.quote, "within": within}
        raise NoShapeError(f"“{span.quote}”在这段话里分不清是哪一处")


def _factors(per: Span) -> list[Span]:
    """Return the several things a sum is paid for each of: 每人每月, 平方米·月."""
    found = re.finditer(r"每[^每•·/／]{1,12}|(?<=[•·/／])[^每•·/／]{1,8}", per.quote)
    return [
        Span(per.clause_id, per.start + one.start(), per.start + one.end(), one[0].rstrip()) for one in found
    ]


def _unit_of(words: str) -> Unit:
    """Return the unit that a word stands for, 个 where none of ours does."""
    table, word = usual_units(), words.lstrip("每单/／")
    named = {said: unit for unit in table.known.values() for said in (*unit.words, unit.value)}
    named |= {"年度": table.known["year"], "日": table.known["天"], "夜": table.known["天"]}
    fitting = [said for said in named if said and word.startswith(said)]
    unit = named[max(fitting, key=len)] if fitting else Unit.COUNT
    return Unit.COUNT if unit in (Unit.YUAN, Unit.LEVEL, Unit.YES_NO) else unit


def _counted(per: Span) -> tuple[int, Unit, Span | None]:
    """Return how many of which unit are counted as one, and the words that say so where our units know them.

    每认定1家 counts 1 家 by its number, 单个项目 one 个 by its word; of 每人 no unit of ours is known.
    """
    numbers = [one for one in find_quantities(per.quote) if one.value is not None]
    if numbers:
        one = numbers[-1]
        if one.unit is None and one.value != 1:
            raise NoShapeError(f"“{per.quote}”的计数单位还不能计算")
        if one.unit is not None:
            start = per.start + one.start
            return int(one.value or 1), one.unit, Span(per.clause_id, start, start + len(one.text), one.text)
        return 1, _unit_of(per.quote), None
    word = per.quote.lstrip("/／每单")
    unit = next((found for length in (3, 2, 1) if (found := unit_of_word(word[:length])) is not None), None)
    if unit is None or unit in (Unit.YUAN, Unit.LEVEL):
        return 1, _unit_of(per.quote), None
    return 1, unit, per


def _without_shared_tail(cases: list[Span]) -> list[Span]:
    """Return the cases without the noun that only the last one carries for all: 国家级、省级【平台】."""
    *others, last = cases
    ends = {case.quote[-1] for case in others}
    at = last.quote.find(ends.pop()) + 1 if len(ends) == 1 else 0
    if not 1 < at < len(last.quote):
        return cases
    return [*others, Span(last.clause_id, last.start, last.start + at, last.quote[:at])]


def _is_told_by_case(span: Span, cases: list[str]) -> bool:
    """Tell whether a condition only lists the cases that the sums are told apart by."""
    return sum(case in span.quote for case in cases) > 1


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _number(value: Value) -> int | float:
    return int(value.value) if value.value == value.value.to_integral_value() else float(value.value)
