"""What the index keeps of a clause, and the hash that tells whether it changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from corpus.model.document import ClauseKind
from corpus.store import Corpus


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause to be indexed; `version` changes with anything searched or shown of it."""

    id: str
    document: str
    kind: ClauseKind
    title: str
    headings: str
    text: str

    @property
    def version(self) -> str:
        """Return the content hash of the entry."""
        parts = (self.document, self.kind.value, self.title, self.headings, self.text)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]

    @property
    def dense_text(self) -> str:
        """Return what is embedded: the clause under its headings."""
        return f"{self.headings}\n{self.text}" if self.headings else self.text


def entries_of(corpus: Corpus) -> dict[str, Entry]:
    """Return an entry for every clause of a corpus, by id."""
    return {
        clause.id: Entry(
            clause.id,
            document.slug,
            clause.kind,
            document.title,
            "\n".join(clause.headings),
            clause.text,
        )
        for document in corpus.documents
        for clause in document.clauses
    }
