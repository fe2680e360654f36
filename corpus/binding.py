"""Binding what is stated of a document to the clauses that say it: the making of `policy.yaml`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from corpus.errors import AddingError
from corpus.model.document import Clause
from corpus.model.procedure import ProcedureField
from corpus.places.naming import is_named, level_of
from corpus.policy_file import (
    PolicyFile,
    ReviewedDoubt,
    StatedDate,
    StatedNature,
    StatedRelation,
    Words,
)
from corpus.reading import Reading
from corpus.reading.statements import Dated, Stated, days_of

REVIEWED = "添加时已逐处看过，保留原文"
_CRAWLED = re.compile(
    r"^[\d\s:：\-/.年月日]*(?:来源[:：][^，,\s]*[，,\s]*)?(?:正文[:：])?(?:[^，。]{0,20}获悉，)?"
)
_LONGEST = 40
_NAMES = ("document_number", "signed_on", "published_on", "effective_on", "expires_on", "unlimited", "region",
          "interpreted_by")  # fmt: skip


def bound(stated: Stated, reading: Reading) -> Stated:
    """Return a proposal without what no single clause holds.

    A text that gives no title is called by its first words, so that it can be added; its warnings say so.
    """
    left: dict[str, Any] = {name: "" for name in _NAMES if not _is_held(name, getattr(stated, name), reading)}
    bodies = tuple(one for one in stated.issuing_bodies if holder(one, reading.clauses))
    kept = replace(stated, **left, issuing_bodies=bodies)
    title = stated.title if stated.title and holder(stated.title, reading.clauses) else _first_words(reading)
    words = (
        stated.nature_words if stated.nature_words and holder(stated.nature_words, reading.clauses) else title
    )
    warned = () if title == stated.title else (f"没有读出名称，暂以“{title}”代替，请核对。",)
    return replace(kept, title=title, nature_words=words, warnings=(*stated.warnings, *warned))


def _is_held(name: str, words: str, reading: Reading) -> bool:
    return not words or is_said(name, words, reading)


def _first_words(reading: Reading) -> str:
    """Return the beginning of a text, up to its first stop."""
    line = _CRAWLED.sub("", reading.text.strip().split("\n")[0])
    words = re.split("[。；！？]", line)[0]
    return (
        words[:_LONGEST].rpartition("，")[0]
        if len(words) > _LONGEST and "，" in words
        else words[:_LONGEST].strip()
    )


def policy_of(slug: str, data: bytes, reading: Reading, stated: Stated) -> PolicyFile:
    """Return the `policy.yaml` of a document as received (its bytes) and read, with what is stated of it.

    Raises:
        AddingError: something stated is not in the text.
    """
    clauses = reading.clauses
    nature = _words(stated.nature_words, clauses)
    days = days_of(stated)
    return PolicyFile(
        slug=slug,
        source_sha256=hashlib.sha256(data).hexdigest(),
        title=_words(stated.title, clauses),
        nature=StatedNature(value=stated.nature, clause=nature.clause, quote=nature.quote),
        region=stated.region or None,
        level=level_of(stated.region),
        document_number=_words(stated.document_number, clauses) if stated.document_number else None,
        issuing_bodies=tuple(_words(body, clauses) for body in stated.issuing_bodies),
        reviewed_doubts=tuple(
            ReviewedDoubt(before=doubt.before, kind=doubt.kind, reason=REVIEWED) for doubt in reading.doubtful
        ),
        notes=("由管理员添加：只测算自动识别并逐字核对过的措施，其余按条款原文回答。",),
        signed_on=_dated(days.get("signed_on"), clauses),
        published_on=_dated(days.get("published_on"), clauses),
        effective_on=_dated(days.get("effective_on"), clauses),
        expires_on=_dated(days.get("expires_on"), clauses),
        unlimited=_words(stated.unlimited, clauses) if stated.unlimited else None,
        interpreted_by=_words(stated.interpreted_by, clauses) if stated.interpreted_by else None,
        relations=tuple(_relations(stated, clauses)),
        procedure=_procedure(stated, clauses),
    )


def _relations(stated: Stated, clauses: Collection[Clause]) -> Iterator[StatedRelation]:
    """Yield the relations whose words one clause holds."""
    for one in stated.relations:
        if holder(one.words.quote, clauses) is not None:
            words = _words(one.words.quote, clauses)
            yield StatedRelation(
                clause=words.clause,
                quote=words.quote,
                kind=one.kind,
                title=one.title,
                number=one.number,
                on=one.on,
            )


def _procedure(stated: Stated, clauses: Collection[Clause]) -> dict[ProcedureField, tuple[Words, ...]]:
    """Return what the text says of each field, as far as clauses hold the words."""
    said = {
        field: tuple(_words(words, clauses) for words in some if holder(words, clauses) is not None)
        for field, some in stated.procedure
    }
    return {field: words for field, words in said.items() if words}


def _words(quote: str, clauses: Collection[Clause]) -> Words:
    found = holder(quote, clauses)
    if found is None:
        raise AddingError([f"原文的任何一条里都没有“{quote}”这几个字"])
    return Words(clause=found[0].path.text, quote=found[1])


def _dated(day: Dated | None, clauses: Collection[Clause]) -> StatedDate | None:
    if day is None:
        return None
    words = _words(day.words, clauses)
    return StatedDate(
        value=day.value, clause=words.clause, quote=words.quote, counted_from=day.counted_from or None
    )


def is_said(field: str, words: str, reading: Reading) -> bool:
    """Tell whether the text has these words; a region may be put together from places it names."""
    if holder(words, reading.clauses) is not None:
        return True
    return field == "region" and is_named(words, reading.text)


def holder(words: str, clauses: Collection[Clause]) -> tuple[Clause, str] | None:
    """Return the clause that has these words, and how it writes them: a title may stand on two lines."""
    for clause in clauses:
        if words in clause.text:
            return clause, words
    wrapped = re.compile(r"(?:\s*\n\s*)?".join(re.escape(char) for char in words[:120]))
    for clause in clauses if len(words) <= 120 else ():
        if found := wrapped.search(clause.text):
            return clause, found.group()
    return None
