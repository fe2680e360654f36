"""Sixth step: what the person stated, bound to facts of the measures meant; doubts become questions.

A number goes to the fact whose unit it has and whose words stand nearest to it. A word that says the number
is something else (总投资 beside 自筹投入) keeps it away: then the fact is asked for, never assumed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.dialogue.number_operations import Operation, operation_of
from assistant.steps.choose import adds
from assistant.steps.earlier.known import (
    carried,
    carried_others,
    number_completed,
    recalled,
    received_unsaid,
    short_truths,
)
from assistant.steps.gathering.bids import Bid, bids, is_named_before, second_values
from assistant.steps.gathering.by_the_piece import count_listed, count_those_that_reach, multiplied
from assistant.steps.gathering.each import told_of_each
from assistant.steps.gathering.fitting import is_counter_for
from assistant.steps.gathering.retold import (
    never_received,
    relating_words,
    retold,
    taken_back,
    without_partial_denials,
)
from assistant.steps.gathering.settling import Table, ask_for_totals, settle, weigh_second_values
from assistant.steps.gathering.sharing_out import in_turn
from assistant.steps.goal import wanted_sum
from assistant.steps.reading.denials import without_denied_numbers
from assistant.steps.reading.places import denied_by_seat
from assistant.steps.reading.statements import is_said_now, named_truths, stated_choices, stated_truths
from assistant.steps.state import State
from assistant.understanding.precedence import of_others, superseded
from corpus.model.measure import Fact, Measure
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind, usual_units

_SHORT = 8
_GRANTED = re.compile("补助|扶持|资助|奖励|补贴|拨款|资金|获得")
_NONE = "没有请填 0元"  # in a fact's question: to have none is an answer, too
_SAID = ("是", "否")
_LEAST_SUM = 100  # 「一块」 is hardly ever a sum of money


def gather(state: State) -> State:
    """Bind the question's numbers, levels and statements to facts."""
    if not state.meant:
        return state
    reading, context = state.reading, state.context
    facts = tuple(
        context.corpus.facts[name] for name in _names(state.measures) if name in context.corpus.facts
    )
    claimed_to = {claim.end for claim in reading.claims}  # 「1500元一吨对吧」: the ton is part of the claim
    numbers = [
        found
        for found in reading.quantities
        if found not in reading.claims and not (found.start in claimed_to and found.value == 1)
    ]
    wanted = wanted_sum(reading.text, reading.quantities)
    numbers = [found for found in numbers if found != wanted]
    aside = (*superseded(reading.text, numbers), *of_others(reading.text, numbers), *_denied(state, numbers))
    numbers = [found for found in numbers if found not in aside]
    if shares := in_turn(state, numbers):
        state = replace(state, meant=tuple((one.measure,) for one in shares))
        numbers = [found for found in numbers if found not in {one.found for one in shares}]
    paid = _paid(state, numbers)
    numbers = [found for found in numbers if found not in paid]
    kept = bids(state, numbers)
    held, apart = carried(state)
    table = Table({**held, **_said(state, facts, held), **never_received(state, facts, held)})
    kept_apart = [one for one in apart if not any(_is_replaced(one, bid, state) for bid in kept)]
    own = [(one.measure.id, one.fact.name, one.found.text) for one in shares if one.is_said]
    for share in (one for one in shares if not one.is_said):
        table.ask(share.fact, share.fact.question)
        table.assumed.setdefault(share.fact.name, share.found.text)
    first: dict[str, int] = {}
    for bid in kept:
        is_second = first.setdefault(bid.fact.name, bid.group) != bid.group
        if _is_plain(bid) and (is_second or _is_of_one_matter(bid, state)):
            own += _own_facts(bid, state)
        elif not any(lay_out(bid, table, state) for lay_out in (retold, told_of_each, multiplied)):
            settle(bid, table, context)
    table.others += [
        one for one in carried_others(state, held) if not {bid.fact.name for bid in kept} & {one[0]}
    ]
    for fact in taken_back(state, facts, held.keys() - {bid.fact.name for bid in kept}):
        table.ask(fact, fact.question)
    for fact in received_unsaid(state, facts, {bid.fact.name for bid in kept}):
        table.ask(fact, fact.question)
    for name in table.doubts:  # a statement that is unclear still takes the place of an earlier one
        table.given = {
            key: words for key, words in table.given.items() if key != name or held.get(key) != words
        }
    more = second_values(state, numbers, kept, relating_words())
    weigh_second_values(state, kept, [bid for bid in more if not retold(bid, table, state)], table)
    count_those_that_reach(state, table)
    used = {bid.found for bid in (*kept, *more)}
    used |= count_listed(state, numbers, table)
    left = [found for found in numbers if found not in used and _must_be_told(found)]
    untold = (*aside, *ask_for_totals(state, kept, left, table))
    unused = tuple(found.text for found in sorted(untold, key=lambda found: found.start))
    table.given = without_denied_numbers(without_partial_denials(table, held), context.corpus.facts)
    told = table.facts(unused, (*kept_apart, *own))
    given, doubts = table.given, table.doubts
    named = named_truths(reading.text, facts, context, reading.quantities)
    stated = {name for name, value in given.items() if value != "否"} | set(doubts) | named
    new = {name for name in stated if given.get(name, "") != held.get(name)}
    meant = tuple(part for group in state.meant for part in _told_apart_first(group, (new, stated), given))
    told = replace(told, paid=sum((one.value or Decimal(0) for one in paid), Decimal(0)) if paid else None)
    gathered = replace(state, facts=told, meant=meant)
    return replace(gathered, facts=replace(told, recalled=recalled(gathered)))


def _paid(state: State, numbers: Sequence[Found]) -> tuple[Found, ...]:
    """Return the sums told as paid already, where no award meant has a fact of its own for that."""
    names = _names(state.measures)
    facts = [state.context.corpus.facts[name] for name in names if name in state.context.corpus.facts]
    if any(fact.is_paid or _GRANTED.search(fact.label) for fact in facts):
        return ()
    text = state.reading.text
    return tuple(
        one for one in numbers if one.kind is Kind.MONEY and operation_of(text, one) is Operation.RECEIVED
    )


def _denied(state: State, numbers: Sequence[Found]) -> tuple[Found, ...]:
    """Return the numbers that are said not to be so (不是6000万)."""
    return tuple(one for one in numbers if operation_of(state.reading.text, one) is Operation.DENY)


def _said(state: State, facts: Sequence[Fact], held: Mapping[str, str]) -> dict[str, str]:
    """Return what the person said that is no number: the seat, yes and no, levels, a reply."""
    reading, context = state.reading, state.context
    seats = denied_by_seat(reading, context).items()
    return {
        **short_truths(state, facts),
        **{name: value for name, value in seats if context.corpus.facts[name] in facts},
        **stated_truths(reading.text, facts, context, reading.quantities),
        **{
            name: value
            for name, value in reading.standing
            if value in _SAID and context.corpus.facts[name] in facts
        },
        **{
            name: level
            for name, level in stated_choices(reading.text, facts, context.cues.cues).items()
            if name not in held or is_said_now(level, reading.text, context.cues.cues)
        },
        **_replied(state),
    }


def _of_company(state: State, facts: Sequence[Fact]) -> dict[str, str]:
    """Return the yes and no that the words tell of the company, as far as the measures ask for them."""
    told = ((state.context.corpus.facts[name], value) for name, value in state.reading.standing)
    return {fact.name: value for fact, value in told if value in _SAID and fact in facts}


def _is_replaced(one: tuple[str, str, str], bid: Bid, state: State) -> bool:
    """Tell whether a number takes the place of a fact kept for one measure; an added one only its own."""
    whose, name, _ = one
    return name == bid.fact.name and (whose == bid.measure or not adds(state))


def _is_plain(bid: Bid) -> bool:
    """Tell whether a number can be taken as it is."""
    return bid.found.is_exact and not bid.is_contrary and bid.found.kind is not Kind.NUMBER


def _is_of_one_matter(bid: Bid, state: State) -> bool:
    """Tell whether a number stands behind the name of its own measure, and another matter has such a fact.

    Of 「数字供应链总投资1000万」 nothing is known of the investment in anything else.
    """
    group = state.meant[bid.group]
    sharing = [other for other in state.meant if any(bid.fact.name in one.fact_names for one in other)]
    if len(group) > 1 or len(sharing) < 2 or not bid.is_named:
        return False
    return not any(is_named_before(bid.found, other, state) for other in sharing if other is not group)


def _own_facts(bid: Bid, state: State) -> list[tuple[str, str, str]]:
    """Return a number as the fact of the measures of one matter alone."""
    group = state.meant[bid.group]
    is_count = is_counter_for(bid.found, bid.fact)
    words = f"{bid.found.value}{bid.fact.unit.label}" if is_count else bid.words
    return [(one.id, bid.fact.name, words) for one in group if bid.fact.name in one.fact_names]


def _must_be_told(found: Found) -> bool:
    """Tell whether a number is a statement that must not be passed over in silence."""
    is_sum = found.kind is Kind.MONEY and (found.value is None or found.value >= _LEAST_SUM)
    is_quantity = found.unit is not None and found.unit.is_quantity
    return is_sum or is_quantity or found.unit_word in usual_units().foreign_money


def _told_apart_first(
    group: tuple[Measure, ...], told: Sequence[set[str]], given: Mapping[str, str]
) -> tuple[tuple[Measure, ...], ...]:
    """Return the alternatives that the facts speak for: those said now, else those that are known."""
    parts = (_told_apart(group, facts, given) for facts in told)
    return next((one for one in parts if one != (group,)), (group,))


def _told_apart(
    group: tuple[Measure, ...], told: set[str], given: Mapping[str, str]
) -> tuple[tuple[Measure, ...], ...]:
    """Return the alternatives the stated facts speak for; each on its own where each has facts stated."""
    shared = set(group[0].fact_names).intersection(*(measure.fact_names for measure in group))
    own = [told.intersection(measure.fact_names) - shared for measure in group]
    most = max(map(len, own))
    uses = Counter(given.values())
    based = [
        one
        for one, facts in zip(group, own, strict=True)
        if facts.intersection(one.amount_facts[:1]) and uses[given.get(one.amount_facts[0], "")] == 1
    ]
    if len(based) > 1:
        return tuple((one,) for one in based)
    best = [(measure, facts) for measure, facts in zip(group, own, strict=True) if len(facts) == most]
    if most == 0:
        return (group,)
    numbers = [given[name] for _, facts in best for name in facts if given.get(name, "是") not in _SAID]
    is_one_number = len(numbers) == len(best) > 1 and len(set(numbers)) == 1
    if len({frozenset(facts) for _, facts in best}) == len(best) and not is_one_number:
        return tuple((measure,) for measure, _ in best)
    return (tuple(measure for measure, _ in best),)


def _names(measures: Iterable[Measure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for measure in measures for name in measure.fact_names))


def _replied(state: State) -> dict[str, str]:
    """Return the fact we asked for last, where the person now says yes or no to it, or that there is none."""
    last = state.question.history[-1] if state.question.history else None
    if last is None or last.asked is None or len(state.reading.text) > _SHORT:
        return {}
    fact = state.context.corpus.facts.get(last.asked)
    if fact is not None and (words := number_completed(state, last)):
        return {fact.name: words}
    is_denied = any(word in state.reading.text for word in state.context.cues.cues.negations)
    if fact is not None and is_denied and _NONE in fact.question and not state.reading.quantities:
        return {fact.name: "0元"}
    if fact is None or fact.unit != Unit.YES_NO:
        return {}
    return {fact.name: "否" if is_denied else "是"}
