"""Every store of conversations, freshly made: in memory, in a file, on a real PostgreSQL server."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from assistant.adapters.conversation_durable import DurableConversations
from assistant.adapters.conversation_memory import ConversationMemory
from assistant.adapters.conversation_sql import SqlConversations
from assistant.adapters.database import create_tables, open_database
from assistant.ports import Conversations

KINDS = ("memory", "sqlite", "postgresql", "durable")
SERVER = "POLICY_TEST_DATABASE_URL"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += days * 24 * 60 * 60


@contextmanager
def opened(kind: str, folder: Path, clock: Clock) -> Iterator[Conversations]:
    """Yield an empty store."""
    if kind == "memory":
        yield ConversationMemory(clock=clock)
    elif kind == "durable":
        yield DurableConversations(lambda: _in_database(None, folder, clock))
    elif kind == "sqlite":
        yield _in_database(None, folder, clock)
    else:
        with server_database() as url:
            yield _in_database(url, folder, clock)


def _in_database(url: str | None, folder: Path, clock: Clock) -> SqlConversations:
    engine = open_database(url, folder)
    create_tables(engine)
    return SqlConversations(engine, days=30, clock=clock)


@contextmanager
def server_database() -> Iterator[str]:
    """Yield the URL of a new database on the test server, gone afterwards; skip where there is no server."""
    server = os.environ.get(SERVER)
    if not server:
        pytest.skip(f"no PostgreSQL server: {SERVER} is not set (.ci/run starts one)")
    name = f"policy_{uuid.uuid4().hex}"
    engine = open_database(server, Path())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
