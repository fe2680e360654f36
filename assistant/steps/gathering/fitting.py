"""Whether a number may be a value of a fact, going by its unit alone."""

from __future__ import annotations

from corpus.model.measure import Fact
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind, is_in


def fits(found: Found, fact: Fact) -> bool:
    """Tell whether a number may be a value of the fact, going by its unit alone."""
    if fact.unit == Unit.YUAN:
        return found.kind is Kind.MONEY or (found.kind is Kind.NUMBER and not found.unit_word)
    if fact.unit in (Unit.YES_NO, Unit.LEVEL):
        return False
    if found.kind is Kind.QUANTITY:
        is_told = is_in(found, fact.unit) or found.unit_word in dict(fact.unit.of)
        return is_told or is_counter_for(found, fact) or is_short_for(found, fact)
    return found.kind is Kind.NUMBER


def is_counter_for(found: Found, fact: Fact) -> bool:
    """Tell whether the counter said is the common one (三个论坛) for a thing with a counter of its own."""
    return found.unit == Unit.COUNT and fact.unit.is_piece


def is_short_for(found: Found, fact: Fact) -> bool:
    """Tell whether the unit said is only part of the fact's own (吨 for 吨标煤): then it is asked about."""
    return found.unit is None and bool(found.unit_word) and found.unit_word in fact.unit.label
