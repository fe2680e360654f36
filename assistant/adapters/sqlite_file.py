"""Connections to an SQLite file: for writing where that is possible, else for reading what is there.

A full disk or a directory that may not be written stops more than writing: with a write-ahead log, a reader
keeps a file of its own beside the database. Such a file is then read as it lies (`immutable`), unless a log
that only a writer could take in is waiting beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path


class OnlyReads(sqlite3.Connection):
    """A connection that cannot write."""


def sqlite_connection(path: Path, busy_s: float) -> sqlite3.Connection:
    """Return a connection to the database in a file that exists.

    Raises:
        sqlite3.Error: the file can neither be written nor read as a database.
    """
    try:
        return _opened(path, "mode=rw", busy_s, sqlite3.Connection)
    except sqlite3.OperationalError as error:
        for mode in _modes_to_read(path):
            try:
                return _opened(path, mode, busy_s, OnlyReads)
            except sqlite3.Error:
                continue
        raise error from None


def _modes_to_read(path: Path) -> Iterator[str]:
    yield "mode=ro"
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or not log.stat().st_size:
        yield "mode=ro&immutable=1"


def _opened(path: Path, mode: str, busy_s: float, kind: type[sqlite3.Connection]) -> sqlite3.Connection:
    """Return a connection that has read from the file."""
    address = f"{path.resolve().as_uri()}?{mode}"
    connection = sqlite3.connect(address, timeout=busy_s, uri=True, check_same_thread=False, factory=kind)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
