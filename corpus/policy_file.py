"""`policy.yaml`: what a document says of itself, each statement with the words it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.dates import read_date
from corpus.errors import BrokenCorpusError
from corpus.model.document import Clause, PolicyDocument, SourceNature, Span, ValidityPeriod
from corpus.strict_yaml import read_model


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """Words of a clause; `clause` is its path within the document.."""

    clause: str
    quote: str


class StatedDate(Words):
    """A date and the words that state it."""

    value: date


class StatedNature(Words):
    """What the text is, and the words that show it."""

    value: SourceNature


class ReviewedDoubt(_Strict):
    """A change that cleaning was unsure of, and that a person decided to leave as it is."""

    before: str
    kind: str
    reason: str


class PolicyFile(_Strict):
    """The fields of `policy.yaml`; what the text does not state stays null."""

    slug: str
    source_sha256: str
    title: Words
    short_title: str | None = None
    nature: StatedNature
    region: str | None = None
    level: str | None = None
    document_number: Words | None = None
    issuing_bodies: tuple[Words, ...] = ()
    signed_on: StatedDate | None = None
    published_on: StatedDate | None = None
    effective_on: StatedDate | None = None
    expires_on: StatedDate | None = None
    notes: tuple[str, ...] = ()
    reviewed_doubts: tuple[ReviewedDoubt, ...] = ()


DATE_FIELDS = ("signed_on", "published_on", "effective_on", "expires_on")


def load_policy(path: Path, text: str, clauses: Mapping[str, Clause]) -> PolicyDocument:
    """Read `policy.yaml` and bind each statement to its words in the clauses.

    Raises:
        BrokenCorpusError: a quote is not in its clause, or a date does not say what its quote says.
    """
    data = read_model(path, PolicyFile)
    if data.slug != path.parent.name:
        raise BrokenCorpusError(str(path), f"slug“{data.slug}”与文件夹名不同")
    evidence = _evidence(path, data, clauses)
    return PolicyDocument(
        slug=data.slug,
        title=data.title.quote,
        short_title=data.short_title,
        nature=data.nature.value,
        text=text,
        clauses=tuple(clauses.values()),
        document_number=data.document_number.quote if data.document_number else None,
        issuing_bodies=tuple(body.quote for body in data.issuing_bodies),
        signed_on=_value(data.signed_on),
        published_on=_value(data.published_on),
        validity=ValidityPeriod(_value(data.effective_on), _value(data.expires_on)),
        region=data.region,
        level=data.level,
        notes=data.notes,
        evidence=evidence,
    )


def _value(stated: StatedDate | None) -> date | None:
    return stated.value if stated else None


def _evidence(path: Path, data: PolicyFile, clauses: Mapping[str, Clause]) -> tuple[tuple[str, Span], ...]:
    found: list[tuple[str, Span]] = []
    for name in ("title", "nature", "document_number", *DATE_FIELDS):
        words: Words | None = getattr(data, name)
        if words is None:
            continue
        span = _span(f"{path} 的 {name}", f"{data.slug}/{words.clause}", words.quote, clauses)
        if isinstance(words, StatedDate) and read_date(words.quote) != words.value:
            raise BrokenCorpusError(f"{path} 的 {name}", f"写作 {words.value}，原文“{words.quote}”并非这一天")
        found.append((name, span))
    for words in data.issuing_bodies:
        span = _span(f"{path} 的 issuing_bodies", f"{data.slug}/{words.clause}", words.quote, clauses)
        found.append(("issuing_bodies", span))
    return tuple(found)


def _span(where: str, clause_id: str, quote: str, clauses: Mapping[str, Clause]) -> Span:
    clause = clauses.get(clause_id)
    if clause is None:
        raise BrokenCorpusError(where, f"没有条款 {clause_id}")
    start = clause.text.find(quote)
    if not quote or start < 0:
        raise BrokenCorpusError(where, f"条款 {clause_id} 中没有“{quote}”")
    return Span(clause_id, start, start + len(quote), quote)
