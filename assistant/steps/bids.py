"""Which number goes to which fact: every possible pair is weighed, and the best ones are kept.

A fact's own words beside a number count most, everyday words for it a little less, the name of its measure
adds something. Words for another thing (总投资 beside 自筹投入) mark the pair as contrary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.steps.counted import BY_THE_PIECE, counts_another_thing, is_counted_here
from assistant.steps.sharing_out import is_paid_in_parts, without_parts
from assistant.steps.state import Reading, State
from corpus.glossary import Glossary
from corpus.model.measure import Fact, Measure
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind, find_quantities

_STOPS = "，。；;！？!?\n,"
_REACH = 14
_BASE_BONUS = 0.3
_WORDED_BASE_BONUS = 0.05  # beside words of its own a base needs no help against other facts with words
_AWAITED_BONUS = 0.4
_SUBJECT_BONUS = 0.15
_EVERYDAY = 0.9
_LEAST_WORDED = 0.2
_RECEIVED = "received"
_BARE = 1
_NEARLY = 0.9  # of the best nearness, for a number to be a second fact as well
_BEHIND = 0.8  # a word after a sum counts less than one before it
_COUNTED_AHEAD = 0.6  # after a count stands what is counted (两个论坛): there a word before it counts less
_COUNTS = frozenset({Unit.COUNT, Unit.EVENT, Unit.ENTERPRISE, Unit.ROUTE})
_BESIDE_THE_POINT = frozenset({Unit.YEAR, Unit.LEVEL})  # they count no fact: words beyond them still count
_NEAR = 4
_BOTH_SIDES = 0.05  # 「引进1个展会」: the verb before it tells which exhibition it counts
_TIME = re.compile(r"今年|本年|去年|上年|前年|明年|(?:19|20)\d\d年度?")
_EARLIER = ("去年", "上年", "前年")
_THIS_YEAR = "_received_this_year"
_RECEIVED_BEFORE = re.compile("(?:补|奖|拿|领|得|享受|给|报|贴)过(?:了|大概|大约)?$")
_SPENT = re.compile("^(?!.*(?:获得|已)).*(?:投入|投资|费用?|成本|支出|合同金额|保费|利息)")
_PAYING = re.compile("(?:付|花|交|买|投|用|缴|支付|支出|签|做)(?:了|掉|出)?$")
_OUTLAYS = "投入|投资|支出|费用?|经费|开支|花费|花了?"
_GOES_ON = re.compile("[、和与跟及加]|以及|还有|另外|再加|外加|又")  # behind it stand the next number's words
_FILLING = "是为有约达到了一共大概大约年全的在做"


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
    before, _ = _around(bid.found, state.reading)
    first = next(one for one in kept if (one.measure, one.fact.name) == (bid.measure, bid.fact.name))
    near = re.split(f"[{_STOPS}]", before)[-1]
    cues = state.desk.cues.cues
    for word in (*cues.corrections, *cues.either, *cues.part, *cues.each, *cues.altogether, *relating):
        near = near.replace(word, "")
    near = without_parts(near) if is_paid_in_parts(state.reading.text) else near
    own = _PAYING.sub("", _TIME.sub("", near)).strip(" 、和与跟或是又再还")
    is_after = bid.found.start > first.found.end
    is_bare = is_after and len(own) <= _BARE and bid.found.kind is first.found.kind
    return bid.found.unit is first.found.unit and (bid.is_worded or is_bare)


def _offered(state: State, numbers: Sequence[Found]) -> Iterator[Bid]:
    for group, measures in enumerate(state.meant):
        for measure in measures:
            for name in measure.fact_names:
                fact = state.desk.corpus.facts.get(name)
                for found in numbers:
                    if fact is None or not _may_be(found, fact, state):
                        continue
                    if not is_of_another_year(found, fact, state.reading.text):
                        yield _bid(found, fact, group, measure, state)


def _may_be(found: Found, fact: Fact, state: State) -> bool:
    """Tell whether a number may be a fact by its unit, by the word before it and by what it counts."""
    if not fits(found, fact) or is_of_another_kind(found, state):
        return False
    text, is_awaited = state.reading.text, _is_awaited(fact, state)
    if found.kind is Kind.NUMBER and fact.unit in BY_THE_PIECE:
        return is_awaited or is_counted_here(found, fact, text)
    return not counts_another_thing(found, fact, text, is_awaited)


def is_named_before(found: Found, measures: Iterable[Measure], state: State) -> bool:
    """Tell whether the name of one of the measures stands before a number, up to the number before it."""
    before = _around(found, state.reading)[0].lower()
    names = (word for one in measures for word in sayings_of(one, state.desk.glossary))
    return any(word.lower() in before for word in names)


def is_of_another_kind(found: Found, state: State) -> bool:
    """Tell whether the word right before a number makes it something no measure asks for (营收3亿)."""
    before, _ = _around(found, state.reading)
    return bool(_ended_by(state.desk.glossary.never_facts).search(before))


def is_of_another_year(found: Found, fact: Fact, text: str) -> bool:
    """Tell whether a sum was paid in an earlier year (去年补过30万), for a fact on what this year brought."""
    said = _TIME.findall(text[: found.start])
    return fact.name.endswith(_THIS_YEAR) and bool(said) and said[-1] in _EARLIER


@lru_cache(maxsize=4)
def _ended_by(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for text that ends in one of the words, or in one and a little filling."""
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})[{_FILLING}]{{0,{_NEAR}}}$")


def fits(found: Found, fact: Fact) -> bool:
    """Tell whether a number may be a value of the fact, going by its unit alone."""
    if fact.unit is Unit.YUAN:
        return found.kind is Kind.MONEY or (found.kind is Kind.NUMBER and not found.unit_word)
    if fact.unit in {Unit.YES_NO, Unit.LEVEL}:
        return False
    if found.kind is Kind.QUANTITY:
        return found.unit is fact.unit or is_counter_for(found, fact) or is_short_for(found, fact)
    return found.kind is Kind.NUMBER


def is_counter_for(found: Found, fact: Fact) -> bool:
    """Tell whether the counter said is the common one (三个论坛) for a thing with a counter of its own."""
    return found.unit is Unit.COUNT and fact.unit in BY_THE_PIECE


def is_short_for(found: Found, fact: Fact) -> bool:
    """Tell whether the unit said is only part of the fact's own (吨 for 吨标煤): then it is asked about."""
    return found.unit is None and bool(found.unit_word) and found.unit_word in fact.unit.label


def _bid(found: Found, fact: Fact, group: int, measure: Measure, state: State) -> Bid:
    glossary = state.desk.glossary
    before, after = _around(found, state.reading)
    weights = (_COUNTED_AHEAD, 1.0) if found.unit in _COUNTS else (1.0, _BEHIND)
    own = _nearness(before, after, (fact.label, *fact.hints), weights)
    everyday = _nearness(before, after, glossary.words_for(fact.name), weights) * _EVERYDAY
    contrary = _nearness(before, after, glossary.words_against(fact.name), weights)
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
        contrary > nearness or _is_other_money(before, fact, measure, state, is_worded),
        is_amount,
        is_named,
        fact.name in glossary.only_by_words,
        _completes_unit(found, fact, before, after),
        _is_awaited(fact, state) or _was_told(found, fact, state),
        _signed(found, before),
    )


def _is_other_money(before: str, fact: Fact, measure: Measure, state: State, is_worded: bool) -> bool:
    """Tell whether the words before a number make it money of another kind: spent elsewhere, or been paid."""
    if _is_spent_elsewhere(before, measure, state.desk.glossary):
        return True
    paid = _ended_by(state.desk.cues.cues.done_words).search(before)
    if _RECEIVED_BEFORE.search(before) and _SPENT.search(fact.label):
        return True  # 上云补过30万
    return paid is not None and not is_worded


def _is_spent_elsewhere(before: str, measure: Measure, glossary: Glossary) -> bool:
    """Tell whether the words before a number say it was spent on something else: 研发投入, 广告投入."""
    words = f"{measure.name}\n{measure.passage.quote}"
    match = _spent_on(glossary.foreign_outlays).search(before)
    return match is not None and match["what"] not in words


@lru_cache(maxsize=4)
def _spent_on(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for text that ends in an outlay on one of the things."""
    things = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(f"(?P<what>{things})的?总?(?:{_OUTLAYS})[{_FILLING}]{{0,{_NEAR}}}$")


def _is_awaited(fact: Fact, state: State) -> bool:
    """Tell whether we asked for the fact, or a bare number corrects what the last turn told of it."""
    base, reading = state.reading.base, state.reading
    if base is None:
        return False
    if base.asked:
        return fact.name == base.asked
    all_told = [name for name, _ in base.facts]
    told = [name for name in all_told if name not in base.recalled] or all_told or _bases(state)
    return not any(piece.terms for piece in reading.pieces) and fact.name in told


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
    near = re.split(f"[{_STOPS}]", before)[-1] + re.split(f"[{_STOPS}]", after)[0]
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


def _around(found: Found, reading: Reading) -> tuple[str, str]:
    """Return the words before and after a number, up to the numbers beside it.

    Before another number stand that number's words: behind the stop between the two, nothing counts.
    """
    others = [one for one in reading.quantities if _may_be_a_fact(one) and one is not found]
    earlier = max((one.end for one in others if one.end <= found.start), default=0)
    later = min((one.start for one in others if one.start >= found.end), default=None)
    before, after = reading.text[earlier : found.start], reading.text[found.end : later]
    if later is None:
        return before, after
    return before, "" if _GOES_ON.match(after) else re.split(f"[{_STOPS}]", after)[0]


def _may_be_a_fact(found: Found) -> bool:
    is_counted = found.kind is Kind.QUANTITY and found.unit not in _BESIDE_THE_POINT
    return found.kind in {Kind.MONEY, Kind.RATE} or (is_counted and found.unit is not None)


def _nearness(before: str, after: str, words: Iterable[str], weights: tuple[float, float]) -> float:
    """Return how near the best of these words stands to a number, 0 for none; a little more on both sides."""
    ahead = behind = 0.0
    for word in words:
        plain = word.lower()
        at = before.lower().rfind(plain)
        if at >= 0:
            ahead = max(ahead, _worth(before[at + len(plain) :], len(plain)) * weights[0])
        at = after.lower().find(plain)
        if at >= 0:
            behind = max(behind, _worth(after[:at], len(plain)) * weights[1])
    return max(ahead, behind) + min(ahead, behind) * _BOTH_SIDES


def _worth(between: str, length: int) -> float:
    """Return how much a word counts: more when near, in the same clause of the sentence, and longer."""
    distance = len(between) + 6 * sum(character in _STOPS for character in between)
    return max(0.05, 1 - distance / _REACH / 2) * (0.8 + min(length, 8) / 40)


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
    is_received = bid.fact.unit is Unit.YUAN and _RECEIVED in bid.fact.name
    is_bare = bid.found.kind is Kind.NUMBER
    return (is_received or is_bare or bid.needs_words) and not (bid.is_worded or bid.is_contrary)


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
