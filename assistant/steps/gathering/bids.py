"""Which number goes to which fact: every possible pair is weighed, and the best ones are kept.

A fact's own words beside a number count most, everyday words for it a little less, the name of its measure
adds something. Words for another thing (总投资 beside 自筹投入) mark the pair as contrary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.steps.gathering.fitting import fits, is_short_for
from assistant.steps.gathering.nearness import STOPS, nearness_of, words_around
from assistant.steps.gathering.other_money import TIME, is_of_another_kind, is_of_another_year, is_other_money
from assistant.steps.gathering.sharing_out import is_paid_in_parts, without_parts
from assistant.steps.reading.counted import counts_another_thing, is_counted_here
from assistant.steps.state import State
from corpus.glossary import Glossary
from corpus.model.measure import Fact, Measure
from corpus.reading.numerals import Found, Kind, find_quantities

_BASE_BONUS = 0.3
_WORDED_BASE_BONUS = 0.05  # beside words of its own a base needs no help against other facts with words
_AWAITED_BONUS = 0.4
_SUBJECT_BONUS = 0.15
_EVERYDAY = 0.9
_LEAST_WORDED = 0.2
_BARE = 1
_NEARLY = 0.9  # of the best nearness, for a number to be a second fact as well
_BEHIND = 0.8  # a word after a sum counts less than one before it
_COUNTED_AHEAD = 0.6  # after a count stands what is counted (两个论坛): there a word before it counts less
_PAYING = re.compile("(?:付|花|交|买|投|用|缴|支付|支出|签|做)(?:了|掉|出)?$")


@dataclass(frozen=True, slots=True)
class Bid:
    """How well a number fits a fact; `is_worded` when the fact's own words stand near it.

    `is_named` when the measure's own name stands before it: then the number is that measure's alone.
    `completes_unit` when the rest of the fact's unit stands beside the number (标煤省了6000吨).
    `is_awaited` where we asked for the fact, or a bare number takes the place of the one told before.
    `needs_words` where the fact is so particular (利息、保费) that no other number is ever taken for it.
    """

    found: Found
    fact: Fact
    measure: str
    group: int
    score: float
    nearness: float
    is_worded: bool
    is_contrary: bool
    is_amount: bool
    is_named: bool
    needs_words: bool
    completes_unit: bool
    is_awaited: bool
    words: str


def bids(state: State, numbers: Sequence[Found]) -> list[Bid]:
    """Return the pairs of number and fact that hold, best first: each number once, each fact once."""
    offered = sorted(_offered(state, numbers), key=lambda bid: (bid.is_contrary, -bid.score))
    accepted = _accepted(offered)
    return [bid for bid in accepted if not (bid.is_contrary and _is_a_second(bid, offered, accepted))]


def _is_a_second(bid: Bid, offered: Sequence[Bid], accepted: Sequence[Bid]) -> bool:
    """Tell whether a number is another one of a fact that is told already (国家给了…、市里给了…).

    Then it is weighed beside that, not taken for something it is not.
    """
    taken = {
        (one.measure, one.fact.name) for one in accepted if one.found != bid.found and not one.is_contrary
    }
    fitting = (one for one in offered if one.found == bid.found and one.is_worded and not one.is_contrary)
    return any((one.measure, one.fact.name) in taken for one in fitting)


def second_values(
    state: State, numbers: Sequence[Found], kept: Sequence[Bid], relating: Sequence[str] = ()
) -> list[Bid]:
    """Return bids of numbers left over for a fact that another number of the question has already.

    `relating` are words beside a number that say nothing of what it is (追加): they set no number apart.
    """
    used = {bid.found for bid in kept}
    taken = {(bid.measure, bid.fact.name) for bid in kept if not bid.is_contrary}
    best: dict[Found, Bid] = {}
    ranked = sorted(_offered(state, numbers), key=lambda bid: (bid.is_worded, _told_at(bid, kept), bid.score))
    for bid in reversed(ranked):
        is_same = (bid.measure, bid.fact.name) in taken and bid.found not in used
        is_loose = _is_too_loose(bid) and not bid.needs_words
        if is_same and not bid.is_contrary and not is_loose and _is_alike(bid, kept, state, relating):
            best.setdefault(bid.found, bid)
    return list(best.values())


def _told_at(bid: Bid, kept: Sequence[Bid]) -> int:
    """Return where the number of a fact stands before this one: a bare one is like the one next to it."""
    told = (one.found.start for one in kept if one.fact.name == bid.fact.name)
    return max((at for at in told if at < bid.found.start), default=-1)


def _is_alike(bid: Bid, kept: Sequence[Bid], state: State, relating: Sequence[str]) -> bool:
    """Tell whether a number is of the kind of the one taken: worded so, or with no word of its own."""
    before, _ = words_around(bid.found, state.reading)
    first = next(one for one in kept if (one.measure, one.fact.name) == (bid.measure, bid.fact.name))
    near = re.split(f"[{STOPS}]", before)[-1]
    cues = state.context.cues.cues
    for word in (*cues.corrections, *cues.either, *cues.part, *cues.each, *cues.altogether, *relating):
        near = near.replace(word, "")
    near = without_parts(near) if is_paid_in_parts(state.reading.text) else near
    own = _PAYING.sub("", TIME.sub("", near)).strip(" 、和与跟或是又再还")
    is_after = bid.found.start > first.found.end
    is_bare = is_after and len(own) <= _BARE and bid.found.kind is first.found.kind
    return bid.found.unit == first.found.unit and (bid.is_worded or is_bare)


def _offered(state: State, numbers: Sequence[Found]) -> Iterator[Bid]:
    for group, measures in enumerate(state.meant):
        for measure in measures:
            for name in measure.fact_names:
                fact = state.context.corpus.facts.get(name)
                for found in numbers:
                    if fact is None or not _may_be(found, fact, state):
                        continue
                    if not is_of_another_year(found, fact, state.reading.text):
                        yield _bid(found, fact, group, measure, state)


def _may_be(found: Found, fact: Fact, state: State) -> bool:
    """Tell whether a number may be a fact by its unit, by the word before it and by what it counts."""
    if not fits(found, fact) or (is_of_another_kind(found, state) and not _is_called_so(found, fact, state)):
        return False
    text, is_awaited = state.reading.text, _is_awaited(fact, state)
    if found.kind is Kind.NUMBER and fact.unit.is_piece:
        return is_awaited or is_counted_here(found, fact, text)
    return not counts_another_thing(found, fact, text, is_awaited)


def _is_called_so(found: Found, fact: Fact, state: State) -> bool:
    """Tell whether the words of an added document's fact stand before a number: it may ask for revenue."""
    if fact.document not in state.context.corpus.added:
        return False
    before, _ = words_around(found, state.reading)
    return any(word.lower() in before.lower() for word in (fact.label, *fact.hints))


def is_named_before(found: Found, measures: Iterable[Measure], state: State) -> bool:
    """Tell whether the name of one of the measures stands before a number, up to the number before it."""
    before = words_around(found, state.reading)[0].lower()
    names = (word for one in measures for word in sayings_of(one, state.context.glossary))
    return any(word.lower() in before for word in names)


def _bid(found: Found, fact: Fact, group: int, measure: Measure, state: State) -> Bid:
    glossary = state.context.glossary
    before, after = words_around(found, state.reading)
    is_counter = found.unit is not None and found.unit.is_counter
    weights = (_COUNTED_AHEAD, 1.0) if is_counter else (1.0, _BEHIND)
    own = nearness_of(before, after, (fact.label, *fact.hints), weights)
    everyday = nearness_of(before, after, glossary.words_for(fact.name), weights) * _EVERYDAY
    contrary = nearness_of(before, after, glossary.words_against(fact.name), weights)
    nearness = max(own, everyday)
    is_base = fact.name in measure.amount_facts[:1]
    is_worded = nearness >= _LEAST_WORDED
    score = nearness + ((_WORDED_BASE_BONUS if is_worded else _BASE_BONUS) if is_base else 0.0)
    is_named = any(word.lower() in before.lower() for word in sayings_of(measure, glossary))
    score += _SUBJECT_BONUS if is_named else 0.0
    score += _AWAITED_BONUS if _is_awaited(fact, state) else 0.0
    is_amount = fact.name in measure.amount_facts
    return Bid(
        found,
        fact,
        measure.id,
        group,
        score,
        nearness,
        is_worded,
        contrary > nearness or is_other_money(before, fact, measure, state, is_worded),
        is_amount,
        is_named,
        fact.needs_words,
        _completes_unit(found, fact, before, after),
        _is_awaited(fact, state) or _was_told(found, fact, state),
        _signed(found, before),
    )


def _is_awaited(fact: Fact, state: State) -> bool:
    """Tell whether we asked for the fact, or a bare number corrects what the last turn told of it."""
    base, reading = state.reading.base, state.reading
    if base is None:
        return False
    if base.asked:
        return fact.name == base.asked
    all_told = [name for name, _ in base.facts]
    told = [name for name in all_told if name not in base.recalled] or all_told or _bases(state)
    return not any(query_term.terms for query_term in reading.query_terms) and fact.name in told


def _was_told(found: Found, fact: Fact, state: State) -> bool:
    """Tell whether a number is one that was told of the fact before: 「回到200万的情况」."""
    if state.reading.base is None or found.kind is Kind.NUMBER:
        return False
    told = (words for turn in state.question.history for name, words in turn.facts if name == fact.name)
    return any(one.value == found.value for words in told for one in find_quantities(words))


def _bases(state: State) -> list[str]:
    return [name for measure in state.measures for name in measure.amount_facts[:1]]


def _completes_unit(found: Found, fact: Fact, before: str, after: str) -> bool:
    """Tell whether the words beside a number say what is missing of its unit."""
    if not is_short_for(found, fact) or found.value is None or not found.is_exact:
        return False
    rest = fact.unit.label.replace(found.unit_word, "")
    near = re.split(f"[{STOPS}]", before)[-1] + re.split(f"[{STOPS}]", after)[0]
    return any(word in near for word in (rest, rest.replace("标煤", "标准煤")))


def sayings_of(measure: Measure, glossary: Glossary) -> Iterator[str]:
    """Return the names companies use for what a measure grants, in its own words or those of its passage."""
    words = f"{measure.name}\n{measure.passage.quote}"
    return (
        saying
        for term in glossary.terms
        if measure.clause_id in term.at and all(word in words for word in term.means)
        for saying in term.says
    )


def _signed(found: Found, before: str) -> str:
    """Return the number with a minus sign that stands before it: no sum is ever computed from one."""
    return f"-{found.text}" if before.endswith(("-", "负", "−")) else found.text


def _accepted(bids: Iterable[Bid]) -> list[Bid]:
    """Give each number to one group and, for each measure of it, to one fact.

    A fact takes one number, and one more for each further matter that the number's own words name.
    """
    groups: dict[Found, int] = {}
    taken: dict[tuple[str, int], Found] = {}
    used: set[tuple[Found, str]] = set()
    accepted: list[Bid] = []
    for bid in bids:
        is_open = groups.get(bid.found, bid.group) == bid.group and (bid.found, bid.measure) not in used
        key = (bid.fact.name, bid.group)
        is_held = any(name == bid.fact.name and group != bid.group for name, group in taken)
        is_free = taken.get(key, bid.found) == bid.found and (bid.is_named or not is_held)
        if not is_open or _is_too_loose(bid) or not is_free:
            continue
        groups[bid.found] = bid.group
        used.add((bid.found, bid.measure))
        if key not in taken:
            accepted.append(bid)
        taken[key] = bid.found
    return _one_fact_each(accepted)


def _is_too_loose(bid: Bid) -> bool:
    """Tell whether only its words could bind the number, and they are not there."""
    if bid.is_awaited:
        return False
    is_bare = bid.found.kind is Kind.NUMBER
    return (bid.fact.is_paid or is_bare or bid.needs_words) and not (bid.is_worded or bid.is_contrary)


def _one_fact_each(bids: Sequence[Bid]) -> list[Bid]:
    """Drop a weaker, unworded use of a number that another fact claims by its words."""
    best: dict[Found, Bid] = {}
    for bid in bids:
        if bid.is_worded and (bid.found not in best or bid.nearness > best[bid.found].nearness):
            best[bid.found] = bid
    return [bid for bid in bids if bid.found not in best or _stands_beside(bid, best[bid.found])]


def _stands_beside(bid: Bid, best: Bid) -> bool:
    """Tell whether a number may be this fact too, where another fact's words stand by it."""
    is_same = bid.fact.name == best.fact.name
    return is_same or (bid.is_worded and bid.nearness >= _NEARLY * best.nearness)
