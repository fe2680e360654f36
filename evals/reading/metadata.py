"""Metadata against gold: per field right, wrong (a value the gold does not allow) and missing.

Gold is a JSON line a document: the field's value, null where the text states none, further names in
`titles_ok`, and second readings in the note as `alt: field=value`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.reading import read_file
from corpus.reading.metadata import read_metadata
from corpus.reading.metadata.as_json import metadata_json
from corpus.reading.metadata.layout import key
from corpus.reading.metadata.numbers import normal_number

AS_OF = date(2026, 12, 1)
FIELDS = (
    "title",
    "document_number",
    "issuing_bodies",
    "nature",
    "signed_on",
    "published_on",
    "effective_on",
    "expires_on",
    "region",
    "interpreted_by",
    "repeals",
    "status",
)
_ALT = re.compile(r"alt: ?([a-z_0-9]+)=((?:\[[^\]]*\]|[^;(（])+)")
_MORE = re.compile(r", ([a-z_0-9]+)=")


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one document: what was read, what the gold allows, and `right`, `wrong` or `missing`."""

    document: str
    field: str
    got: Any
    gold: Any
    verdict: str

    def as_json(self) -> dict[str, Any]:
        """Return the judgement for a file."""
        return {
            "document": self.document,
            "field": self.field,
            "got": self.got,
            "gold": self.gold,
            "verdict": self.verdict,
        }


def measure(data: Path, only: Sequence[str] | None = None, as_of: date = AS_OF) -> tuple[Judged, ...]:
    """Read every document of a folder and judge each field."""
    lines = (data / "metadata.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in lines if line.strip()]
    chosen = [one for one in gold if only is None or one["id"] in only]
    return tuple(judged for one in chosen for judged in _document(data, one, as_of))


def _document(data: Path, gold: Mapping[str, Any], as_of: date) -> Iterator[Judged]:
    text = read_file(data / f"{gold['id']}.txt", "d").text
    told = metadata_json(read_metadata(text), as_of)
    for field in FIELDS:
        allowed = list(_allowed(gold, field))
        got = told[field]
        yield Judged(gold["id"], field, got, allowed[0] if allowed else None, _verdict(field, got, allowed))


def _allowed(gold: Mapping[str, Any], field: str) -> Iterator[Any]:
    """Yield the values the gold allows, its own first."""
    name = "status_on_2026_12_01" if field == "status" else field
    yield None if gold.get(name) == "not_stated" else gold.get(name)
    if field == "title":
        yield from gold.get("titles_ok", ())
    for alt, value in _alternatives(gold.get("note", "")):
        if alt in (name, field):
            yield _value(value)


def _alternatives(note: str) -> Iterator[tuple[str, str]]:
    for found in _ALT.finditer(note):
        parts = _MORE.split(f", {found[1]}={found[2]}")
        yield from zip(parts[1::2], parts[2::2], strict=True)


def _value(words: str) -> Any:
    words = words.strip(" .")
    if words.startswith("["):
        return [part.strip() for part in words.strip("[]").split(",") if part.strip()]
    return None if words in ("null", "not_stated") else words.split(" or ")[0]


def _verdict(field: str, got: Any, allowed: Sequence[Any]) -> str:
    given = _normal(field, got)
    if any(given == _normal(field, value) for value in allowed):
        return "right"
    return "missing" if not got else "wrong"


def _normal(field: str, value: Any) -> Any:
    if value is None or value == []:
        return None
    if field == "title":
        return key(value)
    if field == "document_number":
        return normal_number(value)
    if isinstance(value, (list, tuple)):
        return frozenset(normal_number(str(one)) if field == "repeals" else key(str(one)) for one in value)
    return key(value) if field == "interpreted_by" else value


def report(judged: Iterable[Judged]) -> str:
    """Return a table of the figures, then every field that is wrong or missing."""
    every = tuple(judged)
    lines = [f"{'field':18}{'n':>5}{'right':>7}{'wrong':>7}{'missing':>9}{'stated right':>14}"]
    for field in FIELDS:
        own = [one for one in every if one.field == field]
        counts = {name: sum(one.verdict == name for one in own) for name in ("right", "wrong", "missing")}
        stated = [one for one in own if one.gold]
        right = sum(one.verdict == "right" for one in stated)
        share = f"{right}/{len(stated)}"
        lines.append(
            f"{field:18}{len(own):>5}{counts['right']:>7}{counts['wrong']:>7}{counts['missing']:>9}{share:>14}"
        )
    for one in every:
        if one.verdict != "right":
            lines.append(f"{one.verdict:8}{one.document:4}{one.field:16} got {one.got!r}  gold {one.gold!r}")
    return "\n".join(lines)
