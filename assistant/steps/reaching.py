"""How much it takes to be granted the most (自筹多少才能拿满): the upper limit by the rate, worked back."""

from __future__ import annotations

import re
from decimal import ROUND_UP, Decimal

from assistant.conversation import Step
from assistant.steps.state import State
from corpus.model.measure import Measure, ShareOfBase, percent
from corpus.model.values import Money
from corpus.reading.numerals import format_money

_CENT = Decimal("0.01")
_REACHES = re.compile(
    r"(?:多少|几[千百十]?万)[^,，。;；?？]{0,10}(?:才|就|可以|能|方能?)[^,，。;；?？]{0,4}"
    r"(?:[拿领享用]满|满额|顶格|[到碰摸]顶|到头|(?:到|达到|触及|碰到)(?:上限|封顶|最高)|封顶|拿(?:到)?(?:最高|上限))"
)


def asks_what_reaches(state: State) -> bool:
    """Tell whether it is asked how much it takes to be granted the most."""
    return bool(_REACHES.search(state.reading.text))


def step_to_limit(measure: Measure, state: State) -> tuple[Step, ...]:
    """Return the base at which a measure's share reaches its limit; nothing where it has no such limit."""
    if not asks_what_reaches(state) or not isinstance(measure.formula, ShareOfBase) or not measure.caps:
        return ()
    cap, rate = measure.caps[0].amount.value, measure.formula.rate.value
    exact = cap.yuan / rate.ratio
    needed = exact.quantize(_CENT, ROUND_UP)
    text = state.desk.replies.say(
        "reaches_cap",
        label=state.desk.corpus.facts[measure.formula.base.value].label,
        cap=format_money(cap),
        rate=percent(rate),
        sign="=" if needed == exact else "≈",
        needed=format_money(Money(needed)),
    )
    return (Step(text, (measure.passage,)),)
