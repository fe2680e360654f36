"""A count told of each: 「论坛、大赛各一场」 are two, 「两家各办一场」 must be asked about."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.steps.gathering.bids import Bid
from assistant.steps.gathering.settling import Table, in_words
from assistant.steps.reading.counted import things_of
from assistant.steps.state import State
from corpus.model.values import UnitKind

_DEED = "(?:办|举办|承办|搞|开|参加|引进|做|诊断|服务|是|有)?了?"
_EACH = re.compile(f"(?:各|分别|各自|每[^，,。；;]{{1,4}}?)(?:都|也)?{_DEED}$")
_AND = "[、和与跟及]|以及"


def told_of_each(bid: Bid, table: Table, state: State) -> bool:
    """Lay out a count that is told of each: multiplied where the things are listed, else asked about."""
    fact, found = bid.fact, bid.found
    before = state.reading.text[: found.start]
    each = _EACH.search(before)
    if fact.unit.kind is not UnitKind.PIECE or each is None or found.value is None:
        return False
    listed = _listed(before[: each.start()], things_of(fact))
    if listed < 2 or not found.is_exact:
        table.ask(fact, fact.question)
        return True
    one, total = in_words(found.value, fact), in_words(found.value * Decimal(listed), fact)
    table.given[fact.name] = total
    table.sums[fact.name] = f"{one} × {listed} = {total}"
    return True


def _listed(before: str, things: str) -> int:
    """Return how many things are listed right at the end of a text: 论坛、大赛 are two."""
    last = re.split("[，。；;！？!?\n,:：]", before)[-1]
    parts = re.split(_AND, last)
    named = [part for part in parts if re.search(f"(?:{things})$", part)]
    return len(named) if named and len(named) == len(parts) else 0
