"""Counting requests in the database, so that several workers keep one limit without another server."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import BigInteger, Column, Engine, Index, Integer, String, Table, delete, func, select, text

from assistant.adapters.database import metadata, with_tables, writing
from ui.application import Database

hits = Table(
    "api_hits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(80), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Index("api_hits_by_key", "key", "at_ms"),
    Index("api_hits_by_end", "until_ms"),
)
_SKEW_MS = 5_000  # by which the clocks of workers on several machines may differ
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"


class SqlWindow:
    """Counts in the database behind an engine, whose tables are there."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def take(self, key: str, most: int, seconds: int) -> float:
        """Count one more and return 0; where that would be too many, how many seconds to wait.

        Raises:
            DatabaseUnavailableError: the database fails.
        """
        now = int(self._clock() * 1000)
        since = now - seconds * 1000
        with writing(self._engine) as connection:
            if self._engine.dialect.name == "postgresql":  # SQLite's writers queue anyway
                connection.execute(text(_LOCK), {"key": key})
            is_of_the_future = hits.c.at_ms > now + _SKEW_MS  # the clock was set back since
            connection.execute(delete(hits).where((hits.c.until_ms <= now) | is_of_the_future))
            mine = (hits.c.key == key) & (hits.c.at_ms > since)
            count, first = connection.execute(select(func.count(), func.min(hits.c.at_ms)).where(mine)).one()
            if count >= most:
                return max(1, int(first) - since) / 1000.0
            connection.execute(hits.insert().values(key=key, at_ms=now, until_ms=now + seconds * 1000))
            return 0


def open_sql_window(database: Database) -> SqlWindow:
    """Return what counts in the program's database.

    Raises:
        DatabaseUnavailableError: the database cannot be opened.
    """
    return SqlWindow(with_tables(database.opened()))
