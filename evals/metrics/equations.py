"""Worked lines (算式) held to their own arithmetic: 800万元 × 30% = 240万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from evals.metrics.mentions import Mention, mentions_of

_OPERATORS = {"×": "*", "x": "*", "X": "*", "*": "*", "＊": "*", "÷": "/", "/": "/", "+": "+", "＋": "+"}
_OPERATORS |= {"-": "-", "−": "-", "－": "-"}
_SIDE = re.compile(r"[，。；：;:\n「」]")
_TOLERANCE = Decimal("0.5")  # yuan: worked lines show sums rounded to what a person reads


def wrong_equations(text: str) -> tuple[str, ...]:
    """Return the equations of a text that do not hold; what cannot be read as one is let pass.

    >>> wrong_equations("800万元 × 30% = 240万元，未超过上限 300万元")
    ()
    >>> wrong_equations("800万元 × 30% = 340万元")
    ('800万元 × 30% = 340万元',)
    """
    return tuple(words for words, holds in _equations(text) if not holds)


def _equations(text: str) -> Iterator[tuple[str, bool]]:
    start = 0
    for part in _SIDE.split(text):
        sides = re.split(r"[=＝]", part)
        for left, right in pairwise(sides):
            worked, stated = _worked(left), mentions_of(right)
            if worked is not None and stated and stated[0].value is not None:
                close = abs(worked - stated[0].value) <= _TOLERANCE
                yield f"{left.strip()} = {right.strip()}", close
        start += len(part) + 1


def _worked(side: str) -> Decimal | None:
    """Return what the left side gives, None where it is no chain of numbers and signs."""
    numbers = [one for one in mentions_of(side) if one.value is not None]
    if len(numbers) < 2:
        return None
    signs = [_sign(side[one.end : other.start]) for one, other in pairwise(numbers)]
    if None in signs or _sign(side[numbers[-1].end :]) is not None:
        return None
    return _chain(numbers, [sign or "" for sign in signs])


def _sign(between: str) -> str | None:
    found = [_OPERATORS[character] for character in between if character in _OPERATORS]
    return found[0] if len(found) == 1 and not re.search(r"[()（）]", between) else None


def _chain(numbers: list[Mention], signs: list[str]) -> Decimal:
    """Work out products first, then sums."""
    terms = [numbers[0].value or Decimal(0)]
    for sign, number in zip(signs, numbers[1:], strict=True):
        value = number.value or Decimal(0)
        if sign == "*":
            terms[-1] *= value
        elif sign == "/" and value:
            terms[-1] /= value
        else:
            terms.append(value if sign == "+" else -value)
    return sum(terms, Decimal(0))
