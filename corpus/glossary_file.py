"""The glossary's file: loaded strictly, checked against the documents it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.errors import BrokenCorpusError
from corpus.glossary import Denied, DocumentName, Glossary, Region, Stated, Term
from corpus.model.document import Clause
from corpus.strict_yaml import read_model

_GAP = "[^，。；;,？！?!]{0,14}?"
GLOSSARY = Path(__file__).with_name("glossary.yaml")
EVERYDAY = "everyday.yaml"  # beside the glossary; it may be missing


class _DocumentRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    slug: str
    says: list[str]


class _TermRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    says: list[str]
    means: list[str]
    at: list[str]
    unless: list[str] = []
    not_beside: list[str] = []


class _RegionRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    places: list[str]
    unless: list[str]
    is_same_city: bool = False
    has_companies: bool = False
    is_abroad: bool = False


class _StatedRows(BaseModel):
    model_config = ConfigDict(extra="forbid")
    by_hint: list[str] = []
    outright: dict[str, list[str]] = {}
    deeds: dict[str, list[str]] = {}


class _DeniedRows(BaseModel):
    model_config = ConfigDict(extra="forbid")
    things: dict[str, list[str]] = {}
    outright: dict[str, list[str]] = {}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    documents: list[_DocumentRow]
    terms: list[_TermRow]
    facts: dict[str, list[str]]
    not_facts: dict[str, list[str]]
    elsewhere: list[_RegionRow]
    stated: _StatedRows = _StatedRows()
    denied: _DeniedRows = _DeniedRows()
    families: list[str] = []
    homes: list[str] = []
    never_facts: list[str] = []
    foreign_outlays: list[str] = []
    opposites: list[tuple[list[str], list[str]]] = []
    only_by_words: list[str] = []
    summed: list[str] = []


class _EverydayFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    everyday: dict[str, list[str]]


def load_glossary(path: Path = GLOSSARY) -> Glossary:
    """Return the glossary of a file, with the words of daily speech beside it.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    rows = read_model(path, _File)
    return Glossary(
        tuple(DocumentName(row.slug, tuple(row.says)) for row in rows.documents),
        tuple(map(_term, rows.terms)),
        tuple((fact, tuple(words)) for fact, words in rows.facts.items()),
        tuple((fact, tuple(words)) for fact, words in rows.not_facts.items()),
        tuple(map(_region, rows.elsewhere)),
        Stated(tuple(rows.stated.by_hint), _patterns(rows.stated.outright), _patterns(rows.stated.deeds)),
        tuple(rows.families),
        tuple(rows.homes),
        tuple(rows.never_facts),
        tuple(rows.foreign_outlays),
        tuple((tuple(first), tuple(second)) for first, second in rows.opposites),
        frozenset(rows.only_by_words),
        frozenset(rows.summed),
        _everyday(path.with_name(EVERYDAY)),
        denied=Denied(_patterns(rows.denied.things), _patterns(rows.denied.outright)),
    )


def _everyday(path: Path) -> tuple[Term, ...]:
    if not path.is_file():
        return ()
    rows = read_model(path, _EverydayFile).everyday
    return tuple(Term(tuple(says), (means,), ()) for means, says in rows.items())


def _term(row: _TermRow) -> Term:
    return Term(tuple(row.says), tuple(row.means), tuple(row.at), tuple(row.unless), tuple(row.not_beside))


def _region(row: _RegionRow) -> Region:
    return Region(tuple(row.places), tuple(row.unless), row.is_same_city, row.has_companies, row.is_abroad)


def _patterns(rows: Mapping[str, list[str]]) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Compile patterns; …… stands for a few characters of the same part of the sentence."""
    return {name: tuple(_pattern(name, words) for words in listed) for name, listed in rows.items()}


def _pattern(name: str, words: str) -> re.Pattern[str]:
    try:
        return re.compile(words.replace("……", _GAP), re.IGNORECASE)
    except re.error as error:
        raise BrokenCorpusError(str(GLOSSARY), f"“{name}”的写法“{words}”不是正则表达式：{error}") from error


def check_glossary(glossary: Glossary, clauses: Sequence[Clause], facts: Iterable[str]) -> tuple[str, ...]:
    """Return what the glossary says that the corpus does not bear out, in Chinese; empty when all is well."""
    known = set(facts)
    texts = {clause.id: clause.text for clause in clauses}
    slugs = {clause.document for clause in clauses}
    findings = [f"称呼的文件“{name.slug}”不存在" for name in glossary.documents if name.slug not in slugs]
    findings += [
        f"事实“{fact}”不存在" for fact, _ in (*glossary.facts, *glossary.not_facts) if fact not in known
    ]
    spoken = (*glossary.stated.facts, *glossary.denied.facts)
    named = (*spoken, *glossary.homes, *sorted(glossary.only_by_words | glossary.summed))
    findings += [f"事实“{fact}”不存在" for fact in named if fact not in known]
    for term in glossary.terms:
        for place in term.at:
            findings += _misplaced(term, place, texts)
    return tuple(findings)


def _misplaced(term: Term, place: str, texts: dict[str, str]) -> list[str]:
    under = [
        text for name, text in texts.items() if name == place or name.startswith((f"{place}/", f"{place}."))
    ]
    if not under:
        return [f"“{term.says[0]}”所指的条款“{place}”不存在"]
    whole = "\n".join(under)
    return [f"“{word}”不在条款“{place}”的原文里" for word in term.means if word not in whole]
