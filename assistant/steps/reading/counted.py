"""What a number counts: 「两场论坛」 counts forums; 「两项政策」 and 「我们两家合办」 count something else.

A count is a fact of a measure paid by the piece only where the thing counted is that fact's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.model.measure import Fact
from corpus.model.values import UnitKind
from corpus.reading.numerals import Found, Kind, is_in
from corpus.strict_yaml import read_model

COUNTED = Path(__file__).with_name("counted.yaml")
_ACTING = frozenset(["家", "户", "人"])  # what those are counted in who do something
_REACH = 20
_PART = re.compile(r"[，。；;！？!?\n,、:：（(]|\d")


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    grants: tuple[str, ...]
    deeds: tuple[str, ...]
    verbless: tuple[str, ...]
    together: tuple[str, ...]
    ourselves: tuple[str, ...]
    pointing: tuple[str, ...]
    receipts: tuple[str, ...]
    errands: tuple[str, ...]
    qualities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Patterns:
    grants: str
    deed: re.Pattern[str]
    verbless: re.Pattern[str]
    together: re.Pattern[str]
    ourselves: re.Pattern[str]
    pointing: re.Pattern[str]
    receipt: re.Pattern[str]
    errand: re.Pattern[str]
    quality: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = read_model(COUNTED, _Words)
    said = "[了过]?(?:大概|大约|约|共|一共|总共)?$"
    return _Patterns(
        "|".join(words.grants),
        re.compile(f"(?:{'|'.join(words.deeds)}){said}"),
        re.compile("|".join(sorted(words.verbless, key=len, reverse=True))),
        re.compile(f"^[^，,。；;]{{0,4}}?(?:{'|'.join(words.together)})"),
        re.compile(f"(?:{'|'.join(words.ourselves)})$"),
        re.compile(f"(?:{'|'.join(words.pointing)})$"),
        re.compile(f"(?:{'|'.join(words.receipts)}){said}"),
        re.compile(f"(?:{'|'.join(words.errands)}){said}"),
        re.compile(f"(?:{'|'.join(words.qualities)})$"),
    )


@lru_cache(maxsize=256)
def _things(some: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern for the things, those aside that only say what money is for (论坛补贴)."""
    return re.compile(f"(?:{'|'.join(some)})(?!的?(?:{_patterns().grants})(?!多少|几))") if some else None


def things_of(fact: Fact) -> str:
    """Return the pattern of the things a fact counts, one that matches nothing where it counts none."""
    things = _things(fact.counts)
    return things.pattern if things else "(?!)"


def is_counted_here(found: Found, fact: Fact, text: str) -> bool:
    """Tell whether the thing counted, or the deed that makes it, stands right before a number."""
    things = _things(fact.counts)
    return things is not None and _is_counted_before(_PART.split(text[: found.start])[-1], things)


def counts_another_thing(found: Found, fact: Fact, text: str, is_awaited: bool = False) -> bool:
    """Tell whether a number counts something else than a fact that is paid by the piece.

    `is_awaited` where we asked for the fact: then a bare 「两个」 counts it.
    """
    things = _things(fact.counts)
    if things is None or not fact.unit.is_piece or found.kind is not Kind.QUANTITY:
        return False
    before = _PART.split(text[: found.start])[-1]
    after = _PART.split(text[found.end :][:_REACH])[0].removeprefix("的")
    if _is_of_ourselves(before, after, fact) or _patterns().receipt.search(before):
        return True
    noun = _noun(after, things)
    if found.unit is not None and found.unit.kind is UnitKind.TALLY:
        return False  # nothing else is counted so
    if is_in(found, fact.unit):
        return (
            not things.search(after) if noun else not is_awaited and bool(_patterns().errand.search(before))
        )
    if noun:
        return not _is_named_behind(noun, after, things)
    return not (is_awaited or _is_named_behind("", after, things) or _is_counted_before(before, things))


def _noun(after: str, things: re.Pattern[str]) -> str:
    """Return the words right behind a number that may name what it counts, empty where none do.

    >>> _noun("高端论坛能补多少", re.compile("论坛")), _noun("能补多少", re.compile("论坛"))
    ('高端论坛', '')
    """
    named = [match.span() for match in things.finditer(after)]
    for stop in _patterns().verbless.finditer(after):
        if not any(start < stop.start() < end for start, end in named):
            return after[: stop.start()]
    return after


def _is_named_behind(noun: str, after: str, things: re.Pattern[str]) -> bool:
    """Tell whether the noun ends in one of the things (高端论坛, not 论坛方案), or only tells its quality."""
    if any(match.end() == len(noun) for match in things.finditer(after)):
        return True
    is_quality = not noun or _patterns().quality.search(noun)
    return bool(is_quality and re.match(f"[^，,。；;]*?的(?:{things.pattern})", after))


def _is_counted_before(before: str, things: re.Pattern[str]) -> bool:
    """Tell whether the thing counted, or the deed that makes it, stands right before: 论坛两个, 办了两个."""
    if _patterns().pointing.search(before):
        return False
    is_named = any(match.end() == len(before) for match in things.finditer(before))
    return is_named or bool(_patterns().deed.search(before))


def _is_of_ourselves(before: str, after: str, fact: Fact) -> bool:
    """Tell whether those who act are counted: 「我们两家」, 「三家公司联合」."""
    if _ACTING.isdisjoint(fact.unit.words):
        return False
    return bool(_patterns().ourselves.search(before) or _patterns().together.search(after))
