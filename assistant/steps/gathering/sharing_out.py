"""Sums told in a row for matters told in a row (各投了300万和500万), and sums paid in parts (首付、尾款)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.steps.reading.words import PARTS
from assistant.steps.state import State
from corpus.model.measure import Fact, Measure
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind

_IN_TURN = re.compile(r"(?:各自?|分别|依次)[^，。；;,、0-9]{0,8}$")
_JOINED = re.compile(r"\s{0,8}[、，,和与及跟]\s{0,8}")
_PART = re.compile(
    "首付款?|预付款?|定金|首款|首期|中期款|进度款|尾款|余款|末期|第?[一二三四五六1-9][期笔批](?:款)?"
)
_PAID_IN_PARTS = re.compile(
    "分[两二三四五六几多0-9]?[期次笔批](?:来)?(?:付|支付|交|缴|打|结)|分期(?:付|支付|交|缴)"
    "|(?:首付|预付|定金|首款|首期)[^。；;]{0,60}(?:尾款|余款|末期)"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A sum and the matter it is for; `is_said` where the words name it as the matter's base."""

    measure: Measure
    fact: Fact
    found: Found
    is_said: bool


def in_turn(state: State, numbers: Sequence[Found]) -> tuple[Share, ...]:
    """Return sums told in a row with the matters told in a row, in their order."""
    matters = _matters(state)
    row = _row(state.reading.text, numbers, len(matters)) if len(matters) > 1 else []
    if not row:
        return ()
    facts = [base_of(one, state) for one in matters]
    lead = PARTS.split(state.reading.text[: row[0].start])[-1]
    told = zip(matters, facts, row, strict=True)
    shares = [Share(one, f, found, _is_said(f, lead, state)) for one, f, found in told if f is not None]
    return tuple(shares) if len(shares) == len(matters) else ()


def base_of(measure: Measure, state: State) -> Fact | None:
    """Return the sum a measure is computed from; None where it is no sum of money."""
    names = measure.amount_facts[:1]
    fact = state.context.corpus.facts.get(names[0]) if names else None
    return fact if fact is not None and fact.unit == Unit.YUAN else None


def _matters(state: State) -> tuple[Measure, ...]:
    """Return the matters in the order told: one a group, or the only group's own."""
    if len(state.meant) == 1:
        return state.meant[0]
    return tuple(group[0] for group in state.meant) if all(len(g) == 1 for g in state.meant) else ()


def _is_said(fact: Fact, lead: str, state: State) -> bool:
    return any(word in lead for word in state.context.words_of(fact))


def is_paid_in_parts(text: str) -> bool:
    """Tell whether several sums are parts of one payment: they add up, whatever they paid for.

    >>> is_paid_in_parts("认证费首付10万，尾款20万"), is_paid_in_parts("一期投了10万，二期投了20万")
    (True, False)
    """
    return bool(_PAID_IN_PARTS.search(text))


def without_parts(words: str) -> str:
    """Return the words before a number without those that only say which part of a payment it is.

    >>> without_parts("尾款")
    ''
    """
    return _PART.sub("", words)


def _row(text: str, numbers: Sequence[Found], length: int) -> list[Found]:
    """Return the sums where they follow one another behind 各 or 分别, as many as there are matters."""
    row = [found for found in numbers if found.kind is Kind.MONEY]
    between = (text[one.end : other.start] for one, other in pairwise(row))
    is_row = (
        len(row) == length and all(found.is_exact for found in row) and all(map(_JOINED.fullmatch, between))
    )
    return row if is_row and _IN_TURN.search(text[: row[0].start]) else []
