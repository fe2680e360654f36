"""The words that bind a number: upper or lower bound, over, under, roughly, not; what it is counted by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.wording.vocabulary import vocabulary

_BREAK = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[。;:!?\n()「」“”]")
_ASIDE = re.compile(r"\((?:含(?:本数)?|(上限|封顶))\)")
_FAR = 18


@dataclass(frozen=True, slots=True)
class Binding:
    """How a number is bound: `bounds` of upper, lower, over, under; `paces` of yearly, once and the like."""

    bounds: frozenset[str] = frozenset()
    paces: frozenset[str] = frozenset()
    is_rough: bool = False
    is_denied: bool = False
    is_result: bool = False


def binding_of(text: str, at: tuple[int, int], room: tuple[int, int]) -> tuple[Binding, str]:
    """Return what binds the number at a place, and the piece of text it stands in.

    `room` is where the numbers beside it end and begin: a word binds the number next to it.

    >>> binding, chunk = binding_of("给予不超过30%,最高50万元", (5, 8), (0, 11))
    >>> sorted(binding.bounds), chunk
    (['upper'], '给予不超过30%')
    """
    (start, end), (floor, ceiling) = at, room
    chunk_start = max((match.end() for match in _BREAK.finditer(text, 0, start)), default=0)
    next_break = _BREAK.search(text, end)
    chunk_end = next_break.start() if next_break else len(text)
    chunk = text[chunk_start:chunk_end]
    before = text[max(chunk_start, floor, start - _FAR) : start]
    aside = _ASIDE.match(text, end)
    after = (
        f"{aside[1] or ''}{text[aside.end() : aside.end() + 4]}"
        if aside
        else text[end : min(chunk_end, ceiling)]
    )
    bounds = _bounds(before, after)
    words = vocabulary()
    binding = Binding(
        bounds,
        frozenset(name for name, pattern in words.paces if pattern.search(chunk)),
        bool(re.search(f"(?:{words.about_before.pattern})$", before) or words.about_after.match(after)),
        bool(re.search(f"(?:{words.not_before.pattern})[\\u4e00-\\u9fff]{{0,3}}$", before)),
        bool(re.search(r"(?:[=×x*]|等于|得出|算得)$", before.rstrip())),
    )
    return binding, chunk


def _bounds(before: str, after: str) -> frozenset[str]:
    words = vocabulary()
    found: set[str] = set()
    for name, pattern in (
        ("upper", words.upper_before),
        ("lower", words.lower_before),
        ("under", words.under_before),
        ("over", words.over_before),
    ):
        if pattern.search(before):
            found.add(name)
            before = pattern.sub("|", before)
    if words.upper_after.match(after.lstrip("(的")):
        found.add("upper")
    if words.lower_after.match(after.lstrip("(")):
        found.add("lower")
    return frozenset(found)
