"""Reading a policy document: file → blocks → clean text → clauses, every change on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from corpus.model.document import Clause
from corpus.reading.blocks import SourceDocument
from corpus.reading.clauses import split_clauses
from corpus.reading.cleaning import Cleaned, clean, clean_document
from corpus.reading.documents import several_documents_warning, titles_in
from corpus.reading.readers import read_blocks
from corpus.reading.tracked import Change


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read: its source text, the clean text, the clauses, and what cleaning changed.

    `document` has the blocks of the file; None for a text that came without one.
    """

    source: str
    text: str
    clauses: tuple[Clause, ...]
    changes: tuple[Change, ...]
    document: SourceDocument | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what a person should know before the text is taken up as one document.

        What there is to know of the file itself stands with its blocks.
        """
        told = several_documents_warning(titles_in(self.text))
        return (told,) if told else ()

    @property
    def doubtful(self) -> tuple[Change, ...]:
        """Return the changes that were not made because a person must decide."""
        return tuple(change for change in self.changes if not change.is_certain)


def read_file(path: Path, slug: str | None = None) -> Reading:
    """Read a file of any known kind; clause ids begin with `slug` (default: the file's name).

    Raises:
        corpus.errors.UnreadableError: the file cannot be read.
    """
    return read_source_document(read_blocks(path), slug or path.stem)


def read_source_document(document: SourceDocument, slug: str) -> Reading:
    """Read a document whose blocks are at hand."""
    return replace(_reading(document.text, clean_document(document), slug), document=document)


def read_text(source: str, slug: str) -> Reading:
    """Read a document already at hand as text."""
    return _reading(source, clean(source), slug)


def _reading(source: str, cleaned: Cleaned, slug: str) -> Reading:
    return Reading(source, cleaned.text, split_clauses(slug, cleaned.text), cleaned.changes)
