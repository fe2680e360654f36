"""What a store holds, written down beside it: content hashes of documents and clauses, in SQLite.

A document is entered only when all of its clauses are; so after a crash the documents missing here are the
ones to look at again, and of their clauses only those whose hash is not here are done again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.adapters.engine import engine_errors
from assistant.adapters.entries import Entry

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (slug TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clauses (id TEXT PRIMARY KEY, document TEXT NOT NULL, version TEXT NOT NULL)
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS clauses_of_a_document ON clauses (document);
"""


class HashRegistry:
    """The hashes of one store; used by its one writer, closed before anyone reads the store."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take an open database."""
        self._database = database

    def documents(self) -> dict[str, str]:
        """Return the hash of every document that is held whole, by slug."""
        return dict(self._database.execute("SELECT slug, digest FROM documents"))

    def known(self) -> set[str]:
        """Return the slugs of all documents of which any clause may be held."""
        return {slug for (slug,) in self._database.execute("SELECT DISTINCT document FROM clauses")}

    def versions(self, document: str) -> dict[str, str]:
        """Return the hash of every clause held of a document, by id."""
        rows = self._database.execute("SELECT id, version FROM clauses WHERE document = ?", (document,))
        return dict(rows)

    def count(self) -> int:
        """Return how many clauses are held."""
        return int(self._database.execute("SELECT count(*) FROM clauses").fetchone()[0])

    def open_documents(self, slugs: Iterable[str]) -> None:
        """Note that documents are about to change."""
        with self._database:
            self._database.executemany("DELETE FROM documents WHERE slug = ?", ((slug,) for slug in slugs))

    def close_documents(self, digests: Iterable[tuple[str, str]]) -> None:
        """Note that documents, each with its hash, are held whole."""
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?)", digests)

    def keep(self, entries: Sequence[Entry]) -> None:
        """Note clauses that the store holds now."""
        rows = ((entry.id, entry.document, entry.version) for entry in entries)
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO clauses VALUES (?, ?, ?)", rows)

    def drop(self, ids: Iterable[str]) -> None:
        """Note clauses that the store holds no more."""
        with self._database:
            self._database.executemany("DELETE FROM clauses WHERE id = ?", ((name,) for name in ids))


@contextmanager
def open_hash_registry(path: Path) -> Iterator[HashRegistry]:
    """Open the registry in a file, or begin an empty one.

    Raises:
        StoreDamagedError: the file is no such registry.
    """
    with engine_errors(path), closing(sqlite3.connect(path)) as database:
        database.executescript(_TABLES)
        yield HashRegistry(database)
