"""The awards of an added document in its folder: written as proposed, kept where a person has decided.

`measures.yaml` holds what is computed, each award with its state; `rejected` lists what a person turned down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.extraction.extracting import extract
from corpus.extraction.writing import FACTS_HEADER, MEASURES_HEADER, NO_AWARD, dump, explained, write_awards
from corpus.facts_file import load_facts
from corpus.measures.file import bind_measures
from corpus.model.document import Clause, PolicyDocument, Span
from corpus.model.review import ReviewState
from corpus.strict_yaml import load_strictly
from corpus.unfinished import unfinished

MEASURES, FACTS = "measures.yaml", "facts.yaml"
Rows = dict[str, Any]
_DECISION = frozenset({"state", "reviewed"})


def propose_awards(folder: Path, document: PolicyDocument, before: Path | None = None) -> None:
    """Write the proven awards of a document into its folder; without any, the folder stays as it is.

    `before` is the folder of an earlier version: what a person decided there holds as long as the new text
    still says it.

    Raises:
        OSError: the disk refuses.
    """
    awards = write_awards(document.slug, extract(document.clauses), document.clauses)
    rows, facts = _loaded(awards.measures), _loaded(awards.facts)
    if before is not None:
        _keep_decisions(rows, facts, before, document)
    if not rows["measures"] and not rows.get("rejected"):
        return
    for name, text in texts_of(rows, facts, document).items():
        (folder / name).write_text(text, encoding="utf-8")


def read_rows(folder: Path) -> tuple[Rows, Rows]:
    """Return what a folder's `measures.yaml` and `facts.yaml` hold; empty where there are none.

    Raises:
        BrokenCorpusError: a file cannot be read.
    """
    measures, facts = (load_strictly(path) if path.is_file() else None for path in _paths(folder))
    rows: Rows = measures if isinstance(measures, dict) else {"document": folder.name}
    return {"document": folder.name, "measures": [], **rows}, facts if isinstance(facts, dict) else {}


def write_rows(folder: Path, rows: Rows, facts: Rows, document: PolicyDocument) -> None:
    """Put both files in the place of those before, each whole.

    Raises:
        OSError: the disk refuses; what was there stays.
    """
    with unfinished(folder.parent) as hidden:
        texts = texts_of(rows, facts, document)
        for name, text in texts.items():
            (hidden / name).write_text(text, encoding="utf-8")
        for name in (FACTS, MEASURES):  # awards never name a fact that is not there
            (hidden / name).replace(folder / name)


def texts_of(rows: Rows, facts: Rows, document: PolicyDocument) -> dict[str, str]:
    """Return both files as text, the numbers outside the awards explained anew."""
    clauses = {clause.id: clause for clause in document.clauses}
    by_hand = [one for one in rows.get("explained", ()) if one["reason"] != NO_AWARD]
    passages = [*_passages(rows["measures"], clauses), *_explained_by_hand(by_hand, clauses)]
    decided = {one["id"] for one in (*rows["measures"], *rows.get("rejected", ()))}
    pending = [one for one in rows.get("pending", ()) if one["id"] not in decided]
    rows = {**rows, "pending": pending, "explained": [*by_hand, *explained(passages, document.clauses)]}
    used = set(_words(rows["measures"]))
    kept = {name: fact for name, fact in facts.items() if name in used}
    return {MEASURES: MEASURES_HEADER + dump(rows), FACTS: FACTS_HEADER + dump(kept)}


def binds(entry: Rows, facts: Path, document: PolicyDocument) -> bool:
    """Tell whether an entry's words still stand in the document."""
    clauses = {clause.id: clause for clause in document.clauses}
    raw = {"document": document.slug, "measures": [entry]}
    try:
        known = load_facts(facts, document.slug).facts if facts.is_file() else {}
        bind_measures(Path(document.slug) / MEASURES, raw, clauses, known)
    except CorpusError:
        return False
    return True


def _keep_decisions(rows: Rows, facts: Rows, before: Path, document: PolicyDocument) -> None:
    """Put the awards a person confirmed before in the place of the new ones, and drop those turned down."""
    try:
        old, old_facts = read_rows(before)
    except CorpusError:
        return
    new = {entry["id"]: entry for entry in rows["measures"]}
    for entry in old["measures"]:
        is_decided = entry.get("state", ReviewState.CONFIRMED.value) == ReviewState.CONFIRMED.value
        if is_decided and binds(entry, before / FACTS, document):
            new[entry["id"]] = entry
            facts |= {name: fact for name, fact in old_facts.items() if name in set(_words(entry))}
    rejected = [one for one in old.get("rejected", ()) if _is_said(one, document)]
    turned_down = {one["id"] for one in rejected}
    rows["measures"] = [entry for name, entry in new.items() if name not in turned_down]
    if rejected:
        rows["rejected"] = rejected


def _is_said(rejected: Rows, document: PolicyDocument) -> bool:
    return any(rejected["quote"] in clause.text for clause in document.clauses)


def _passages(entries: Sequence[Rows], clauses: Mapping[str, Clause]) -> Iterator[Span]:
    for entry in entries:
        yield from _span(entry["id"].rpartition("/")[0], entry["passage"], clauses)


def _explained_by_hand(rows: Sequence[Rows], clauses: Mapping[str, Clause]) -> Iterator[Span]:
    slug = next(iter(clauses), "").split("/", 1)[0]
    for row in rows:
        yield from _span(f"{slug}/{row['clause']}", row["quote"], clauses)


def _span(clause_id: str, quote: str, clauses: Mapping[str, Clause]) -> Iterator[Span]:
    clause = clauses.get(clause_id)
    if clause is not None and (start := clause.text.find(quote)) >= 0:
        yield Span(clause_id, start, start + len(quote), quote)


def _words(value: object) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)


def _loaded(text: str) -> Rows:
    import yaml

    return yaml.safe_load(text) or {}


def _paths(folder: Path) -> tuple[Path, Path]:
    return folder / MEASURES, folder / FACTS
