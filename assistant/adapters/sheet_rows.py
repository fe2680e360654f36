"""Which row of a vector sheet is of which clause, and what its document can be narrowed by, in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from assistant.adapters.entries import Traits
from assistant.adapters.errors import StoreDamagedError

TABLES = """
CREATE TABLE IF NOT EXISTS documents (number INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE,
    standing TEXT NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL, region TEXT NOT NULL,
    level TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rows (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS shape (dimensions INTEGER NOT NULL);
"""


def agree_on(database: sqlite3.Connection, dimensions: int) -> None:
    """Keep the length of the vectors, or hold new ones to it.

    Raises:
        StoreDamagedError: they are of another length.
    """
    known = database.execute("SELECT max(dimensions) FROM shape").fetchone()[0]
    if known is None:
        database.execute("INSERT INTO shape VALUES (?)", (dimensions,))
    elif known != dimensions:
        raise StoreDamagedError(f"向量长度应为 {known}，得到 {dimensions}")


def documents_numbered(database: sqlite3.Connection, traits: Iterable[Traits]) -> dict[str, int]:
    """Enter documents, or what is new of them; return their numbers by slug."""
    rows = [(one.document, one.standing.value, one.begins, one.ends, one.region, one.level) for one in traits]
    database.executemany(
        "INSERT INTO documents (slug, standing, begins, ends, region, level) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (slug) DO UPDATE SET standing = excluded.standing, begins = excluded.begins, "
        "ends = excluded.ends, region = excluded.region, level = excluded.level",
        rows,
    )
    found = by_key(database, "SELECT slug, number FROM documents WHERE slug IN", [row[0] for row in rows])
    return {str(slug): int(number) for slug, number in found}


def places(database: sqlite3.Connection, ids: Sequence[str]) -> list[int]:
    """Return a row for each clause: its own where it has one, else a new one at the end."""
    known = rows_of(database, ids)
    end = int(database.execute("SELECT coalesce(max(row) + 1, 0) FROM rows").fetchone()[0])
    for name in ids:
        if name not in known:
            known[name] = end
            end += 1
    return [known[name] for name in ids]


def rows_of(database: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return the rows of those clauses that have one, by id."""
    return {
        str(name): int(row) for name, row in by_key(database, "SELECT id, row FROM rows WHERE id IN", ids)
    }


def by_key(database: sqlite3.Connection, select: str, keys: Iterable[object]) -> Iterator[tuple[str, int]]:
    """Give the rows of a query for many keys, some hundreds at a time."""
    listed = list(keys)
    for start in range(0, len(listed), 500):
        some = listed[start : start + 500]
        yield from database.execute(f"{select} ({','.join('?' * len(some))})", some)
