"""A sum one wants (想拿到200万，自筹要投多少；投多少才能拿满): the rule is worked backwards from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from assistant.calculator.arithmetic import base_reaching
from assistant.conversation import Estimate, Step
from assistant.steps.state import State
from corpus.model.measure import Fact, Measure, percent
from corpus.model.values import Money, Rate, Unit
from corpus.reading.numerals import Found, Kind, format_money, format_number

_TEN_THOUSAND = Decimal(10000)

_WANTS = re.compile(
    r"(?:(?:想|要|希望|争取|力争|打算|指望|如何|怎么|怎样|才能|能|可以|为了?|目标)[^，,。；;？?\d]{0,8})?"
    r"(?:拿|领|得|获得?|补|奖|申请|享受|要|凑|达|贴|争取)(?:到|满|够|足|下)?(?:手)?[^，,。；;？?\d]{0,6}$"
)
_FILLED = re.compile(r"^[^，。；\d]{0,4}(?:薅|拿|吃|用|领|享受|要)(?:满|足|全|到手)")
_WILL = re.compile(r"最少|至少|起码|想|要|希望|争取|力争|打算|指望|怎么|怎样|如何|才能|目标|为了|够")
_DONE = re.compile(r"已|了$|过$|去年|前年|之前|以前")
_ASKS_BASE = re.compile(
    r"(?:投|砸|掏|花|自筹|投入|投资|支出|支付|付|买|签|办|服务|诊断|节|省|做|完成|引|贷|租|飞|建|得有|需要?|要)"
    r"[^，,。；;？?]{0,10}(?:多少|几[千百十]?[万个家条次项吨]?|多大|什么规模)"
    r"|(?:多少|几)[^，,。；;？?]{0,10}(?:才|就)(?:能|够|可以|行)"
)
_MOST = re.compile(
    r"(?:顶格|封顶|拿满|吃满|最高)[^，。；]{0,12}(?:要|得|需)[^，。；]{0,8}(?:多少|几)"
    r"|(?:多少|几[千百十]?万)[^,，。;；?？]{0,10}(?:才|就|可以|能|方能?)[^,，。;；?？]{0,4}"
    r"(?:[拿领享用吃薅]满|满额|顶格|[到碰摸]顶|到头|(?:到|达到|触及|碰到)(?:上限|封顶|最高)|封顶|拿(?:到)?(?:最高|上限))"
)


def wanted_sum(text: str, quantities: Sequence[Found]) -> Found | None:
    """Return the sum a person wants to be granted, where it is asked what that takes.

    >>> from corpus.reading.numerals import find_quantities
    >>> asked = "想拿到200万，自筹要投多少"
    >>> wanted_sum(asked, find_quantities(asked)).text
    '200万'
    >>> told = "去年拿到200万，今年投入500万能拿多少"
    >>> wanted_sum(told, find_quantities(told)) is None
    True
    """
    for found in quantities:
        before, after = text[: found.start], text[found.end :]
        clause = re.split(r"[，,。；;？?]", before)[-1]
        if found.kind is not Kind.MONEY or found.value is None:
            continue
        if _FILLED.match(after) and _ASKS_BASE.search(after):
            return found
        if not _WANTS.search(clause):
            continue
        if not _DONE.search(clause) and _WILL.search(clause + after) and _ASKS_BASE.search(clause + after):
            return found
    return None


def asks_most(text: str) -> bool:
    """Tell whether it is asked what it takes to be granted the most there is (投多少才能拿满)."""
    return bool(_MOST.search(text))


def has_goal(state: State) -> bool:
    """Tell whether a sum is wanted and what it takes is asked."""
    reading = state.reading
    return asks_most(reading.text) or wanted_sum(reading.text, reading.quantities) is not None


def goal_steps(measure: Measure, state: State) -> tuple[Step, ...]:
    """Return the worked line from the sum wanted, or the cap, back to what it takes."""
    wanted = wanted_sum(state.reading.text, state.reading.quantities)
    caps = [cap.amount.value.yuan for cap in measure.caps]
    if wanted is not None and wanted.value is not None:
        sum_wanted = wanted.value
    elif asks_most(state.reading.text) and caps:
        sum_wanted = min(caps)
    else:
        return ()
    granted = min([sum_wanted, *caps])
    reached = base_reaching(measure, granted)
    if reached is None:
        return ()
    fact, value = state.context.corpus.facts[reached[0]], reached[1]
    shown = _readable(value) if fact.unit is Unit.YUAN else value
    number = measure.formula_number.value
    reply = "needed_capped" if granted < sum_wanted else "needed" if wanted else "reaches_cap"
    text = state.context.replies.say(
        reply,
        label=fact.label,
        wanted=format_money(Money(sum_wanted)),
        cap=format_money(Money(granted)),
        rate=percent(number) if isinstance(number, Rate) else format_money(number),
        sign="=" if _is_exact(shown, granted, number) else "≈",
        needed=format_money(Money(shown))
        if fact.unit is Unit.YUAN
        else f"{format_number(shown)}{fact.unit.label}",
    )
    return (Step(text, (measure.passage,)),)


def remaining_step(measure: Measure, found: Estimate, state: State) -> Step | None:
    """Return what is left of an award of which the person says a part has been paid (已到账80万，还有多少).

    None where the award itself takes what was received into account, or nothing is told as paid.
    """
    paid = state.facts.paid
    if paid is None or found.amount is None or len(state.measures) != 1:
        return None
    rest = found.amount - paid
    say = state.context.replies.say
    whole, told = format_money(Money(found.amount)), format_money(Money(paid))
    if rest <= 0:
        return Step(say("remaining_none", paid=told, whole=whole), (measure.passage,))
    reply = "remaining_bound" if found.is_upper_bound else "remaining"
    return Step(say(reply, paid=told, rest=format_money(Money(rest)), whole=whole), (measure.passage,))


def _with_unit(value: Decimal, fact: Fact) -> str:
    if fact.unit is Unit.YUAN:
        return format_money(Money(value))
    return f"{format_number(value)}{fact.unit.label}"


def _readable(yuan: Decimal) -> Decimal:
    """Round a sum up to what people read (666.67万元): a hundred yuan from 10,000 yuan on, else the fen."""
    return (yuan / 100).to_integral_value(ROUND_CEILING) * 100 if yuan >= _TEN_THOUSAND else yuan


def _is_exact(value: Decimal, granted: Decimal, number: Rate | Money) -> bool:
    each = number.ratio if isinstance(number, Rate) else number.yuan
    return value * each == granted
