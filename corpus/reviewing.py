"""Reviewing (复核) the awards of an added document: what is proposed, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import AddingError, CorpusError
from corpus.extraction.entries import NoShapeError
from corpus.extraction.extracting import extract
from corpus.extraction.proposal import Proposal
from corpus.extraction.writing import entry_of, fact_fields
from corpus.model.document import PolicyDocument
from corpus.model.review import Review, ReviewState
from corpus.proposed_awards import read_rows, write_rows

_NO_DOUBT = "还没有写成可以测算的措施"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An award to look at: the words it was read from, how far it is believed, what is doubted, who decided.

    `is_rejected` where a person turned it down; `proposal` is what reading makes of it today, where it still
    proposes it.
    """

    id: str
    clause_id: str
    name: str
    quote: str
    state: ReviewState
    is_rejected: bool = False
    doubts: tuple[str, ...] = ()
    review: Review | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decides: ids to confirm and to turn down, who, and when (ISO date and time)."""

    by: str
    at: str
    confirm: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()


def review_items(folder: Path, document: PolicyDocument) -> tuple[ReviewItem, ...]:
    """Return every award of a document, written or only proposed, in the order of its clauses.

    Raises:
        BrokenCorpusError: `measures.yaml` cannot be read.
    """
    rows, _ = read_rows(folder)
    proposals = {one.id: one for one in extract(document.clauses).proposals}
    items = [*_written(rows, proposals), *_rejected(rows, proposals)]
    known = {one.id for one in items}
    items += [_only_proposed(one, document) for one in proposals.values() if one.id not in known]
    place = {clause.id: number for number, clause in enumerate(document.clauses)}
    return tuple(sorted(items, key=lambda one: (place.get(one.clause_id, -1), one.id)))


def decide(folder: Path, document: PolicyDocument, decisions: Decisions) -> tuple[ReviewItem, ...]:
    """Write a person's decisions into the document's folder and return the awards as they are then.

    Raises:
        AddingError: an id is not known, is decided both ways, or cannot be written as an award; nothing is
            changed then.
        BrokenCorpusError: `measures.yaml` cannot be read.
        OSError: the disk refuses; what was there stays.
    """
    items = {one.id: one for one in review_items(folder, document)}
    if problems := tuple(_problems(decisions, items.keys())):
        raise AddingError(problems)
    rows, facts = read_rows(folder)
    refused: list[str] = []
    for name in decisions.confirm:
        try:
            _confirm(rows, facts, items[name], decisions, document)
        except NoShapeError as error:
            refused.append(f"{name} 不能确认：{error}。可在 measures.yaml 里写成措施后再确认")
    if refused:
        raise AddingError(refused)
    for name in decisions.reject:
        _reject(rows, items[name], decisions)
    write_rows(folder, rows, facts, document)
    return review_items(folder, document)


def _problems(decisions: Decisions, known: Iterable[str]) -> Iterator[str]:
    names = set(known)
    for name in dict.fromkeys((*decisions.confirm, *decisions.reject)):
        if name not in names:
            yield f"这份文件里没有编号为“{name}”的措施；用 review 编号 查看全部"
    for name in decisions.confirm:
        if name in decisions.reject:
            yield f"{name} 既要确认又要否定，请只选一种"
    if not decisions.by.strip():
        yield "请用 --by 写明是谁核对的"


def _confirm(
    rows: dict[str, Any],
    facts: dict[str, Any],
    item: ReviewItem,
    decisions: Decisions,
    document: PolicyDocument,
) -> None:
    reviewed = {"by": decisions.by, "at": decisions.at}
    _forget_rejection(rows, item.id)
    for entry in rows["measures"]:
        if entry["id"] == item.id:
            decided = {**entry, "state": ReviewState.CONFIRMED.value, "reviewed": reviewed}
            first = {key: decided.pop(key) for key in ("id", "name", "state", "reviewed")}
            entry.clear()
            entry.update({**first, **decided})
            return
    if item.proposal is None:
        raise NoShapeError("条款里已读不出这项措施")
    clauses = {clause.id: clause for clause in document.clauses}
    fields, asked = entry_of(document.slug, item.proposal, clauses)
    head = {"id": fields.pop("id"), "name": fields.pop("name")}
    rows["measures"].append({**head, "state": ReviewState.CONFIRMED.value, "reviewed": reviewed, **fields})
    facts |= {name: fact_fields(fact) for name, fact in asked.items() if name not in facts}


def _reject(rows: dict[str, Any], item: ReviewItem, decisions: Decisions) -> None:
    _forget_rejection(rows, item.id)
    rows["measures"] = [entry for entry in rows["measures"] if entry["id"] != item.id]
    told = {"id": item.id, "quote": item.quote, "by": decisions.by, "at": decisions.at}
    rows["rejected"] = [*rows.get("rejected", ()), told]


def _forget_rejection(rows: dict[str, Any], name: str) -> None:
    kept = [one for one in rows.pop("rejected", ()) if one["id"] != name]
    if kept:
        rows["rejected"] = kept


def _written(rows: dict[str, Any], proposals: dict[str, Proposal]) -> Iterator[ReviewItem]:
    for entry in rows["measures"]:
        told = entry.get("reviewed")
        yield ReviewItem(
            id=entry["id"],
            clause_id=entry["id"].rpartition("/")[0],
            name=entry["name"],
            quote=entry["passage"],
            state=ReviewState(entry.get("state", ReviewState.CONFIRMED.value)),
            review=Review(told["by"], told["at"]) if told else None,
            proposal=proposals.get(entry["id"]),
        )


def _rejected(rows: dict[str, Any], proposals: dict[str, Proposal]) -> Iterator[ReviewItem]:
    for one in rows.get("rejected", ()):
        found = proposals.get(one["id"])
        yield ReviewItem(
            id=one["id"],
            clause_id=one["id"].rpartition("/")[0],
            name=found.name if found else one["quote"][:20],
            quote=one["quote"],
            state=ReviewState.NEEDS_REVIEW,
            is_rejected=True,
            review=Review(one["by"], one["at"]),
            proposal=found,
        )


def _only_proposed(one: Proposal, document: PolicyDocument) -> ReviewItem:
    return ReviewItem(
        id=one.id,
        clause_id=one.clause_id,
        name=one.name,
        quote=one.passage.quote,
        state=ReviewState.NEEDS_REVIEW,
        doubts=one.doubts or (_why_not(one, document),),
        proposal=one,
    )


def _why_not(one: Proposal, document: PolicyDocument) -> str:
    try:
        entry_of(document.slug, one, {clause.id: clause for clause in document.clauses})
    except (NoShapeError, CorpusError) as reason:
        return str(reason)
    return _NO_DOUBT
