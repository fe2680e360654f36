"""A worked example of each award of a document, and `cases.yaml` begun with them (算例)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactError, FactSheet
from assistant.conversation import Estimate
from assistant.worked_cases import DAY, load_cases
from corpus.errors import CorpusError
from corpus.model.document import DocumentStatus
from corpus.model.measure import (
    Comparison,
    Condition,
    Fact,
    Matching,
    Measure,
    PerUnit,
    Product,
    ShareLessOther,
    ShareOfBase,
    SumsByCase,
    Tiered,
)
from corpus.model.values import Money, Quantity, Unit
from corpus.reading.numerals import format_money
from corpus.store import Corpus
from corpus.unfinished import unfinished

BEGUN = "自动起头的算例"
_HEADER = "# 算例：由程序起头，每项措施一例；请对照原文手算，再补上临界的数。核对：policy-assistant check。\n"
_BASE = Decimal(1_000_000)
_ROUND = Decimal(10_000)
_LITTLE = Decimal("0.5")  # of the cap: an example that shows the rate, not the cap


@dataclass(frozen=True, slots=True)
class Example:
    """What a company might tell of one award (`facts`, by stored name), and what comes of it on a day."""

    facts: dict[str, str]
    as_of: date
    result: Estimate


def example_of(measure: Measure, corpus: Corpus) -> Example:
    """Return an award worked out for round figures that meet its conditions, below its cap where it has one.

    Raises:
        FactError: no such figures are found.
    """
    facts: dict[str, str] = {}
    for condition in measure.all_conditions:
        facts.setdefault(condition.fact, _met(condition, corpus))
    if measure.one_off is not None:
        facts[measure.one_off.value] = "否"
    facts |= dict(_of_formula(measure, corpus))
    sheet = FactSheet.parse(facts, corpus.facts)
    day = _day(measure, corpus)
    return Example(sheet.texts(), day, estimate(measure, sheet, day, corpus))


def begin_cases(corpus: Corpus, slug: str, folder: Path) -> int:
    """Write one worked example an award into the document's `cases.yaml`, and return how many.

    What a person wrote there stays; examples of ours are made anew. Where the document has no award nothing
    is written.

    Raises:
        BrokenCorpusError: the file that is there cannot be read.
        OSError: the disk refuses.
    """
    path = folder / "cases.yaml"
    kept = load_cases(path).model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    awards = [_without_begun(one) for one in kept.get("awards", ())]
    awards = [one for one in awards if one["cases"]]
    by_hand = {one["measure"] for one in awards}
    own = {fact.name: fact.own_name for fact in corpus.facts.values() if fact.document == slug}
    begun = [
        written
        for measure in corpus.measures
        if measure.document == slug and measure.id not in by_hand
        for written in _entry(measure, own, corpus)
    ]
    if not begun and not awards:
        return 0
    told = {**kept, "awards": [*awards, *begun]}
    text = _HEADER + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)
    with unfinished(folder.parent) as hidden:
        (hidden / path.name).write_text(text, encoding="utf-8")
        (hidden / path.name).replace(path)
    return len(begun)


def _without_begun(award: dict[str, Any]) -> dict[str, Any]:
    return {**award, "cases": [one for one in award["cases"] if one["name"] != BEGUN]}


def _entry(measure: Measure, own: dict[str, str], corpus: Corpus) -> Iterator[dict[str, Any]]:
    try:
        example = example_of(measure, corpus)
    except (FactError, CorpusError):
        return
    result = example.result
    case: dict[str, Any] = {
        "name": BEGUN,
        "facts": {own.get(name, name): words for name, words in example.facts.items()},
        "status": result.status.value,
    }
    if example.as_of != DAY:
        case["as_of"] = example.as_of.isoformat()
    if result.amount is not None:
        case["amount"] = format_money(Money(result.amount))
    rests_on = dict.fromkeys(span.clause_id for step in result.steps for span in step.spans)
    rests_on |= dict.fromkeys(one.span.clause_id for one in result.conditions)
    yield {"measure": measure.id, "cites": list(rests_on), "cases": [case]}


def _day(measure: Measure, corpus: Corpus) -> date:
    """Return a day on which the document holds: the usual one, else its first or last."""
    document = corpus.document_of(measure.id)
    for day in (DAY, document.validity.start, document.validity.end):
        if day is not None and document.status_on(day) in (DocumentStatus.IN_FORCE, DocumentStatus.DRAFT):
            return day
    return DAY


def _met(condition: Condition, corpus: Corpus) -> str:
    """Return a value with which a condition holds."""
    if condition.threshold is None:
        return "是"
    return _reaching(condition.threshold.value, condition.comparison, corpus.facts[condition.fact])


def _reaching(value: Money | Quantity | str, comparison: Comparison | None, fact: Fact) -> str:
    """Return the nearest whole value that compares so with a threshold."""
    if isinstance(value, str):
        return value
    number = value.yuan if isinstance(value, Money) else value.value
    if comparison is Comparison.OVER:
        number += 1
    elif comparison is Comparison.UNDER:
        number -= 1
    return f"{number:f}{'元' if fact.unit == Unit.YUAN else fact.unit.label}"


def _of_formula(measure: Measure, corpus: Corpus) -> Iterator[tuple[str, str]]:
    match measure.formula:
        case ShareOfBase(rate=rate, base=base) | Matching(ratio=rate, base=base):
            yield base.value, f"{_base(measure, rate.value.ratio):f}元"
        case ShareLessOther(rate=rate, base=base, other=other):
            yield base.value, f"{_base(measure, rate.value.ratio):f}元"
            yield other.value, "0元"
        case PerUnit(count=count):
            yield count.value, f"2{corpus.facts[count.value].unit.label}"
        case Product(factors=factors):
            for number, factor in enumerate(factors):
                unit = corpus.facts[factor.count.value].unit
                yield factor.count.value, f"{6 if number else 100}{unit.label}"
        case SumsByCase(level=level, cases=cases):
            yield level, cases[0].case.value
        case Tiered(fact=fact) as tiered:
            tier = tiered.highest
            yield fact.value, _reaching(tier.threshold.value, tier.comparison, corpus.facts[fact.value])


def _base(measure: Measure, ratio: Decimal) -> Decimal:
    """Return a round base that brings half of the smallest cap; a million where there is none."""
    caps = [cap.amount.value.yuan for cap in measure.caps]
    if not caps or not ratio:
        return _BASE
    base = min(caps) * _LITTLE / ratio
    return max(base - base % _ROUND, _ROUND) if base > _ROUND else base.quantize(Decimal("0.01"))
