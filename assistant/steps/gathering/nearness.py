"""How near words stand to a number, in its own part of the sentence and beyond the numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.steps.state import Reading
from corpus.model.values import UnitKind
from corpus.reading.numerals import Found, Kind

STOPS = "，。；;！？!?\n,"
_REACH = 14
_BESIDE_THE_POINT = frozenset({UnitKind.TIME, UnitKind.LEVEL})  # count no fact: words beyond them still count
_BOTH_SIDES = 0.05  # 「引进1个展会」: the verb before it tells which exhibition it counts
_GOES_ON = re.compile("[、和与跟及加]|以及|还有|另外|再加|外加|又")  # behind it stand the next number's words


def words_around(found: Found, reading: Reading) -> tuple[str, str]:
    """Return the words before and after a number, up to the numbers beside it.

    Before another number stand that number's words: behind the stop between the two, nothing counts.
    """
    others = [one for one in reading.quantities if _may_be_a_fact(one) and one is not found]
    earlier = max((one.end for one in others if one.end <= found.start), default=0)
    later = min((one.start for one in others if one.start >= found.end), default=None)
    before, after = reading.text[earlier : found.start], reading.text[found.end : later]
    if later is None:
        return before, after
    return before, "" if _GOES_ON.match(after) else re.split(f"[{STOPS}]", after)[0]


def _may_be_a_fact(found: Found) -> bool:
    is_counted = found.kind is Kind.QUANTITY and found.unit is not None
    is_thing = found.unit is not None and found.unit.kind not in _BESIDE_THE_POINT
    return found.kind in {Kind.MONEY, Kind.RATE} or (is_counted and is_thing)


def nearness_of(before: str, after: str, words: Iterable[str], weights: tuple[float, float]) -> float:
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
    distance = len(between) + 6 * sum(character in STOPS for character in between)
    return max(0.05, 1 - distance / _REACH / 2) * (0.8 + min(length, 8) / 40)
