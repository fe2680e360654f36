"""The database of what a user produces: SQLite in the data directory, or PostgreSQL by URL.

Every table of the program hangs on the one `metadata`; whoever adds a table defines it on it and calls
`create_tables`. Read with `reading`, change with `writing`: on SQLite a change takes the write lock at its
start, so that what it read is still true when it writes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from assistant.adapters.database_errors import place_of, told
from assistant.adapters.errors import DatabaseUnavailableError
from assistant.adapters.sqlite_file import OnlyReads, sqlite_connection

SCHEMA_VERSION = 1  # raise it when a table changes shape, and teach `create_tables` the way there
FILE_NAME = "policy.db"
_BUSY_S = 10
_POOL = {"pool_size": 5, "max_overflow": 10, "pool_timeout": _BUSY_S}  # at most 15 connections a process
_CONNECT_S = 5
_STATEMENT_MS = 15_000
_CREATION_LOCK = 0x706F6C6963790001  # one number for everyone who creates tables on a PostgreSQL server
_WRITES = "policy_writes"

metadata = MetaData()
schema_version = Table(
    "policy_schema",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("program", String(40), nullable=False),
)


def open_database(url: str | None, data_dir: Path) -> Engine:
    """Return the engine of the database at `url`, by default the SQLite file in the data directory.

    Raises:
        DatabaseUnavailableError: the URL is not one we know, or nothing usable is there.
    """
    address = _address(url, data_dir)
    with told(address):
        engine = _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address)
        with engine.connect():
            return engine


def create_tables(engine: Engine) -> None:
    """Create what is missing of the tables of `metadata`; several processes may do so at once.

    Where nothing is missing nothing is written: a database that can only be read is of use all the same.

    Raises:
        DatabaseUnavailableError: the database refuses, or a later release of the program made it.
    """
    if _has_everything(engine):
        return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CREATION_LOCK})
        schema_version.create(connection, checkfirst=True)
        found = connection.scalar(select(schema_version.c.version))
        if found is None:
            connection.execute(
                insert(schema_version).values(id=1, version=SCHEMA_VERSION, program=_release())
            )
        elif found > SCHEMA_VERSION:
            raise DatabaseUnavailableError(
                f"数据库由较新的版本建立：{place_of(engine.url)}"
                f"（结构第 {found} 版，本程序只认识到第 {SCHEMA_VERSION} 版）。"
                "请升级本程序，或用 POLICY_DATABASE_URL 换一个数据库。"
            )
        metadata.create_all(connection)


def _has_everything(engine: Engine) -> bool:
    """Tell whether every table of `metadata` is there, as this release makes them."""
    with reading(engine) as connection:
        there = set(inspect(connection).get_table_names())
        if not there.issuperset(metadata.tables):
            return False
        return bool(connection.scalar(select(schema_version.c.version)) == SCHEMA_VERSION)


def with_tables(engine: Engine) -> Engine:
    """Return the engine, what is missing of the tables of `metadata` created.

    Raises:
        DatabaseUnavailableError: the database refuses, or a later release of the program made it.
    """
    create_tables(engine)
    return engine


def check_writable(engine: Engine) -> None:
    """Write what changes nothing.

    Raises:
        DatabaseUnavailableError: the database cannot be written to.
    """
    with writing(engine) as connection:
        connection.execute(update(schema_version).values(id=schema_version.c.id))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the database.

    Raises:
        DatabaseUnavailableError: the database fails.
    """
    with told(engine.url), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that is kept as a whole or not at all.

    Raises:
        DatabaseUnavailableError: the database fails; nothing was changed.
    """
    with told(engine.url), engine.execution_options(**{_WRITES: True}).begin() as connection:
        yield connection


def _address(url: str | None, data_dir: Path) -> URL:
    """Read the URL; the message never repeats it, for it may hold a password."""
    if not (url or "").strip():
        return URL.create("sqlite", database=str(data_dir / FILE_NAME))
    try:
        address = make_url((url or "").strip())
        address = address.set(drivername="postgresql") if address.drivername == "postgres" else address
        backend = address.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise DatabaseUnavailableError(_BAD_URL) from None
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or address.database in {None, "", ":memory:"}:
        raise DatabaseUnavailableError(_BAD_URL)
    return address.set(drivername="sqlite")


_BAD_URL = (
    "POLICY_DATABASE_URL 不是可用的数据库地址。请写 postgresql://用户:密码@主机:端口/库名，"
    "或 sqlite:////绝对路径/文件.db；密码里的特殊字符要写成 %xx。留空则用数据目录里的 policy.db。"
)


def _sqlite(address: URL) -> Engine:
    """Return the engine of a file, made first (for its owner's eyes only) where there is none."""
    path = Path(address.database or "")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(address, creator=lambda: sqlite_connection(path, _BUSY_S), **_POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "checkin", _forget_if_only_read)
    event.listen(engine, "begin", _begin_sqlite)
    _use_wal(engine, path)
    return engine


def _forget_if_only_read(connection: Any, record: Any) -> None:
    """Keep no connection that can only read: the next one is tried for writing again."""
    if isinstance(connection, OnlyReads):
        record.invalidate()


def _use_wal(engine: Engine, path: Path) -> None:
    """Let readers and the writer pass each other; the file remembers it. One process at a time switches."""
    from filelock import FileLock, Timeout

    raw = engine.raw_connection()
    try:
        if _pragma(raw, "journal_mode") == "wal" or isinstance(raw.dbapi_connection, OnlyReads):
            return
        with FileLock(f"{path}.lock", timeout=_BUSY_S):
            _pragma(raw, "journal_mode=WAL")  # stays as it was where the file system cannot
    except Timeout:
        raise OSError(f"database is locked: {path}") from None
    finally:
        raw.close()


def _pragma(connection: Any, words: str) -> Any:
    cursor = connection.cursor()
    try:
        row = cursor.execute(f"PRAGMA {words}").fetchone()
        return row[0] if row else None
    finally:
        cursor.close()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would leave DDL outside
    for words in (f"busy_timeout={_BUSY_S * 1000}", "foreign_keys=ON", "synchronous=NORMAL"):
        _pragma(connection, words)


def _begin_sqlite(connection: Connection) -> None:
    """Begin; a change at once as the writer, for a reader may not become one under way."""
    is_change = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_change else "BEGIN")


def _postgresql(address: URL) -> Engine:
    settings = {"connect_timeout": _CONNECT_S, "prepare_threshold": None}  # poolers lose prepared statements
    engine = create_engine(address, connect_args=settings, pool_pre_ping=True, **_POOL)
    event.listen(engine, "begin", _limit_statements)
    return engine


def _limit_statements(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {_STATEMENT_MS}")


def _release() -> str:
    from importlib.metadata import version

    return version("policy-assistant")
