"""What a bound number makes of its fact: a value, the ends of one, a part of a sum, or a question.

Numbers of one kind that add up by nature (contracts of a year, premiums) are added and the addition is shown;
others are computed one beside the other, or asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.conversation import MissingFact
from assistant.steps.gathering.bids import Bid
from assistant.steps.gathering.fitting import is_counter_for, is_short_for
from assistant.steps.gathering.other_money import is_of_another_kind
from assistant.steps.gathering.sharing_out import is_paid_in_parts
from assistant.steps.reading.words import PARTS
from assistant.steps.state import AnswerContext, Bound, Facts, State
from assistant.understanding.precedence import is_part_of
from corpus.model.measure import Combining, Comparison, Fact
from corpus.model.values import Money, Unit
from corpus.reading.numerals import Found, Kind, format_money, format_number

_SHORT = 8
_DENIED = ("不是", "不在", "不属于", "没有", "没做", "未")
_NOW = ("今年", "本年", "当年")
_YEAR = re.compile(r"今年|本年|当年|去年|上年|前年|明年|(?:19|20)\d\d年")


@dataclass(slots=True)
class Table:
    """The facts of one question while its numbers are laid out."""

    given: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, MissingFact] = field(default_factory=dict)
    assumed: dict[str, str] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    bounds: dict[str, Bound] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)

    def facts(self, unused: tuple[str, ...], own: tuple[tuple[str, str, str], ...]) -> Facts:
        """Return what was laid out."""
        return Facts(
            tuple(self.given.items()),
            tuple(self.doubts.values()),
            tuple(self.assumed.items()),
            tuple(dict.fromkeys(self.others)),
            (*self.aside, *unused),
            own,
            tuple(self.sums.items()),
            tuple(self.bounds.values()),
        )

    def ask(self, fact: Fact, question: str) -> None:
        """Put a question in place of a fact's value."""
        self.given.pop(fact.name, None)
        self.doubts[fact.name] = MissingFact(fact.name, question, fact.unit.value)


def settle(bid: Bid, table: Table, context: AnswerContext) -> None:
    """Lay out the first number of a fact."""
    name, found, fact, words = bid.fact.name, bid.found, bid.fact, bid.words
    say = context.replies.say
    if bid.is_contrary:
        table.ask(fact, fact.question)
        table.assumed.setdefault(name, words)
    elif is_short_for(found, fact) and (bid.completes_unit or bid.is_awaited) and found.is_exact:
        table.given[name] = f"{found.value}{fact.unit.label}"
    elif (found.kind is Kind.NUMBER and fact.unit == Unit.YUAN) or is_short_for(found, fact):
        table.ask(fact, say("ask_unit", words=words, label=fact.label, unit=_units(fact)))
    elif _is_surely_reached(bid):
        table.given[name] = (_least(found, fact) if found.is_vague else None) or words
    elif found.is_exact:
        is_count = is_counter_for(found, fact)
        table.given[name] = f"{found.value}{fact.unit.label}" if is_count else words
    else:
        table.ask(fact, say("ask_exact", words=words, label=fact.label))
        if bound := _bound(found, fact):
            table.bounds[name] = bound


def _units(fact: Fact) -> str:
    return "元或万元" if fact.unit == Unit.YUAN else fact.unit.label


def _is_surely_reached(bid: Bid) -> bool:
    """Tell whether 「一万架次以上」 settles a threshold: it has only to be reached, no sum rests on it."""
    return not bid.is_amount and _least(bid.found, bid.fact) is not None


def _bound(found: Found, fact: Fact) -> Bound | None:
    """Return the ends of a stated range, or the least of 「七千多吨」; None where not even one is sure."""
    is_counted = not re.search("[多余来几]", found.text)
    if found.low is not None and found.high is not None and is_counted:
        return Bound(fact.name, in_words(found.low, fact), in_words(found.high, fact))
    if found.comparison is Comparison.UNDER and found.value is not None and not found.is_vague:
        return Bound(fact.name, in_words(found.value, fact), is_under=True)
    least = _least(found, fact)
    return Bound(fact.name, least) if least else None


def _least(found: Found, fact: Fact) -> str | None:
    """Return the least a number may be, in words that can be read back."""
    is_lower = found.comparison in {Comparison.AT_LEAST, Comparison.OVER} and not found.is_vague
    is_more = found.is_vague and found.comparison is None and re.search("[多余]", found.text)
    return in_words(found.value, fact) if found.value is not None and (is_lower or is_more) else None


def in_words(value: Decimal, fact: Fact) -> str:
    """Return a value as it is written, with the unit of its fact."""
    if fact.unit == Unit.YUAN:
        return format_money(Money(value))
    return f"{format_number(value)}{fact.unit.label}"


def weigh_second_values(state: State, kept: Sequence[Bid], more: Sequence[Bid], table: Table) -> None:
    """Lay out the further numbers of each fact: parts, corrections, addends, variants, contradictions."""
    for name in dict.fromkeys(bid.fact.name for bid in more):
        first = next(bid for bid in kept if bid.fact.name == name and not bid.is_contrary)
        rest = sorted((bid for bid in more if bid.fact.name == name), key=lambda bid: bid.found.start)
        for bid in [bid for bid in rest if _replaces(bid, state)]:
            table.given[name] = bid.words
            rest.remove(bid)
        rest = [bid for bid in rest if not _are_part_and_whole(first.found, bid.found, state.reading.text)]
        if not rest:
            continue
        if _are_told_apart(first, rest, state):
            now = next((one for one in rest if _is_now(one.found, state)), None)
            if now is not None and name in table.given:
                table.given[name] = now.words
                rest = [first, *(one for one in rest if one is not now)]
            table.others += [(name, bid.words) for bid in rest]
        elif _can_be_added((first, *rest), state):
            _add_up((first, *rest), table)
        elif _holds_any(state.reading.text, state.context.cues.cues.each):
            table.others += [(name, bid.words) for bid in rest]
        else:
            said = "”“".join((first.words, *(bid.words for bid in rest)))
            table.ask(first.fact, state.context.replies.say("ask_which", label=first.fact.label, words=said))


def _replaces(bid: Bid, state: State) -> bool:
    """Tell whether a number corrects the one before it, or is the part of it that counts (其中)."""
    cues, before = state.context.cues.cues, state.reading.text[: bid.found.start]
    is_said_part = _holds_any(PARTS.split(before)[-1], cues.part)
    is_counted = bid.fact.unit != Unit.YUAN
    is_part = (is_said_part and (is_counted or bid.is_worded)) or (is_counted and before.endswith("的"))
    near = before[-_SHORT:]
    is_total = before.rstrip().endswith(cues.altogether)
    return is_part or is_total or any(word in near for word in cues.corrections if word not in cues.either)


def _are_part_and_whole(first: Found, other: Found, text: str) -> bool:
    """Tell whether one number is named as a part of the other: then the one that fits best counts alone."""
    return is_part_of(text, first, other) or is_part_of(text, other, first)


def _holds_any(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _are_told_apart(first: Bid, rest: Sequence[Bid], state: State) -> bool:
    """Tell whether the numbers are to be computed each for itself: alternatives, or of different years."""
    text = state.reading.text
    years = {_year(text, one.found) for one in (first, *rest)}
    summed = first.fact.combines is Combining.SUM
    either = [word for word in state.context.cues.cues.either if not (summed and word == "分别")]
    return len(years) > 1 or _holds_any(text, either)


def _is_now(found: Found, state: State) -> bool:
    """Tell whether a number is of this year, said so or by its number."""
    return _year(state.reading.text, found) in (*_NOW, f"{state.as_of.year}年")


def _year(text: str, found: Found) -> str:
    said = _YEAR.findall(text[: found.start])
    return said[-1] if said else ""


def _can_be_added(bids: Sequence[Bid], state: State) -> bool:
    """Tell whether numbers are parts of one total: such facts add up, each is exact, none is denied."""
    text = state.reading.text
    clauses = (PARTS.split(text[one.found.end :])[0] for one in bids)
    is_denied = any(_holds_any(clause, _DENIED) for clause in clauses)
    is_summed = bids[0].fact.combines is Combining.SUM or is_paid_in_parts(text)
    return is_summed and not is_denied and all(one.found.is_exact for one in bids)


def _add_up(bids: Sequence[Bid], table: Table) -> None:
    fact = bids[0].fact
    values = [bid.found.value or Decimal(0) for bid in bids]
    total = in_words(sum(values, Decimal(0)), fact)
    table.given[fact.name] = total
    table.sums[fact.name] = f"{' + '.join(in_words(value, fact) for value in values)} = {total}"


def ask_for_totals(
    state: State, kept: Sequence[Bid], left: Sequence[Found], table: Table
) -> tuple[Found, ...]:
    """Ask for the total where several sums stand beside a base and no word says which is it.

    Return the numbers that are left over still.
    """
    asked: list[Found] = []
    for bid in kept:
        is_guess = bid.fact.unit == Unit.YUAN and bid.is_amount and not bid.is_worded and not bid.is_contrary
        beside = [one for one in left if one.kind is Kind.MONEY and not is_of_another_kind(one, state)]
        if is_guess and beside and bid.fact.name in table.given and bid.fact.name not in table.sums:
            said = "”“".join((bid.words, *(one.text for one in beside)))
            table.ask(bid.fact, state.context.replies.say("ask_total", label=bid.fact.label, words=said))
            asked += beside
    return tuple(one for one in left if one not in asked)
