"""`lexicon.yaml`: how people speak of a document, its awards and its facts; checked against its clauses.

Each entry says where it comes from (`origin`): read off the text by the program, proposed by it and not yet
looked at, or reviewed by a person. Places are paths within the document (`8.4`); in the shared file they
are whole clause ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import BrokenCorpusError
from corpus.glossary import DocumentName, Glossary, Paraphrase, Term
from corpus.measures.policy_words import AddedWords
from corpus.measures.shapes import Text
from corpus.model.document import Clause
from corpus.model.measure import Fact
from corpus.model.values import Unit, UnitKind
from corpus.strict_yaml import at_line, read_model
from corpus.words import DocumentWords, usual_words

Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
_CHECKED = ("names", "terms", "paraphrases", "everyday", "facts", "opposites")
_REPAIR = "请对照条款原文改正，或删去这一条"


class Origin(StrEnum):
    """Where an entry comes from."""

    DERIVED = "derived"  # 由程序从原文得出
    PROPOSED = "proposed"  # 由程序或模型提议，还没有人看过
    REVIEWED = "reviewed"  # 人看过


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    origin: Origin


class NameRow(_Entry):
    """How people call the document."""

    says: Texts


class TermRow(_Entry):
    """What people say for words of the text, and the clauses in which those stand (none: anywhere in it)."""

    says: Texts
    means: Texts
    at: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    not_beside: tuple[Text, ...] = ()


class ParaphraseRow(_Entry):
    """What people say who are in the situation of a clause or award."""

    about: Text
    says: Texts


class EverydayRow(_Entry):
    """Words of daily speech for a word of the text."""

    means: Text
    says: Texts


class FactWordsRow(_Entry):
    """What people say for a fact, and what is easily taken for it and is not."""

    fact: Text
    says: tuple[Text, ...] = ()
    not_says: tuple[Text, ...] = ()


class OppositeRow(_Entry):
    """Two roles or grades of which a question means one."""

    one: Texts
    other: Texts


class OwnUnitRow(_Entry):
    """A unit the document counts in that general language does not list."""

    unit: Text
    kind: UnitKind
    label: str = ""
    words: tuple[Text, ...] = ()


class LexiconFile(BaseModel):
    """The whole of `lexicon.yaml`. `policy_words` are the document's own words for limits and scopes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    names: tuple[NameRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    paraphrases: tuple[ParaphraseRow, ...] = ()
    everyday: tuple[EverydayRow, ...] = ()
    facts: tuple[FactWordsRow, ...] = ()
    opposites: tuple[OppositeRow, ...] = ()
    units: tuple[OwnUnitRow, ...] = ()
    policy_words: AddedWords = AddedWords()

    @property
    def reading(self) -> DocumentWords:
        """Return the words by which the document's numbers are read, its own units among the known ones."""
        own = (
            Unit(one.unit, one.label or one.unit, one.kind, one.words or (one.unit,)) for one in self.units
        )
        return usual_words().with_own(own, self.policy_words)


def read_lexicon(path: Path) -> LexiconFile:
    """Return what a `lexicon.yaml` holds, an empty one where there is none.

    Raises:
        BrokenCorpusError: the file cannot be read or has a key that is not known; with the line.
    """
    return read_model(path, LexiconFile) if path.is_file() else LexiconFile()


def document_words(
    path: Path,
    slug: str,
    file: LexiconFile,
    clauses: Mapping[str, Clause],
    facts: Mapping[str, Fact],
    awards: Iterable[str],
    problems: list[str] | None = None,
) -> Glossary:
    """Return the words of one document, each held against its clauses; `awards` are its measures and grants.

    Where `problems` are collected, an entry that does not hold is left out and told there.

    Raises:
        BrokenCorpusError: an entry speaks of a clause, award or fact that is not there, or of words that its
            clause does not have; with the line.
    """
    sound = _sound(path, file, _Held(slug, clauses, facts, frozenset((*clauses, *awards))), problems)
    return Glossary(
        documents=tuple(DocumentName(slug, row.says) for row in sound.names),
        terms=tuple(_term(slug, row) for row in sound.terms),
        everyday=tuple(Term(row.says, (row.means,), (slug,)) for row in sound.everyday),
        paraphrases=tuple(Paraphrase(f"{slug}/{row.about}", row.says) for row in sound.paraphrases),
    ) + _common(sound, facts)


@dataclass(frozen=True, slots=True)
class _Held:
    """What a document's words are held against."""

    slug: str
    clauses: Mapping[str, Clause]
    facts: Mapping[str, Fact]
    places: frozenset[str]

    def problem(self, row: _Entry) -> str:
        """Return in Chinese what the document does not bear out, empty where it bears all out."""
        match row:
            case TermRow():
                places = _places(self.slug, row)
                return next((each for one in places for each in _misplaced(row.means, one, self.clauses)), "")
            case ParaphraseRow() if f"{self.slug}/{row.about}" not in self.places:
                return f"没有条款或措施“{row.about}”"
            case EverydayRow() if not any(row.means in one.text for one in self.clauses.values()):
                return f"“{row.means}”不在这份文件的原文里"
            case FactWordsRow() if row.fact not in self.facts:
                return f"没有事实“{row.fact}”"
            case _:
                return ""


def _sound(path: Path, file: LexiconFile, held: _Held, problems: list[str] | None) -> LexiconFile:
    """Return the entries that hold."""
    kept: dict[str, tuple[_Entry, ...]] = {}
    for name in _CHECKED:
        rows: tuple[_Entry, ...] = getattr(file, name)
        faults = [held.problem(row) for row in rows]
        kept[name] = tuple(row for row, fault in zip(rows, faults, strict=True) if not fault)
        for n, fault in enumerate(faults):
            if fault:
                error = BrokenCorpusError(f"{at_line(path, (name, n))} 的 {name}", fault, _REPAIR)
                if problems is None:
                    raise error
                problems.append(str(error))
    return file.model_copy(update=kept)


def shared_words(path: Path, file: LexiconFile, slugs: Iterable[str], facts: Mapping[str, Fact]) -> Glossary:
    """Return the words that several documents share, of those places whose document is at hand.

    Raises:
        BrokenCorpusError: an entry speaks of a fact that documents do not share; with the line.
    """
    held = set(slugs)
    terms = []
    for row in file.terms:
        at = tuple(place for place in row.at if place.split("/", 1)[0] in held)
        if at:
            terms.append(Term(row.says, row.means, at, row.unless, row.not_beside))
    for n, each in enumerate(file.facts):
        if each.fact not in facts:
            where = f"{at_line(path, ('facts', n))} 的 facts"
            raise BrokenCorpusError(where, f"“{each.fact}”不是共用的事实", "请写进它那份文件的 lexicon.yaml")
    everyday = tuple(Term(row.says, (row.means,), ()) for row in file.everyday)
    return Glossary(terms=tuple(terms), everyday=everyday) + _common(file, facts)


def misplaced(terms: Iterable[Term], clauses: Mapping[str, Clause]) -> Iterator[str]:
    """Yield in Chinese what terms say of clauses that the clauses do not bear out."""
    for term in terms:
        for place in term.at:
            yield from _misplaced(term.means, place, clauses)


def _common(file: LexiconFile, facts: Mapping[str, Fact]) -> Glossary:
    named = [(facts[row.fact].name, row) for row in file.facts]
    return Glossary(
        facts=tuple((name, row.says) for name, row in named if row.says),
        not_facts=tuple((name, row.not_says) for name, row in named if row.not_says),
        opposites=tuple((row.one, row.other) for row in file.opposites),
    )


def _places(slug: str, row: TermRow) -> tuple[str, ...]:
    return tuple(f"{slug}/{place}" for place in row.at) or (slug,)


def _term(slug: str, row: TermRow) -> Term:
    return Term(row.says, row.means, _places(slug, row), row.unless, row.not_beside)


def _misplaced(means: Iterable[str], place: str, clauses: Mapping[str, Clause]) -> Iterator[str]:
    under = (f"{place}/", f"{place}.")
    texts = [one.text for name, one in clauses.items() if name == place or name.startswith(under)]
    if not texts:
        yield f"没有条款“{place}”"
        return
    whole = "\n".join(texts)
    yield from (f"“{word}”不在条款“{place}”的原文里" for word in means if word not in whole)
