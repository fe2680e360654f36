"""The database of the bots, as their stores share it: one engine, one clock, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from assistant.adapters.database import reading, with_tables, writing
from ui.bots.forward_clock import ForwardClock, passing_time


class Store:
    """Opens transactions. On SQLite the threads of a process queue here rather than at the file's lock."""

    def __init__(self, engine: Engine, clock: Callable[[], float] | None = None) -> None:
        from ui.bots import tables  # noqa: F401  # the tables must be known before they are created

        self.engine = with_tables(engine)
        self.clock = ForwardClock(clock or passing_time(), self._newest())
        self._turn = threading.Lock()

    def _newest(self) -> float:
        """Return when the newest message came in, as it is on record."""
        from ui.bots.tables import messages

        with self.reading() as connection:
            return float(connection.scalar(select(func.max(messages.c.received_at))) or 0.0)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection to read by."""
        with reading(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a transaction."""
        if self.engine.dialect.name != "sqlite":
            with writing(self.engine) as connection:
                yield connection
            return
        with self._turn, writing(self.engine) as connection:
            yield connection

    def insert_missing(self, connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Insert those rows whose key is not there yet."""
        dialect = sqlite if self.engine.dialect.name == "sqlite" else postgresql
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))
