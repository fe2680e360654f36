"""Quantities that point at a measure: only one counts 架次, and 「三场」 beside 论坛 counts events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.steps.reading.counted import counts_another_thing
from assistant.steps.state import AnswerContext
from corpus.model.measure import Fact, Measure
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind, is_in

_BESIDE = 8


def pointed_at(text: str, quantities: Iterable[Found], context: AnswerContext) -> tuple[str, ...]:
    """Return the measures that the units of a text speak for, each once."""
    counted = [found for found in quantities if found.kind is Kind.QUANTITY and found.unit is not None]
    return tuple(
        measure.id
        for measure in context.corpus.measures
        if any(_points(text, found, fact, context) for found in counted for fact in _facts(measure, context))
    )


def _facts(measure: Measure, context: AnswerContext) -> Iterator[Fact]:
    facts = (context.corpus.facts.get(name) for name in measure.fact_names)
    return (fact for fact in facts if fact is not None and _is_counted(fact.unit))


def _is_counted(unit: Unit) -> bool:
    return unit.is_quantity or unit == Unit.COUNT


def _points(text: str, found: Found, fact: Fact, context: AnswerContext) -> bool:
    """Tell whether a quantity is surely one of this fact: by its own unit, or by a word beside a counter."""
    if found.unit is not None and not found.unit.is_counter:
        return is_in(found, fact.unit)
    is_counter = found.unit == Unit.COUNT and fact.unit.is_piece
    if (not is_in(found, fact.unit) and not is_counter) or counts_another_thing(found, fact, text):
        return False
    around = text[max(found.start - _BESIDE, 0) : found.start] + "|" + text[found.end :][:_BESIDE]
    words = (*fact.hints, *context.glossary.words_for(fact.name))
    return any(len(word) > 1 and word[0] != found.unit_word and word in around for word in words)
