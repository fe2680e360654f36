"""What earlier turns were about, and the one a question goes back to (回到第一个、还是说刚才那个)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.conversation import Turn
from assistant.retrieval.tokens import tokens
from assistant.steps.cues import Intent
from assistant.steps.gathering.fitting import fits
from assistant.steps.state import Reading, State
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind

T = TypeVar("T")
_NUMERALS = "一二三四五六七八"
_TOGETHER = re.compile(
    "(?:[两三四几]|全|都)[个项样笔条]?[^，。；]{0,4}(?:一起|一块|合计|加起来|合起来|总共|一共|加一块)"
)
_SHORT = 12
_NEARLY = 0.99
_LEFT_OVER = 2  # characters of content that still say nothing (「两项加起来」)
_WHICH = re.compile(
    r"第(?P<nth>[一二三四五六七八1-8])(?:个|项|种|类|款|件)|(?P<first>前者|前一个|前[面边头]那个|头一个|最(?:开始|初|先|早)|一开始|开头)"
    r"|(?P<last>后者|后一个|后[面边头]那个|最后(?:一)?(?:个|项|种))|(?P<before>上一?个(?!月|季|年))"
)


def is_about_something(turn: Turn) -> bool:
    """Tell whether a turn had a subject that later ones can go back to."""
    return turn.is_answer and bool(turn.measures or turn.clauses)


def last_topic(history: Sequence[Turn]) -> Turn | None:
    """Return the latest turn that was about something."""
    return next((turn for turn in reversed(history) if is_about_something(turn)), None)


def topics(history: Iterable[Turn]) -> tuple[Turn, ...]:
    """Return the latest turn on each subject, in the order in which the subjects first came up.

    A turn on several matters (加起来一共多少) is one on each of them.
    """
    found: list[Turn] = []
    for turn in (part for whole in filter(is_about_something, history) for part in _parts(whole)):
        at = next(
            (at for at, other in enumerate(found) if _is_same(turn, other) or _is_put_aside(other, turn)),
            None,
        )
        if at is None:
            found.append(turn)
        else:
            found[at] = turn
    return tuple(found)


def _is_put_aside(other: Turn, turn: Turn) -> bool:
    return bool(other.measures) and set(other.measures) <= set(turn.instead_of)


def _parts(turn: Turn) -> Iterable[Turn]:
    """Return a turn apart by its matters."""
    if len(turn.groups) < 2:
        return (turn,)
    return tuple(
        replace(turn, measures=group, groups=(group,), clauses=(group[0].rsplit("/", 1)[0],))
        for group in turn.groups
        if group
    )


def _is_same(turn: Turn, other: Turn) -> bool:
    if turn.measures and other.measures:
        return not set(turn.measures).isdisjoint(other.measures)
    return not set(clauses_about(turn)).isdisjoint(clauses_about(other))


def clauses_about(turn: Turn) -> tuple[str, ...]:
    """Return the clauses of what a turn was about: of its measures, else those it cited."""
    return _of_measures(turn) or turn.clauses


def clauses_told(turn: Turn) -> tuple[str, ...]:
    """Return every clause a turn spoke of, each once: those of its measures first, then those it cited."""
    return tuple(dict.fromkeys((*_of_measures(turn), *turn.clauses)))


def _of_measures(turn: Turn) -> tuple[str, ...]:
    return tuple(name.rsplit("/", 1)[0] for name in turn.measures)


def chosen_turn(state: State) -> Turn | None:
    """Return what 「第一个」「后者」「上一个」 chooses: among what we offered last, else among the topics."""
    text, history = state.reading.text, state.question.history
    which = _WHICH.search(text)
    last, known = last_topic(history), topics(history)
    if last is None or state.reading.references:
        return None
    if (together := _together(state)) is not None:
        return together
    if state.reading.terms:
        return None
    offering = next((turn for turn in reversed(history) if _offers(turn, last)), last)
    offered = offering.offered
    if which is None:
        return _named_offer(state, last)
    if (fitting := _fitting(known, state)) is not None:
        return fitting
    is_return = any(word in text for word in state.context.cues.cues.returning)
    if len(offered) > 1 and not (is_return and len(known) > 1) and not which["before"]:
        name = _at(which, offered)
        return None if name is None else replace(_only(offering, name, state), intents=_of_one(last))
    if len(known) < 2:
        return None
    if which["before"]:
        others = [turn for turn in history if is_about_something(turn) and not _is_same(turn, last)]
        return others[-1] if others else None
    return _at(which, known)


def _fitting(known: Sequence[Turn], state: State) -> Turn | None:
    """Return the one topic of which a fact has the unit of the number told (「第二个换成9000吨」)."""
    told = [one for one in state.reading.quantities if one.unit != Unit.COUNT and one.kind is Kind.QUANTITY]
    fitting = [turn for turn in known if any(_asks_for(turn, one, state) for one in told)]
    return fitting[0] if len(fitting) == 1 else None


def _asks_for(turn: Turn, found: Found, state: State) -> bool:
    names = {name for one in turn.measures for name in state.context.corpus.measure(one).amount_facts}
    return any(fits(found, state.context.corpus.facts[name]) for name in names)


def _of_one(last: Turn) -> tuple[str, ...]:
    """Return what was asked of the last topic as it is asked of one measure: a list is no question on one."""
    return tuple(intent for intent in last.intents if intent != Intent.LIST) or (Intent.AMOUNT.value,)


def _offers(turn: Turn, last: Turn) -> bool:
    """Tell whether a turn offered a choice of which the last topic is one: 「第三个呢」「那第二个呢」."""
    return len(turn.offered) > 1 and (turn is last or bool({*last.measures, *last.clauses} & {*turn.offered}))


def _together(state: State) -> Turn | None:
    """Return every matter of the conversation as one where their sum is asked for: 「加起来一共多少」."""
    known = [turn for turn in topics(state.question.history) if turn.measures]
    cues = state.context.cues.cues
    words = cues.together if state.reading.asks(Intent.CUMULATION) else cues.altogether
    left = len(re.sub(r"\W+", "", state.reading.content))
    is_more = len(state.reading.text) > _SHORT if words is cues.together else left > _LEFT_OVER
    is_asked = any(word in state.reading.text for word in words) or _TOGETHER.search(state.reading.text)
    if len(known) < 2 or is_more or not is_asked:
        return None
    is_any = words is cues.together  # a sum needs one award of each matter, a rule on having both does not
    groups = tuple(
        dict.fromkeys(group for turn in known for group in turn.groups if is_any or len(group) == 1)
    )
    measures = tuple(dict.fromkeys(name for group in groups for name in group))
    return replace(known[-1], measures=measures, groups=groups) if len(groups) > 1 else None


def _named_offer(state: State, last: Turn) -> Turn | None:
    """Return the last turn narrowed to the one alternative that a short reply names: 「参与的」."""
    if len(last.measures) < 2 or len(state.reading.text) > _SHORT:
        return None
    name = _named(state, last.measures, ())
    return None if name is None else _only(last, name, state)


def without_choices(reading: Reading) -> Reading:
    """Return a reading that chooses among what was said: its 「两个」 and 「两项」 count nothing else."""
    kept = tuple(found for found in reading.quantities if found.unit != Unit.COUNT)
    return replace(reading, quantities=kept)


def _at(which: re.Match[str], some: Sequence[T]) -> T | None:
    at = len(some) if which["last"] else _number(which["nth"]) if which["nth"] else 1
    return some[at - 1] if at <= len(some) else None


def _number(digit: str) -> int:
    return int(digit) if digit.isdigit() else _NUMERALS.index(digit) + 1


def _only(turn: Turn, name: str, state: State) -> Turn:
    """Return a turn narrowed to one of the measures or clauses it offered."""
    if any(measure.id == name for measure in state.context.corpus.measures):
        return replace(turn, measures=(name,), groups=((name,),), clauses=(name.rsplit("/", 1)[0],))
    return replace(turn, measures=(), groups=(), clauses=(name,))


def spoken_of_before(state: State) -> Turn | None:
    """Return an earlier turn on a measure whose name the words speak of, and not of those talked of now.

    「那参与的呢」 after 主导制修订 goes back to 参与制修订, which was offered beside it.
    """
    last = last_topic(state.question.history)
    if last is None:
        return None
    turns = {name: turn for turn in state.question.history if turn.is_answer for name in turn.measures}
    earlier = [name for name in turns if name not in last.measures and _may_be_meant(name, state)]
    name = _named(state, earlier, last.measures)
    return None if name is None else _only(turns[name], name, state)


def _may_be_meant(name: str, state: State) -> bool:
    """Tell whether no other measure is named, and none fits the words better."""
    reading, subjects = state.reading, state.context.subjects
    words = subjects.of(name).words
    if reading.terms and not any(all(word in words for word in term.means) for term in reading.terms):
        return False
    own = {one.id: one.own for one in subjects.rank(reading.query_terms)}
    return own.get(name, 0.0) >= max(own.values(), default=0.0) * _NEARLY


def _named(state: State, candidates: Sequence[str], others: Iterable[str]) -> str | None:
    """Return the one measure of which the text has most words that no other one's name has."""
    said = frozenset(tokens(state.reading.text))
    names = {one: _words(state.context.corpus.measure(one).name) for one in (*candidates, *others)}
    hits: dict[str, int] = {}
    for one in candidates:
        apart = frozenset().union(*(words for other, words in names.items() if other != one))
        hits[one] = len((names[one] - apart) & said)
    most = max(hits.values(), default=0)
    best = [one for one, count in hits.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _words(name: str) -> frozenset[str]:
    return frozenset(token for token in tokens(name) if len(token) > 1)


def has_sum(turn: Turn) -> bool:
    """Tell whether a turn asked for money: then a day it named was a day to compute for."""
    return "amount" in turn.intents and bool(turn.measures)
