"""The corpus as loaded: documents, clauses, measures and facts; validated, immutable, cross-checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from corpus.errors import BrokenCorpusError, UnknownIdError
from corpus.measures.file import MeasureFile, load_facts, load_measures
from corpus.model.document import Clause, PolicyDocument
from corpus.model.measure import ExplainedNumber, Fact, Measure, Unquantified
from corpus.policy_file import load_policy
from corpus.reading.clauses import split_clauses


@dataclass(frozen=True)
class Corpus:
    """Everything the assistant may speak of. `digest` (sha256) changes with any character of it.

    `added` are the slugs of documents a person has added; `left_out` says in Chinese which of those are
    broken and therefore not here.
    """

    documents: tuple[PolicyDocument, ...]
    measures: tuple[Measure, ...]
    facts: Mapping[str, Fact]
    unquantified: tuple[Unquantified, ...]
    explained: tuple[ExplainedNumber, ...]
    digest: str
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

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
    """Load the documents under `root` (default: those of the package) with their measures.

    Raises:
        BrokenCorpusError: a file is missing, damaged, or contradicts another.
    """
    root = root or documents_folder()
    facts_path = root.parent / "facts.yaml"
    facts = load_facts(facts_path)
    folders = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    if not folders:
        raise BrokenCorpusError(str(root), "没有任何政策文件")
    loaded = [_load_document(folder, facts) for folder in folders]
    return Corpus(
        documents=tuple(document for document, _ in loaded),
        measures=tuple(measure for _, file in loaded for measure in file.measures),
        facts=MappingProxyType(facts),
        unquantified=tuple(grant for _, file in loaded for grant in file.unquantified),
        explained=tuple(number for _, file in loaded for number in file.explained),
        digest=digest_of([facts_path, *(path for folder in folders for path in sorted(folder.glob("*.*")))]),
    )


def _load_document(folder: Path, facts: Mapping[str, Fact]) -> tuple[PolicyDocument, MeasureFile]:
    text = read_clean_text(folder / "text.md")
    clauses = {clause.id: clause for clause in split_clauses(folder.name, text)}
    document = load_policy(folder / "policy.yaml", text, clauses)
    return document, load_measures(folder / "measures.yaml", clauses, facts)


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


def digest_of(paths: Iterable[Path], before: str = "") -> str:
    """Return a hash of files, by their folder, name and bytes, after the hash of others."""
    total = hashlib.sha256(before.encode())
    for path in paths:
        total.update(f"{path.parent.name}/{path.name}\0".encode())
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()
