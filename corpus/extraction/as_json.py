"""An extraction as the contract's JSON: `measures`, `unquantified`, `other_numbers`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from corpus.extraction.proposal import Extraction, Proposal, Value
from corpus.extraction.sentences import formula_sentence
from corpus.model.document import Span


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """Return the three lists of an extraction; values are decimal numbers in yuan or as a ratio."""
    return {
        "measures": [_measure(one) for one in extraction.proposals],
        "unquantified": [
            {"clause": one.span.clause_id, "quote": one.span.quote, "reason": one.reason}
            for one in extraction.unquantified
        ],
        "other_numbers": [
            {
                "clause": one.span.clause_id,
                "quote": one.span.quote,
                "value": _number(one.value),
                "unit": one.unit,
                "reason": one.reason,
            }
            for one in extraction.other_numbers
        ],
    }


def _measure(one: Proposal) -> dict[str, Any]:
    return {
        "id": one.id,
        "clause": one.clause_id,
        "name": one.name,
        "quote": one.quote.quote,
        "passage": one.passage.quote,
        "kind": one.kind.value,
        "formula": one.formula.value,
        "formula_text": formula_sentence(one),
        "values": [_value(value) for value in one.values],
        "base": _words(one.base),
        "beneficiary": _words(one.beneficiary),
        "conditions": [{"quote": condition.quote} for condition in one.conditions],
        "one_off": one.one_off is not None,
        "state": one.state.value,
        "doubts": list(one.doubts),
    }


def _value(value: Value) -> dict[str, Any]:
    told = {
        "role": value.role.value,
        "value": _number(value.value),
        "unit": value.unit,
        "quote": value.span.quote,
        "bound": _words(value.bound),
        "when": _words(value.when),
        "scope": _words(value.scope),
        "per": _words(value.per),
    }
    return told | ({"low": _number(value.low)} if value.low is not None else {})


def _words(span: Span | None) -> str | None:
    return span.quote if span is not None else None


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
