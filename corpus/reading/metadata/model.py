"""What a text says of itself: every field with the characters that say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.model.document import SourceNature
from corpus.model.procedure import ProcedureField
from corpus.model.relation import RelationKind


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of the clean text: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """Return the words as a name: without the line breaks a long title is printed with."""
        return "".join(line.strip() for line in self.quote.split("\n"))


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day and the words that state it.

    `base` names the field the day was counted from where the words give only a span (有效期三年,
    自印发之日起30日后); it is empty where the words give the day itself.
    """

    value: date
    words: Words
    base: str = ""


@dataclass(frozen=True, slots=True)
class StatedRelation:
    """What the text does to another document, which it names by title, number or both.

    `on` is the day from which it does so, where the text states one of its own.
    """

    kind: RelationKind
    title: str
    number: str
    words: Words
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a text says of itself; a field it does not state is None or empty.

    `region` is made of words of the text alone: 上海市 and 浦东新区 make 上海市浦东新区. `reckoned` names
    the dates that were counted from the day of signing, since the text starts on a day it does not state.
    `is_unlimited` where it says that it has no end (长期有效). `warnings` are Chinese, for a person to read.
    """

    title: Words | None = None
    nature: SourceNature = SourceNature.POLICY
    nature_words: Words | None = None
    document_number: Words | None = None
    issuing_bodies: tuple[Words, ...] = ()
    region: str = ""
    signed_on: StatedDay | None = None
    published_on: StatedDay | None = None
    effective_on: StatedDay | None = None
    expires_on: StatedDay | None = None
    unlimited: Words | None = None
    interpreted_by: Words | None = None
    relations: tuple[StatedRelation, ...] = ()
    procedure: tuple[tuple[ProcedureField, tuple[Words, ...]], ...] = ()
    reckoned: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
