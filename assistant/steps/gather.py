"""Sixth step: what the person stated, bound to facts of the measures meant; doubts become questions.

A number goes to the fact whose unit it has and whose words stand nearest to it. A word that says the number
is something else (总投资 beside 自筹投入) keeps it away: then the fact is asked for, never assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import MissingFact
from assistant.steps.state import Desk, Facts, Reading, State
from assistant.steps.statements import stated_choices, stated_truths
from corpus.glossary import Glossary
from corpus.model.measure import Comparison, Fact, Measure
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind

_STOPS = "，。；;！？!?\n,"
_REACH = 14
_BASE_BONUS = 0.3
_SUBJECT_BONUS = 0.15
_EVERYDAY = 0.9
_LEAST_WORDED = 0.2
_RECEIVED = "received"
_SHORT = 8


@dataclass(frozen=True, slots=True)
class _Bid:
    """How well a number fits a fact; `is_worded` when the fact's own words stand near it."""

    found: Found
    fact: Fact
    group: int
    score: float
    is_worded: bool
    is_contrary: bool
    is_amount: bool
    words: str


def gather(state: State) -> State:
    """Bind the question's numbers, levels and statements to facts."""
    if not state.meant:
        return state
    reading, desk = state.reading, state.desk
    facts = tuple(desk.corpus.facts[name] for name in _names(state.measures) if name in desk.corpus.facts)
    numbers = [found for found in reading.quantities if found not in reading.claims]
    bids = _accepted(sorted(_bids(state, numbers), key=lambda bid: -bid.score))
    given: dict[str, str] = {
        **_carried(state, facts),
        **stated_truths(reading.text, facts, desk, reading.quantities),
    }
    given.update(stated_choices(reading.text, facts))
    given.update(_replied(state))
    doubts: dict[str, MissingFact] = {}
    assumed: dict[str, str] = {}
    for bid in bids:
        _settle(bid, given, assumed, doubts, desk)
    told = Facts(tuple(given.items()), tuple(doubts.values()), tuple(assumed.items()))
    meant = tuple(_told_apart(group, {*given, *doubts}) for group in state.meant)
    return replace(state, facts=told, meant=meant)


def _told_apart(group: tuple[Measure, ...], told: set[str]) -> tuple[Measure, ...]:
    """Return the alternatives that the stated facts speak for; all of them where they favour none."""
    shared = set(group[0].fact_names).intersection(*(measure.fact_names for measure in group))
    points = [len(told.intersection(measure.fact_names) - shared) for measure in group]
    best = tuple(measure for measure, count in zip(group, points, strict=True) if count == max(points))
    return best if max(points) > 0 else group


def _names(measures: Iterable[Measure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for measure in measures for name in measure.fact_names))


def _carried(state: State, facts: Sequence[Fact]) -> dict[str, str]:
    """Return facts of earlier turns that these measures still need."""
    if not state.reading.is_follow_up:
        return {}
    known = {fact.name for fact in facts}
    return {name: value for turn in state.question.history for name, value in turn.facts if name in known}


def _replied(state: State) -> dict[str, str]:
    """Return the fact we asked for last, where the person now says yes or no to it."""
    last = state.question.history[-1] if state.question.history else None
    if last is None or last.asked is None or len(state.reading.text) > _SHORT:
        return {}
    fact = state.desk.corpus.facts.get(last.asked)
    if fact is None or fact.unit is not Unit.YES_NO:
        return {}
    is_denied = any(word in state.reading.text for word in state.desk.cues.cues.negations)
    return {fact.name: "否" if is_denied else "是"}


def _bids(state: State, numbers: Sequence[Found]) -> Iterator[_Bid]:
    for group, measures in enumerate(state.meant):
        for measure in measures:
            for name in measure.fact_names:
                fact = state.desk.corpus.facts.get(name)
                for found in numbers:
                    if fact is not None and _fits(found, fact):
                        yield _bid(found, fact, group, measure, state)


def _fits(found: Found, fact: Fact) -> bool:
    if fact.unit is Unit.YUAN:
        return found.kind is Kind.MONEY or (found.kind is Kind.NUMBER and not found.unit_word)
    if fact.unit in {Unit.YES_NO, Unit.LEVEL}:
        return False
    if found.kind is Kind.QUANTITY:
        is_count = found.unit is Unit.COUNT and fact.unit is Unit.EVENT
        return found.unit is fact.unit or is_count or _is_short_for(found, fact)
    return found.kind is Kind.NUMBER


def _is_short_for(found: Found, fact: Fact) -> bool:
    """Tell whether the unit said is only part of the fact's own (吨 for 吨标煤): then it is asked about."""
    return found.unit is None and bool(found.unit_word) and found.unit_word in fact.unit.label


def _bid(found: Found, fact: Fact, group: int, measure: Measure, state: State) -> _Bid:
    glossary = state.desk.glossary
    before, after = _around(found, state.reading)
    own = _nearness(before, after, (fact.label, *fact.hints))
    everyday = _nearness(before, after, glossary.words_for(fact.name)) * _EVERYDAY
    contrary = _nearness(before, after, glossary.words_against(fact.name))
    nearness = max(own, everyday)
    is_base = fact.name in measure.amount_facts[:1]
    score = nearness + (_BASE_BONUS if is_base else 0.0)
    if any(word in before for word in _sayings(measure, glossary)):
        score += _SUBJECT_BONUS
    is_amount = fact.name in measure.amount_facts
    return _Bid(
        found,
        fact,
        group,
        score,
        nearness >= _LEAST_WORDED,
        contrary > nearness,
        is_amount,
        _signed(found, before),
    )


def _sayings(measure: Measure, glossary: Glossary) -> Iterator[str]:
    """Return the names companies use for what a measure's clause grants."""
    return (saying for term in glossary.terms if measure.clause_id in term.at for saying in term.says)


def _signed(found: Found, before: str) -> str:
    """Return the number with a minus sign that stands before it: no sum is ever computed from one."""
    return f"-{found.text}" if before.endswith(("-", "负", "−")) else found.text


def _around(found: Found, reading: Reading) -> tuple[str, str]:
    """Return the words before and after a number, up to the numbers beside it."""
    earlier = max((one.end for one in reading.quantities if one.end <= found.start), default=0)
    later = min(
        (one.start for one in reading.quantities if one.start >= found.end), default=len(reading.text)
    )
    return reading.text[earlier : found.start], reading.text[found.end : later]


def _nearness(before: str, after: str, words: Iterable[str]) -> float:
    best = 0.0
    for word in words:
        plain = word.lower()
        at = before.lower().rfind(plain)
        if at >= 0:
            best = max(best, _worth(before[at + len(plain) :], len(plain)))
        at = after.lower().find(plain)
        if at >= 0:
            best = max(best, _worth(after[:at], len(plain)) * 0.8)
    return best


def _worth(between: str, length: int) -> float:
    """Return how much a word counts: more when near, in the same clause of the sentence, and longer."""
    distance = len(between) + 6 * sum(character in _STOPS for character in between)
    return max(0.05, 1 - distance / _REACH / 2) * (0.8 + min(length, 8) / 40)


def _accepted(bids: Iterable[_Bid]) -> list[_Bid]:
    """Give each number to the best group, and in it one number to each fact."""
    groups: dict[Found, int] = {}
    taken: set[str] = set()
    heard: dict[tuple[Found, str], None] = {}
    accepted: list[_Bid] = []
    for bid in bids:
        is_plain = bid.fact.unit is Unit.YUAN and _RECEIVED in bid.fact.name and not bid.is_worded
        is_loose = bid.found.kind is Kind.NUMBER and not bid.is_worded
        if is_plain or is_loose or bid.fact.name in taken or (bid.found, bid.fact.name) in heard:
            continue
        if groups.setdefault(bid.found, bid.group) != bid.group:
            continue
        taken.add(bid.fact.name)
        accepted.append(bid)
    return _one_fact_each(accepted)


def _one_fact_each(bids: Sequence[_Bid]) -> list[_Bid]:
    """Drop a weaker, unworded use of a number that another fact claims by its words."""
    worded = {bid.found for bid in bids if bid.is_worded}
    return [bid for bid in bids if bid.is_worded or bid.found not in worded]


def _units(fact: Fact) -> str:
    return "元或万元" if fact.unit is Unit.YUAN else fact.unit.label


def _is_surely_reached(bid: _Bid) -> bool:
    """Tell whether 「一万架次以上」 settles a threshold: it has only to be reached, no sum rests on it."""
    found = bid.found
    is_lower = found.comparison in {Comparison.AT_LEAST, Comparison.OVER}
    return is_lower and not bid.is_amount and not found.is_vague and found.value is not None


def _settle(
    bid: _Bid, given: dict[str, str], assumed: dict[str, str], doubts: dict[str, MissingFact], desk: Desk
) -> None:
    name, found = bid.fact.name, bid.found
    words = bid.words
    if bid.is_contrary:
        doubts[name] = MissingFact(name, bid.fact.question, bid.fact.unit.value)
        assumed.setdefault(name, words)
    elif (found.kind is Kind.NUMBER and bid.fact.unit is Unit.YUAN) or _is_short_for(found, bid.fact):
        question = desk.replies.say("ask_unit", words=words, label=bid.fact.label, unit=_units(bid.fact))
        doubts[name] = MissingFact(name, question, bid.fact.unit.value)
    elif _is_surely_reached(bid):
        given[name] = words
    elif not found.is_exact:
        question = desk.replies.say("ask_exact", words=words, label=bid.fact.label)
        doubts[name] = MissingFact(name, question, bid.fact.unit.value)
    else:
        is_count = found.unit is Unit.COUNT and bid.fact.unit is Unit.EVENT
        given[name] = f"{found.value}{bid.fact.unit.label}" if is_count else words
