"""The data of a document following an edit of its text: quotes, and the numbers read from them.

A measure is data beside quotes. Where the edit falls on a quoted number, the quote changes with the text and
the number is read anew from it. Where it falls on anything else a measure rests on (a bound word, the name
of the base), the measure may no longer bind to its clause: then it is left out, for the assistant must not
compute from what the text does not bear out. It answers such a question from the words of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.dates import read_date
from corpus.model.document import Clause
from corpus.reading.numerals import Kind, find_quantities
from evals.cases import Edit

_TEXT_FIELDS = ("passage", "lead", "quote")
_NUMBER_FIELDS = {"yuan": Kind.MONEY, "ratio": Kind.RATE, "value": Kind.QUANTITY}


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `start` to `end` of a document's text, replaced by `new`."""

    start: int
    end: int
    new: str

    def on(self, text: str, at: int) -> str:
        """Return a stretch of the text that begins `at`, as it reads after the change.

        >>> Change(4, 5, "8").on("不超过300万元", 1), Change(40, 41, "8").on("不超过300万元", 1)
        ('不超过800万元', '不超过300万元')
        """
        low, high = self.start - at, self.end - at
        if low < 0 or high > len(text):
            return text
        return text[:low] + self.new + text[high:]


def changes_of(text: str, edit: Edit) -> tuple[Change, ...]:
    """Return what an edit really changes at each of its places, the last place first.

    >>> changes_of("最高300万元。", Edit(doc="d", find="最高300万元", replace="最高800万元"))
    (Change(start=2, end=3, new='8'),)
    """
    old, new = edit.find, edit.replace
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    length, core = len(old) - head - tail, new[head : len(new) - tail]
    starts = [match.start() + head for match in re.finditer(re.escape(old), text)]
    return tuple(Change(start, start + length, core) for start in reversed(starts))


def changed_data(raw: Any, slug: str, clauses: Sequence[Clause], change: Change) -> Any:
    """Return the content of a `measures.yaml` or `policy.yaml` as it reads after the change."""
    by_id = {clause.id: clause for clause in clauses}
    if not isinstance(raw, Mapping):
        return raw
    return {name: _section(value, slug, by_id, change) for name, value in raw.items()}


def _section(value: Any, slug: str, clauses: Mapping[str, Clause], change: Change) -> Any:
    if isinstance(value, list):
        return [_section(one, slug, clauses, change) for one in value]
    if not isinstance(value, Mapping):
        return value
    clause = _clause_of(value, slug, clauses)
    if clause is None:
        return value
    at, passage = clause.start, clause.text
    if isinstance(value.get("passage"), str) and value["passage"] in passage:
        at, passage = at + passage.index(value["passage"]), value["passage"]
    return _entry(value, clause, at, passage, change)


def _clause_of(value: Mapping[str, Any], slug: str, clauses: Mapping[str, Clause]) -> Clause | None:
    if "clause" in value:
        return clauses.get(f"{slug}/{value['clause']}")
    return clauses.get(str(value.get("id", "")).rpartition("/")[0])


def _entry(value: Any, clause: Clause, at: int, passage: str, change: Change) -> Any:
    """Change every quote under a measure; `passage`, which begins `at`, is what quotes are looked up in."""
    if isinstance(value, list):
        return [_entry(one, clause, at, passage, change) for one in value]
    if not isinstance(value, Mapping):
        return value
    made = {
        name: one if name in _TEXT_FIELDS else _entry(one, clause, at, passage, change)
        for name, one in value.items()
    }
    for name in ("passage", "lead"):
        if isinstance(made.get(name), str) and made[name] in clause.text:
            made[name] = change.on(made[name], clause.start + clause.text.index(made[name]))
    return _with_quote(made, at, passage, change) if isinstance(made.get("quote"), str) else made


def _with_quote(made: dict[str, Any], at: int, passage: str, change: Change) -> dict[str, Any]:
    within = made["within"] if isinstance(made.get("within"), str) else ""
    outer = passage.find(within) if within else 0
    place = (within or passage).find(made["quote"])
    if outer < 0 or place < 0:
        return made
    quote = change.on(made["quote"], at + outer + place)
    if within:
        made["within"] = change.on(within, at + outer)
    if quote == made["quote"]:
        return made
    return {**made, "quote": quote, **_numbers(made, quote)}


def _numbers(made: Mapping[str, Any], quote: str) -> dict[str, Any]:
    """Read the numbers of an entry anew from its new quote; what cannot be read stays, and will not bind."""
    found = [one for one in find_quantities(quote) if one.value is not None]
    read: dict[str, Any] = {}
    for name, kind in _NUMBER_FIELDS.items():
        same = [one.value for one in found if one.kind is kind]
        if name in made and len(same) == 1:
            read[name] = str(same[0])
    day = read_date(quote)
    if "value" in made and day is not None and read_date(str(made["value"])) is not None:
        read["value"] = day.isoformat()
    return read
