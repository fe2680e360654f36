"""`policy.yaml`: what a document says of itself, each statement with the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import BrokenCorpusError
from corpus.model.document import Clause, PolicyDocument, SourceNature, Span, ValidityPeriod
from corpus.model.procedure import ProcedureField
from corpus.model.relation import Relation, RelationKind
from corpus.reading.metadata.values import counted_day, stated_day
from corpus.reading.numerals import write_chinese
from corpus.strict_yaml import read_model


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """Words of a clause; `clause` is its path within the document.."""

    clause: str
    quote: str


class StatedDate(Words):
    """A date and the words that state it.

    Where the words give only a span (有效期三年, 自印发之日起30日后), `counted_from` names the date they
    were counted from.
    """

    value: date
    counted_from: str | None = Field(default=None, pattern="^(signed_on|published_on|effective_on)$")


class StatedRelation(Words):
    """What the words say this document does to another, named by title, number or both."""

    kind: RelationKind
    title: str = ""
    number: str = ""
    on: date | None = None


class StatedNature(Words):
    """What the text is, and the words that show it."""

    value: SourceNature


class ReviewedDoubt(_Strict):
    """A change that cleaning was unsure of, and that a person decided to leave as it is."""

    before: str
    kind: str
    reason: str


class PolicyFile(_Strict):
    """The fields of `policy.yaml`; what the text does not state stays null.

    `item_label` is how the outermost items 1., 2., … of this document are cited (第{}条), where that is not
    as they are written.
    """

    slug: str
    source_sha256: str
    text_sha256: str | None = None  # of text.md, where a program wrote it and nobody edits it by hand
    title: Words
    short_title: str | None = None
    nature: StatedNature
    region: str | None = None
    level: str | None = None
    item_label: str | None = None
    document_number: Words | None = None
    issuing_bodies: tuple[Words, ...] = ()
    signed_on: StatedDate | None = None
    published_on: StatedDate | None = None
    effective_on: StatedDate | None = None
    expires_on: StatedDate | None = None
    unlimited: Words | None = None
    interpreted_by: Words | None = None
    relations: tuple[StatedRelation, ...] = ()
    procedure: dict[ProcedureField, tuple[Words, ...]] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    reviewed_doubts: tuple[ReviewedDoubt, ...] = ()


DATE_FIELDS = ("signed_on", "published_on", "effective_on", "expires_on")


def load_policy(
    path: Path, text: str, clauses: Mapping[str, Clause], has_moved: bool = False
) -> PolicyDocument:
    """Read `policy.yaml` and bind each statement to its words in the clauses.

    With `has_moved` a statement may stand in another clause than the file names: the text of a document added
    earlier may be split into other clauses by now.

    Raises:
        BrokenCorpusError: a quote is not in its clause, or a date does not say what its quote says.
    """
    data = read_model(path, PolicyFile)
    if data.slug != path.parent.name:
        raise BrokenCorpusError(str(path), f"slug“{data.slug}”与文件夹名不同")
    evidence = _evidence(path, data, clauses, has_moved)
    return PolicyDocument(
        slug=data.slug,
        title=one_line(data.title.quote),
        short_title=data.short_title,
        nature=data.nature.value,
        text=text,
        clauses=tuple(_cited(clause, data.item_label) for clause in clauses.values()),
        document_number=data.document_number.quote if data.document_number else None,
        issuing_bodies=tuple(body.quote for body in data.issuing_bodies),
        signed_on=_value(data.signed_on),
        published_on=_value(data.published_on),
        validity=ValidityPeriod(
            _value(data.effective_on), _value(data.expires_on), data.unlimited is not None
        ),
        region=data.region,
        level=data.level,
        notes=data.notes,
        evidence=evidence,
        interpreted_by=data.interpreted_by.quote if data.interpreted_by else None,
        relations=_relations(path, data, clauses),
        procedure=_procedure(path, data, clauses),
        counted=tuple(_counted(data)),
    )


def one_line(quote: str) -> str:
    r"""Return a name as one line, however it is broken in the text.

    >>> one_line("鹿城区促进\n开放型经济发展的意见")
    '鹿城区促进开放型经济发展的意见'
    """
    return "".join(line.strip() for line in quote.split("\n"))


def _relations(path: Path, data: PolicyFile, clauses: Mapping[str, Clause]) -> tuple[Relation, ...]:
    found = []
    for one in data.relations:
        where = f"{path} 的 relations"
        if not one.title and not one.number:
            raise BrokenCorpusError(where, f"“{one.quote}”既没有名称（title）也没有文号（number）")
        span = _span(where, f"{data.slug}/{one.clause}", one.quote, clauses)
        found.append(Relation(one.kind, one.title, one.number, span, one.on))
    return tuple(found)


def _procedure(
    path: Path, data: PolicyFile, clauses: Mapping[str, Clause]
) -> tuple[tuple[ProcedureField, tuple[Span, ...]], ...]:
    return tuple(
        (
            field,
            tuple(
                _span(f"{path} 的 procedure.{field}", f"{data.slug}/{one.clause}", one.quote, clauses)
                for one in words
            ),
        )
        for field, words in data.procedure.items()
    )


def _counted(data: PolicyFile) -> Iterator[tuple[str, str]]:
    for name in DATE_FIELDS:
        stated: StatedDate | None = getattr(data, name)
        if stated is not None and stated.counted_from is not None:
            yield name, stated.counted_from


def _said(data: PolicyFile, name: str) -> date | None:
    """Return the day that the words of a date state, or give counted from the date they name."""
    stated: StatedDate = getattr(data, name)
    is_end = name == "expires_on"
    if stated.counted_from is None:
        return stated_day(stated.quote, is_end)
    base = _value(getattr(data, stated.counted_from))
    return counted_day(stated.quote, base, is_end) if base else None


def _cited(clause: Clause, item_label: str | None) -> Clause:
    if not item_label or not clause.path.text.isdecimal():
        return clause
    return replace(clause, label=item_label.format(write_chinese(int(clause.path.text))))


def _value(stated: StatedDate | None) -> date | None:
    return stated.value if stated else None


def _evidence(
    path: Path, data: PolicyFile, clauses: Mapping[str, Clause], has_moved: bool
) -> tuple[tuple[str, Span], ...]:
    found: list[tuple[str, Span]] = []
    for name in ("title", "nature", "document_number", *DATE_FIELDS, "unlimited", "interpreted_by"):
        words: Words | None = getattr(data, name)
        if words is None:
            continue
        place = _place(data.slug, words, clauses, has_moved)
        span = _span(f"{path} 的 {name}", place, words.quote, clauses)
        if isinstance(words, StatedDate) and _said(data, name) != words.value:
            raise BrokenCorpusError(f"{path} 的 {name}", f"写作 {words.value}，原文“{words.quote}”并非这一天")
        found.append((name, span))
    for words in data.issuing_bodies:
        place = _place(data.slug, words, clauses, has_moved)
        span = _span(f"{path} 的 issuing_bodies", place, words.quote, clauses)
        found.append(("issuing_bodies", span))
    return tuple(found)


def _place(slug: str, words: Words, clauses: Mapping[str, Clause], has_moved: bool) -> str:
    """Return the id of the clause that holds the words: the one named, or where they have moved to."""
    named = f"{slug}/{words.clause}"
    if not has_moved or (named in clauses and words.quote in clauses[named].text):
        return named
    return next((one.id for one in clauses.values() if words.quote and words.quote in one.text), named)


def _span(where: str, clause_id: str, quote: str, clauses: Mapping[str, Clause]) -> Span:
    clause = clauses.get(clause_id)
    if clause is None:
        raise BrokenCorpusError(where, f"没有条款 {clause_id}")
    start = clause.text.find(quote)
    if not quote or start < 0:
        raise BrokenCorpusError(where, f"条款 {clause_id} 中没有“{quote}”")
    return Span(clause_id, start, start + len(quote), quote)
