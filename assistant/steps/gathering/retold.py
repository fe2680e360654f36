"""How a number told now relates to the one told before: added to it, a part that does not count, other money.

「再追加1500万」 adds, 「里面有4家不是规上的」 takes away, 「总投资两千万」 leaves 自筹 as it was.
What is only supposed (「要是7000吨呢」) is computed and replaces no fact.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.dialogue.number_operations import Operation, operation_of
from assistant.steps.cues import Intent
from assistant.steps.gathering.bids import Bid
from assistant.steps.gathering.settling import Table, in_words
from assistant.steps.state import State
from corpus.model.measure import Combining, Fact, FactRole
from corpus.model.values import Unit
from corpus.reading.numerals import find_quantities
from corpus.strict_yaml import read_model

RETOLD = Path(__file__).with_name("retold.yaml")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_OTHER_YEARS = frozenset(one for one, distance in _RELATIVE.items() if distance)
_COSTS = ("花", "花了", "付", "付了", "交", "交了")
_LESS = "−"
_NOT = ("不是", "并非", "不算")
_YEAR = re.compile(r"今年|本年|去年|上年|前年|明年|后年|(?:19|20)\d\d年")
_TOTAL = re.compile("加起来|合起来|加一块|加在一起|一共|总共|合计|全年一起|两[笔份个次]一共|一起算|一起呢")
# The total itself is told (「又多做了8家，一共20家」): the number after it replaces, it is not added.
_IS_THE_TOTAL = re.compile(
    "(?:加起来|合起来|一共|总共|合计|总计|累计)(?:就?是|就?有|为|约|大概|差不多|达到?)*$"
)
_NOTHING = re.compile("(没有?|从未|未)(曾)?(拿|领|享受|获得|得到?|补|发)过")
_CLAUSE = re.compile(r"[，。；;！？!?\n,、]")


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    supposing: tuple[str, ...]
    added: tuple[str, ...]
    later: tuple[str, ...]
    left_out: tuple[str, ...]
    taken_off: tuple[str, ...]
    within: tuple[str, ...]
    more: tuple[str, ...]
    changed: tuple[str, ...]


@cache
def _words() -> _Words:
    return read_model(RETOLD, _Words)


@cache
def _more() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(_words().more)})(?:大概|大约|约)?$")


def is_supposed(text: str) -> bool:
    """Tell whether a text only supposes what it says.

    >>> is_supposed("要是做到7000吨呢"), is_supposed("不对，是7000吨")
    (True, False)
    """
    return any(word in text for word in _words().supposing)


def is_of_another_year(text: str) -> bool:
    """Tell whether a text tells of a year before or after this one alone.

    >>> is_of_another_year("明年预计花110万"), is_of_another_year("今年花70万，明年110万")
    (True, False)
    """
    years = set(_YEAR.findall(text))
    return bool(years) and years.issubset(_OTHER_YEARS)


def relating_words() -> tuple[str, ...]:
    """Return the words beside a number that relate it to another one and say nothing of what it is."""
    words = _words()
    return tuple(sorted((*words.added, *words.taken_off, *words.later), key=len, reverse=True))


def retold(bid: Bid, table: Table, state: State) -> bool:
    """Lay out a number by what it does to the one on the table; tell whether it does anything to it."""
    name = bid.fact.name
    on_table = _value(table.given.get(name, ""))
    if bid.is_contrary and name in table.given and not _is_corrected(state):
        table.aside.append(bid.words)
        return True
    if on_table is None and not bid.is_contrary and _is_left_out(bid, state):
        table.ask(bid.fact, bid.fact.question)  # of how many it is a part was never told
        return True
    if on_table is None or bid.found.value is None or not bid.found.is_exact or bid.is_contrary:
        return False
    if _is_added(bid, state) or _is_more(bid, state):
        _lay_out(bid, table, (on_table, "+", bid.found.value))
        return True
    if _is_left_out(bid, state) and bid.found.value < on_table:
        _lay_out(bid, table, (on_table, _LESS, bid.found.value))
        return True
    return False


def without_partial_denials(table: Table, held: Mapping[str, str]) -> dict[str, str]:
    """Return the facts told; what only a part taken off fails (其中8家没做完) is not denied of the whole."""
    if not any(_LESS in addition for addition in table.sums.values()):
        return table.given
    return {name: told for name, told in table.given.items() if told != "否" or held.get(name) == "否"}


def taken_back(state: State, facts: Iterable[Fact], told: Container[str]) -> tuple[Fact, ...]:
    """Return the facts told before whose kind is now denied: 「不是总投入，是总投资」."""
    text = state.reading.text
    if state.reading.base is None or state.reading.asks(Intent.YES_NO):
        return ()
    sums = (one for one in facts if one.name in told and one.unit == Unit.YUAN)
    return tuple(
        one
        for one in sums
        if any(f"{no}{word}" in text for no in _NOT for word in state.context.words_of(one))
    )


def never_received(state: State, facts: Iterable[Fact], told: Container[str]) -> dict[str, str]:
    """Return nothing for what was told to have been paid, where that is now denied: 「要是当时没拿过呢」."""
    if state.reading.base is None or state.reading.quantities or not _NOTHING.search(state.reading.text):
        return {}
    paid = (one for one in facts if one.name in told and one.is_paid)
    return {one.name: "0元" for one in paid}


def _is_corrected(state: State) -> bool:
    """Tell whether the words take back what was told: then nothing of it is kept."""
    return any(word in state.reading.text for word in state.context.cues.cues.corrections)


def _lay_out(bid: Bid, table: Table, sum_of: tuple[Decimal, str, Decimal]) -> None:
    one, sign, other = sum_of
    result = in_words(one + other if sign == "+" else one - other, bid.fact)
    table.given[bid.fact.name] = result
    table.sums[bid.fact.name] = f"{in_words(one, bid.fact)} {sign} {in_words(other, bid.fact)} = {result}"


def _is_added(bid: Bid, state: State) -> bool:
    """Tell whether a sum is added to the one before: to a project, or a cost of a kind that adds up."""
    text = state.reading.text
    if not _is_of_the_same_year(state):
        return False
    if _IS_THE_TOTAL.search(text[: bid.found.start]):
        return False
    if operation_of(text, bid.found) is Operation.ADD and not _is_corrected(state):
        return True
    if state.reading.is_follow_up and _TOTAL.search(text) and not _is_corrected(state):
        return True
    before = state.reading.text[: bid.found.start].rstrip("约大概差不多 ")
    is_cost = before.endswith(_COSTS) and bid.fact.combines is not Combining.SUM
    return before.endswith(_words().added) and not (is_cost and bid.fact.role is not FactRole.RECEIVED)


def _is_more(bid: Bid, state: State) -> bool:
    """Tell whether a count, or a sum of a kind that adds up, is told beside the one before (又办了两场)."""
    fact, text = bid.fact, state.reading.text
    if fact.unit == Unit.YUAN and fact.combines is not Combining.SUM:
        return False
    before = _CLAUSE.split(text[: bid.found.start])[-1]
    after = _CLAUSE.split(text[bid.found.end :])[0]
    found = _more().search(before)
    if found is None or any(word in after for word in _words().left_out):
        return False
    if _is_corrected(state) or any(word in found[0] for word in _words().changed):
        return False
    return _is_of_the_same_year(state)


def _is_of_the_same_year(state: State) -> bool:
    """Tell whether what is told now is of the year of what was told before: its own, else the year asked in.

    A year's money never adds up with another's. Words without a year are of the year spoken of before.
    """
    base, today = state.reading.base, state.question.as_of
    now = _years(state.reading.text, today)
    if base is None or not now:
        return True
    return now == (_years(base.question, today) or {(base.asked_date or today).year})


def _years(text: str, today: date) -> set[int]:
    """Return the years a text names, those relative to today included.

    >>> sorted(_years("去年办了3场，2027年再办", date(2026, 6, 30)))
    [2025, 2027]
    """
    named = _YEAR.findall(text)
    return {today.year + _RELATIVE[one] if one in _RELATIVE else int(one[:4]) for one in named}


def _is_left_out(bid: Bid, state: State) -> bool:
    """Tell whether a count is a part that does not count: 「其中4家不是规上的」, 「去掉4家」."""
    text = state.reading.text
    if operation_of(text, bid.found) is Operation.SUBTRACT:
        return True
    if bid.fact.unit == Unit.YUAN:
        return False
    before = _CLAUSE.split(text[: bid.found.start])[-1]
    after = _CLAUSE.split(text[bid.found.end :])[0]
    is_part = any(word in before for word in _words().within)
    is_denied = any(word in after for word in _words().left_out) and "不是吗" not in after
    is_denied = is_denied or _fails_a_condition(bid, after, state)
    return (is_part and is_denied) or any(word in before for word in _words().taken_off)


def _fails_a_condition(bid: Bid, words: str, state: State) -> bool:
    """Tell whether words about a part deny a condition of the measure: 「其中2次是协会办的」."""
    denied = state.context.glossary.denied.outright
    names = state.context.corpus.measure(bid.measure).fact_names
    return any(pattern.search(words) for name in names for pattern in denied.get(name, ()))


def _value(words: str) -> Decimal | None:
    found = list(find_quantities(words))
    return found[0].value if len(found) == 1 and found[0].is_exact else None
