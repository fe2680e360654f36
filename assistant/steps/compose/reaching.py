"""How much it takes to be granted the most (自筹多少才能拿满): the upper limit by the rate, worked back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_UP, Decimal

from assistant.steps.compose.asked import asks_what_reaches
from assistant.steps.state import Line, State
from corpus.model.measure import ShareOfBase, percent
from corpus.model.values import Money
from corpus.reading.numerals import format_money

_CENT = Decimal("0.01")


def reaching_lines(state: State) -> tuple[Line, ...]:
    """Return what each measure meant takes to reach its limit; nothing where that is not asked."""
    return tuple(_lines(state)) if asks_what_reaches(state) else ()


def _lines(state: State) -> Iterator[Line]:
    for measure in state.measures:
        if not isinstance(measure.formula, ShareOfBase) or not measure.caps:
            continue
        cap = measure.caps[0].amount.value
        exact = cap.yuan / measure.formula.rate.value.ratio
        needed = exact.quantize(_CENT, ROUND_UP)
        text = state.desk.replies.say(
            "reaches_cap",
            label=state.desk.corpus.facts[measure.formula.base.value].label,
            cap=format_money(cap),
            rate=percent(measure.formula.rate.value),
            sign="=" if needed == exact else "≈",
            needed=format_money(Money(needed)),
        )
        yield Line(text, (measure.passage,), (text,))
