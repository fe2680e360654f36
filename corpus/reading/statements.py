"""What a person confirms of a document: each field the words of the text it was read from.

Every proposal is words of the text, never anything else; what is not found stays empty. A date may be words
that give only a span (有效期三年): the day is then counted, and from what is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.model.procedure import ProcedureField
from corpus.model.standing import SourceNature
from corpus.reading.metadata import read_metadata
from corpus.reading.metadata.model import Metadata, StatedDay, StatedRelation, Words
from corpus.reading.metadata.values import counted_day, stated_day


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person says of a document: each field the words of the text it was read from, or empty.

    `region` is a place the text names, put together from several where it does (上海市浦东新区);
    `issuing_bodies` are 发文机关, one name each. `relations` and `procedure` are proposed as read.
    """

    title: str = ""
    nature: SourceNature = SourceNature.POLICY
    nature_words: str = ""
    document_number: str = ""
    issuing_bodies: tuple[str, ...] = ()
    signed_on: str = ""
    published_on: str = ""
    effective_on: str = ""
    expires_on: str = ""
    unlimited: str = ""
    region: str = ""
    interpreted_by: str = ""
    relations: tuple[StatedRelation, ...] = ()
    procedure: tuple[tuple[ProcedureField, tuple[str, ...]], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A day as some words give it; `counted_from` is the date it was counted from, empty where stated."""

    value: date
    words: str
    counted_from: str = ""


def propose(text: str) -> Stated:
    r"""Return what a clean text seems to say of itself.

    >>> last = "本办法自2025年3月1日起施行，有效期至2027年12月31日。"
    >>> told = propose("某市促进软件产业办法\n某政规〔2025〕3号\n第一条 支持。\n" + last)
    >>> told.title, told.document_number, told.effective_on, told.expires_on
    ('某市促进软件产业办法', '某政规〔2025〕3号', '自2025年3月1日起施行', '有效期至2027年12月31日')
    """
    return stated_by(read_metadata(text))


def stated_by(told: Metadata) -> Stated:
    """Return what was read as a person confirms it."""
    return Stated(
        title=told.title.name if told.title else "",
        nature=told.nature,
        nature_words=told.nature_words.name if told.nature_words else "",
        document_number=_quote(told.document_number),
        issuing_bodies=tuple(one.quote for one in told.issuing_bodies),
        signed_on=_day(told.signed_on),
        published_on=_day(told.published_on),
        effective_on=_day(told.effective_on),
        expires_on=_day(told.expires_on),
        unlimited=_quote(told.unlimited),
        region=told.region,
        interpreted_by=_quote(told.interpreted_by),
        relations=told.relations,
        procedure=tuple((field, tuple(one.quote for one in words)) for field, words in told.procedure),
        warnings=told.warnings,
    )


def _quote(words: Words | None) -> str:
    return words.quote if words else ""


def _day(stated: StatedDay | None) -> str:
    return stated.words.quote if stated else ""


def days_of(stated: Stated) -> dict[str, Dated]:
    """Return the days of a document by field; words that give no day are left out.

    A start on the day of issue is counted from that of signing, else of publication; an end that is only a
    length of time, from the start.

    >>> told = Stated(signed_on="2022年2月10日", effective_on="自印发之日起施行", expires_on="有效期3年")
    >>> [(name, day.value.isoformat(), day.counted_from) for name, day in days_of(told).items()][1:]
    [('effective_on', '2022-02-10', 'signed_on'), ('expires_on', '2025-02-09', 'effective_on')]
    """
    found: dict[str, Dated] = {}
    bases = {
        "signed_on": (),
        "published_on": (),
        "effective_on": ("signed_on", "published_on"),
        "expires_on": ("effective_on",),
    }
    for name, before in bases.items():
        words = getattr(stated, name)
        is_end = name == "expires_on"
        day = stated_day(words, is_end) if words else None
        if day is not None:
            found[name] = Dated(day, words)
            continue
        base = next((one for one in before if one in found), None)
        counted = counted_day(words, found[base].value, is_end) if words and base else None
        if base and counted and _gives_a_span(words, is_end):
            found[name] = Dated(counted, words, base)
    return found


def _gives_a_span(words: str, is_end: bool) -> bool:
    """Tell whether words give a start on the day of issue, or a length of time."""
    return is_end or "之日" in words or "即日" in words
