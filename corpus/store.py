"""The corpus as loaded: documents, clauses, measures and facts; validated, immutable, cross-checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from corpus.errors import BrokenCorpusError, UnknownIdError
from corpus.facts_file import stored_names
from corpus.folder import load_data, load_document, load_lexicon, load_own_facts
from corpus.glossary import Glossary
from corpus.model.document import Clause, PolicyDocument
from corpus.model.measure import ExplainedNumber, Fact, Measure, Unquantified
from corpus.reading.numerals import UnitTable
from corpus.relations import related
from corpus.shared import load_shared
from corpus.words import DocumentWords, usual_words


@dataclass(frozen=True)
class Corpus:
    """Everything the assistant may speak of. `digest` (sha256) changes with any character of it.

    `glossary` is how people speak of it all, put together from the documents' own lexicons and the shared
    one; `words` are those by which each document's numbers are read, by slug. `added` are the slugs of
    documents a person has added; `left_out` says in Chinese which of those, or what of them, is broken and
    therefore not here, for the operator; `broken` are their folders' names.
    """

    documents: tuple[PolicyDocument, ...]
    measures: tuple[Measure, ...]
    facts: Mapping[str, Fact]
    unquantified: tuple[Unquantified, ...]
    explained: tuple[ExplainedNumber, ...]
    digest: str
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    glossary: Glossary = field(default_factory=Glossary)
    words: Mapping[str, DocumentWords] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tell each document what the others say of it, whichever are here."""
        object.__setattr__(self, "documents", related(self.documents))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause of every document, in order."""
        return tuple(clause for document in self.documents for clause in document.clauses)

    @cached_property
    def _by_id(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def _measures_by_id(self) -> dict[str, Measure]:
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def _documents_by_slug(self) -> dict[str, PolicyDocument]:
        return {document.slug: document for document in self.documents}

    def document(self, slug: str) -> PolicyDocument:
        """Return a document.

        Raises:
            UnknownIdError: there is none of this slug.
        """
        return _find(self._documents_by_slug, slug, "文件")

    def clause(self, clause_id: str) -> Clause:
        """Return a clause. The first paragraph of an undivided clause (`9.1` of `9`) is the clause itself.

        Raises:
            UnknownIdError: there is none of this id.
        """
        whole = clause_id.removesuffix(".1")
        if clause_id not in self._by_id and whole in self._by_id:
            return self._by_id[whole]
        return _find(self._by_id, clause_id, "条款")

    def measure(self, measure_id: str) -> Measure:
        """Return a measure.

        Raises:
            UnknownIdError: there is none of this id.
        """
        return _find(self._measures_by_id, measure_id, "措施")

    def facts_of(self, slug: str) -> dict[str, Fact]:
        """Return the facts that a document's files may name, by the names they are given there."""
        shared = {fact.name: fact for fact in self.facts.values() if not fact.document}
        own = {fact.own_name: fact for fact in self.facts.values() if fact.document == slug}
        return {**shared, **own}

    def words_of(self, slug: str) -> DocumentWords:
        """Return the words by which a document's numbers are read."""
        return self.words.get(slug, usual_words())

    @cached_property
    def units(self) -> UnitTable:
        """Return the unit words that a question may have: those of general language and of every document."""
        return usual_words().units.using(fact.unit for fact in self.facts.values())

    def document_of(self, some_id: str) -> PolicyDocument:
        """Return the document a clause or measure id belongs to."""
        return self.document(some_id.split("/", 1)[0])


T = TypeVar("T")


def _find(known: Mapping[str, T], wanted: str, kind: str) -> T:
    try:
        return known[wanted]
    except KeyError:
        raise UnknownIdError(kind, wanted, known) from None


def documents_folder() -> Path:
    """Return the folder of the documents that come with the package."""
    return Path(str(resources.files("corpus"))) / "documents"


def load_corpus(root: Path | None = None) -> Corpus:
    """Load the documents under `root` (default: those of the package), each with what its folder brings.

    What documents share lies beside `root`, in `shared/`; where nothing does, it is the package's.

    Raises:
        BrokenCorpusError: a file is missing, damaged, or contradicts another.
    """
    root = root or documents_folder()
    shared = load_shared(shared_folder(root))
    folders = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    if not folders:
        raise BrokenCorpusError(str(root), "没有任何政策文件")
    documents = [load_document(folder) for folder in folders]
    lexicons = {folder.name: load_lexicon(folder) for folder in folders}
    own = {folder.name: load_own_facts(folder, lexicons[folder.name]) for folder in folders}
    names = stored_names({slug: file.facts for slug, file in own.items()}, shared.facts.facts, shared.keeping)
    stored = {slug: file.renamed(names[slug]) for slug, file in own.items()}
    data = [
        load_data(folder, document, lexicons[folder.name], stored[folder.name], shared.facts.facts)
        for folder, document in zip(folders, documents, strict=True)
    ]
    common = {fact.name: fact for fact in shared.facts.facts.values()}
    files = (*shared.files, *(path for folder in folders for path in sorted(folder.glob("*.*"))))
    return Corpus(
        documents=tuple(documents),
        measures=tuple(measure for one in data for measure in one.measures.measures),
        facts=MappingProxyType({**common, **{k: v for one in data for k, v in one.facts.items()}}),
        unquantified=tuple(grant for one in data for grant in one.measures.unquantified),
        explained=tuple(number for one in data for number in one.measures.explained),
        digest=digest_of(files),
        words={slug: one.reading for slug, one in zip(own, data, strict=True)},
        glossary=sum((one.words for one in data), Glossary()) + shared.words(own),
    )


def shared_folder(root: Path) -> Path:
    """Return where that lies which the documents under `root` share."""
    beside = root.parent / "shared"
    return beside if beside.is_dir() else documents_folder().parent / "shared"


def digest_of(paths: Iterable[Path], before: str = "") -> str:
    """Return a hash of files, by their folder, name and bytes, after the hash of others."""
    total = hashlib.sha256(before.encode())
    for path in paths:
        total.update(f"{path.parent.name}/{path.name}\0".encode())
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()
