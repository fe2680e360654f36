"""The ends of what a condition compares: 年销售额达到1亿元, 实缴资本1亿元(含)至5亿元, 50人以上."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.extraction.proposal import Value
from corpus.measures.policy_words import INCLUDED, general_words
from corpus.model.document import Span
from corpus.model.measure import Comparison
from corpus.model.values import Unit
from corpus.reading.numerals import usual_units

_AFTER_NAME = re.compile(
    r"(?:首次|累计|当年|本年度?|合计|已|均|应|须|需|要|不|在|为|的|达到?|满|完成|超过|至少){1,6}$"
)
_LEADING = re.compile(r"^(?:对于?|凡|按照?|其中)")
_TO = "至"
_SHORTEST_LABEL = 2


@dataclass(frozen=True, slots=True)
class RangeEnd:
    """One end of what is compared: the number, the word beside it, how it compares, and the unit."""

    value: Value
    word: Span
    comparison: Comparison
    unit: Unit


def ends_of(span: Span, held: Sequence[Value]) -> tuple[RangeEnd, ...]:
    """Return the ends that a condition compares one named thing with; empty where they are not plain.

    Where only the lower end says (含) (1亿元(含)至5亿元), the upper one is not included; behind 以上至 it is.
    """
    if not 1 <= len(held) <= 2 or len(label_of(span, held[0])) < _SHORTEST_LABEL:
        return ()
    ends = [end for value in held if (end := _end(span, value, len(held) == 2)) is not None]
    if len(ends) < len(held) or len({end.unit for end in ends}) > 1:
        return ()
    sides = [end.comparison in (Comparison.AT_LEAST, Comparison.OVER) for end in ends]
    return tuple(ends) if len(ends) == 1 or sides == [True, False] else ()


def label_of(span: Span, value: Value) -> str:
    """Return the words of a condition that name what is compared: 年销售额 of 年销售额达到1亿元."""
    end = value.span.start
    if value.comparison is not None and value.comparison.start >= span.start:
        end = min(end, value.comparison.start)
    return _LEADING.sub("", _AFTER_NAME.sub("", span.quote[: end - span.start]).strip())


def _end(span: Span, value: Value, is_range: bool) -> RangeEnd | None:
    unit = _unit(value.unit)
    if unit is None or value.low is not None:
        return None
    at = value.span.end - span.start
    aside = INCLUDED.match(span.quote, at)
    if value.comparison is not None and value.comparison.quote != _TO:
        word = value.comparison
        is_beside = word.end == value.span.start or word.start in (
            value.span.end,
            span.start + (aside.end() if aside else at),
        )
        found = next((one for one in Comparison if word.quote in general_words().compares(one)), None)
        return RangeEnd(value, word, found, unit) if found is not None and is_beside else None
    if not is_range:
        return None
    if aside is not None and span.quote[aside.end() : aside.end() + 1] == _TO:
        start = value.span.end
        word = Span(span.clause_id, start, start + len(aside[0]), aside[0])
        return RangeEnd(value, word, Comparison.AT_LEAST, unit)
    before = span.quote[: value.span.start - span.start]
    if before.endswith((f"(含){_TO}", f"（含）{_TO}")):
        word = Span(span.clause_id, value.span.start - len(_TO), value.span.start, _TO)
        return RangeEnd(value, word, Comparison.UNDER, unit)
    if before.endswith(tuple(f"{said}{_TO}" for said in general_words().comparisons[Comparison.AT_LEAST])):
        word = Span(span.clause_id, value.span.start - len(_TO), value.span.start, _TO)
        return RangeEnd(value, word, Comparison.AT_MOST, unit)
    return None


def _unit(said: str) -> Unit | None:
    if said == "yuan":
        return Unit.YUAN
    known = usual_units().known.values()
    unit = next((one for one in known if said in (*one.words, one.value)), None)
    return None if unit in (Unit.LEVEL, Unit.YES_NO, Unit.YUAN) else unit
