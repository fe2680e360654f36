"""One document's folder: `text.md` and `policy.yaml`, and what else it brings along.

Of these every document has the first two; the others are there where somebody wrote them:
`facts.yaml` (what companies are asked for), `measures.yaml` (what it grants), `lexicon.yaml` (how people
speak of it). Nothing outside the folder need know of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from corpus.derived_names import with_derived
from corpus.errors import BrokenCorpusError
from corpus.facts_file import FactFile, load_facts
from corpus.glossary import Glossary
from corpus.lexicon_file import LexiconFile, document_words, read_lexicon
from corpus.measures.file import MeasureFile, bind_measures
from corpus.model.document import Clause, PolicyDocument
from corpus.model.measure import Fact
from corpus.policy_file import load_policy
from corpus.reading.clauses import split_clauses
from corpus.strict_yaml import load_strictly
from corpus.words import DocumentWords

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DocumentData:
    """What a document's folder holds beside its text: its facts, its awards and its words."""

    facts: Mapping[str, Fact]
    measures: MeasureFile
    words: Glossary
    reading: DocumentWords


def load_document(folder: Path, has_moved: bool = False) -> PolicyDocument:
    """Return a document: its text and what its text says of itself.

    `has_moved` as in `load_policy`: for a document that was added when its text was split otherwise.

    Raises:
        BrokenCorpusError: a file is missing, damaged, or contradicts another.
    """
    text = read_clean_text(folder / "text.md")
    clauses = {clause.id: clause for clause in split_clauses(folder.name, text)}
    return load_policy(folder / "policy.yaml", text, clauses, has_moved)


def load_own_facts(folder: Path, lexicon: LexiconFile) -> FactFile:
    """Return the facts of a document, by the names it gives them, in known units or its own.

    Raises:
        BrokenCorpusError: the file cannot be read, or a fact makes no sense.
    """
    path = folder / "facts.yaml"
    return load_facts(path, folder.name, lexicon.reading.units.known) if path.is_file() else FactFile()


def load_lexicon(folder: Path) -> LexiconFile:
    """Return what a document's `lexicon.yaml` holds, not yet held against its clauses.

    Raises:
        BrokenCorpusError: the file cannot be read or has a key that is not known.
    """
    return read_lexicon(folder / "lexicon.yaml")


def load_data(
    folder: Path,
    document: PolicyDocument,
    lexicon: LexiconFile,
    own: FactFile,
    shared: Mapping[str, Fact],
    problems: list[str] | None = None,
) -> DocumentData:
    """Return what a document brings along, every word bound to its clauses.

    `own` are its facts as they are stored. Where `problems` are collected, what does not bind is left out
    and told there; the rest stands.

    Raises:
        BrokenCorpusError: a file is of the wrong shape, or speaks of what the text does not say.
    """
    clauses = {clause.id: clause for clause in document.clauses}
    facts = {**shared, **own.facts}
    path = folder / "lexicon.yaml"
    reading = lexicon.reading.counting_in(fact.unit for fact in facts.values())
    measures = _tried(lambda: _measures(folder, clauses, facts, problems, reading), MeasureFile(), problems)
    awards = [one.id for one in measures.measures] + [one.id for one in measures.unquantified]
    awards += _listed(folder) if problems else []  # words of an award that was left out are no second fault
    words = document_words(path, folder.name, lexicon, clauses, facts, awards, problems)
    words = with_derived(document, measures, words, document.clauses)
    heard = Glossary(stated=own.stated, denied=own.denied)
    return DocumentData({fact.name: fact for fact in own.facts.values()}, measures, words + heard, reading)


def _measures(
    folder: Path,
    clauses: Mapping[str, Clause],
    facts: Mapping[str, Fact],
    problems: list[str] | None,
    words: DocumentWords,
) -> MeasureFile:
    path = folder / "measures.yaml"
    if not path.is_file():
        return MeasureFile()
    return bind_measures(path, load_strictly(path), clauses, facts, problems, words)


def _listed(folder: Path) -> list[str]:
    """Return the ids of the awards that a `measures.yaml` lists, proven or not."""
    path = folder / "measures.yaml"
    raw = _tried(lambda: load_strictly(path), None, []) if path.is_file() else None
    rows = [row for kind in ("measures", "unquantified") for row in _rows(raw, kind)]
    return [str(row["id"]) for row in rows if isinstance(row, dict) and "id" in row]


def _rows(raw: object, kind: str) -> list[object]:
    rows = raw.get(kind) if isinstance(raw, dict) else None
    return rows if isinstance(rows, list) else []


def _tried(load: Callable[[], T], nothing: T, problems: list[str] | None) -> T:
    """Return what is loaded; `nothing`, and why, where problems are collected and it cannot be."""
    try:
        return load()
    except BrokenCorpusError as error:
        if problems is None:
            raise
        problems.append(str(error))
        return nothing


def read_clean_text(path: Path) -> str:
    """Return a document's clean text.

    Raises:
        BrokenCorpusError: the file is missing or no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n")
    except FileNotFoundError:
        raise BrokenCorpusError(str(path), "文件不存在") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenCorpusError(str(path), f"文件无法读取（{error}）") from error
