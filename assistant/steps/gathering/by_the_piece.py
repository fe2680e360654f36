"""Sums told of each piece (每家3000元, 每月8万), and pieces of which only some reach what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.steps.gathering.bids import Bid
from assistant.steps.gathering.settling import Table, in_words
from assistant.steps.state import State
from corpus.model.measure import Combining, Comparison, Measure, PerUnit
from corpus.model.values import Quantity, Unit
from corpus.reading.numerals import Found, Kind, find_quantities, format_number

_EACH = re.compile(r"[每](?P<piece>年|个?月|季度?|家|份|个|笔|次|场|单|人|套|台|项)[^，。；;,0-9]{0,6}$")
_WHOLE_YEAR = re.compile("全年|一年|整年|一整年|年度|今年|每年")
_MONTHS = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})个月")
_YEARS = re.compile(r"(?<!第)(?:[2-9]|[两二三四五六])年(?!度|前|后)")
_SHORTEST_LIST = 2
_OTHER_SIZE = 20  # times larger or smaller than the threshold: such a number is of something else
_IN_A_YEAR = {"月": 12, "个月": 12, "季": 4, "季度": 4}


def multiplied(bid: Bid, table: Table, state: State) -> bool:
    """Lay out a sum told of each piece as the total it makes, or ask for the total; tell if it was one."""
    name, text = bid.fact.name, state.reading.text
    each = _EACH.search(text[: bid.found.start])
    is_total = bid.fact.combines is Combining.SUM and bid.fact.unit == Unit.YUAN
    if each is not None and each["piece"] == "年" and not is_total:
        return _asked_for_all_years(each, bid, table, state)
    if (
        each is None
        or not is_total
        or each["piece"] == "年"
        or bid.is_contrary
        or not bid.found.is_exact
        or bid.found.value is None
    ):
        return False
    count = _count(each["piece"], state)
    if count is None:
        said = each[0] + bid.words
        table.ask(bid.fact, state.context.replies.say("ask_total", label=bid.fact.label, words=said))
        return True
    total = in_words(bid.found.value * count[0], bid.fact)
    table.given[name] = total
    table.sums[name] = f"{count[1]} × {in_words(bid.found.value, bid.fact)} = {total}"
    return True


def _asked_for_all_years(each: re.Match[str], bid: Bid, table: Table, state: State) -> bool:
    """Ask for the total where a sum is told of each of several years, and the whole is what counts."""
    if bid.fact.unit != Unit.YUAN or not bid.is_amount or not _YEARS.search(state.reading.text):
        return False
    said = each[0] + bid.words
    table.ask(bid.fact, state.context.replies.say("ask_total", label=bid.fact.label, words=said))
    return True


def _count(piece: str, state: State) -> tuple[Decimal, str] | None:
    """Return how many pieces there are, and in words; None where it is not said, or said twice."""
    text = state.reading.text
    if piece in _IN_A_YEAR:
        months = _MONTHS.search(text) if "月" in piece else None
        if months is not None:
            count = find_quantities(months[0])[0].value or Decimal(0)
            return count, f"{format_number(count)}个月"
        if not _WHOLE_YEAR.search(text):
            return None
        count = Decimal(_IN_A_YEAR[piece])
        return count, f"{format_number(count)}个{piece.removeprefix('个')}"
    said = [found for found in state.reading.quantities if found.unit_word == piece and _is_plain(found)]
    counts = {found.value for found in said if found.value is not None}
    return (value := counts.pop(), f"{format_number(value)}{piece}") if len(counts) == 1 else None


def _is_plain(found: Found) -> bool:
    return found.is_exact and found.value is not None and found.value > 1


def count_those_that_reach(state: State, table: Table) -> None:
    """Count of several pieces only those whose own number reaches the threshold (两条航线分别飞了…)."""
    for measure in state.measures:
        pair = _counted_by_threshold(measure)
        if pair is None or pair[0] not in table.given or pair[1] not in table.given:
            continue
        counted, threshold, least = pair
        values = [table.given[threshold], *(words for name, words in table.others if name == threshold)]
        count = find_quantities(table.given[counted])[0].value
        if len(values) < 2 or count != len(values):
            continue
        reached = [words for words in values if (find_quantities(words)[0].value or 0) >= least]
        table.others = [one for one in table.others if one[0] != threshold]
        table.given[threshold] = (reached or values)[0]
        if reached and len(reached) < len(values):
            fact = state.context.corpus.facts[counted]
            missed, total = Decimal(len(values) - len(reached)), Decimal(len(reached))
            table.given[counted] = in_words(total, fact)
            words = [in_words(number, fact) for number in (count, missed, total)]
            table.sums[counted] = f"{words[0]} − {words[1]} = {words[2]}"


def count_listed(state: State, numbers: Sequence[Found], table: Table) -> set[Found]:
    """Judge the bare numbers of a list one by one (A飞10300、B 9980): those that reach the threshold count.

    Return the numbers used. How many there are is the list's own length, or the count told where it agrees.
    """
    bare = [one for one in numbers if one.kind is Kind.NUMBER and one.value is not None and not one.unit_word]
    for measure in state.measures:
        pair = _counted_by_threshold(measure)
        if pair is None or len(bare) < _SHORTEST_LIST or not _are_alike(bare, pair[2]):
            continue
        counted, threshold, least = pair
        fact, per_piece = state.context.corpus.facts[counted], state.context.corpus.facts[threshold]
        told = table.given.get(counted)
        if told is not None and find_quantities(told)[0].value != len(bare):
            continue
        reached = [one for one in bare if (one.value or 0) >= least]
        best = reached[0] if reached else bare[0]
        table.given[threshold] = in_words(best.value or Decimal(0), per_piece)
        table.given[counted] = in_words(Decimal(len(reached) or len(bare)), fact)
        if reached and len(reached) < len(bare):
            words = [in_words(Decimal(n), fact) for n in (len(bare), len(bare) - len(reached), len(reached))]
            table.sums[counted] = f"{words[0]} − {words[1]} = {words[2]}"
        return set(bare)
    return set()


def _are_alike(bare: Sequence[Found], least: Decimal) -> bool:
    """Tell whether numbers of a list may all be held against a threshold: none is of another size."""
    return all(least / _OTHER_SIZE <= (one.value or 0) <= least * _OTHER_SIZE for one in bare)


def _counted_by_threshold(measure: Measure) -> tuple[str, str, Decimal] | None:
    """Return the fact counted, the threshold each piece must reach, and its number."""
    if not isinstance(measure.formula, PerUnit):
        return None
    for one in measure.conditions:
        if one.comparison is Comparison.AT_LEAST and one.threshold is not None:
            least = one.threshold.value
            if isinstance(least, Quantity):
                return measure.formula.count.value, one.fact, least.value
    return None
