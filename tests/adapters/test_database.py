"""Opening the database: what is made, and what is said when it cannot be."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assistant.adapters.database import (
    SCHEMA_VERSION,
    create_tables,
    open_database,
    reading,
    schema_version,
    writing,
)
from assistant.adapters.errors import AdapterError, DatabaseUnavailableError
from tests.contract.stores import server_database

SECRET = "geheim%40wort"


def refused(url, folder=Path("/nonexistent")):
    with pytest.raises(DatabaseUnavailableError) as caught:
        create_tables(open_database(url, folder))
    return str(caught.value)


def test_without_a_url_it_is_a_file_of_the_data_directory_that_only_its_owner_reads(tmp_path):
    folder = tmp_path / "中文 目录"
    with reading(open_database(None, folder)) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000
    assert stat.S_IMODE((folder / "policy.db").stat().st_mode) == 0o600


def test_creating_the_tables_again_changes_nothing_and_the_version_is_kept(tmp_path):
    engine = open_database("", tmp_path)
    create_tables(engine)
    create_tables(engine)
    with reading(engine) as connection:
        assert connection.scalars(select(schema_version.c.version)).all() == [SCHEMA_VERSION]


def test_a_database_of_a_later_release_is_left_alone(tmp_path):
    engine = open_database(None, tmp_path)
    create_tables(engine)
    with writing(engine) as connection:
        connection.execute(update(schema_version).values(version=SCHEMA_VERSION + 1))
    assert "较新的版本" in refused(None, tmp_path)


def test_a_change_that_fails_midway_leaves_nothing(tmp_path):
    engine = open_database(None, tmp_path)
    create_tables(engine)

    def fail_midway():
        with writing(engine) as connection:
            connection.execute(update(schema_version).values(version=7))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_midway()
    with reading(engine) as connection:
        assert connection.scalar(select(schema_version.c.version)) == SCHEMA_VERSION


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://u:{SECRET}@h/x",
        f"postgresql://u:{SECRET}@h:port/x",
        f"乱写 {SECRET}",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_a_url_we_do_not_know_is_refused_with_an_example_and_never_repeated(url):
    said = refused(url)
    assert "postgresql://用户:密码@主机:端口/库名" in said
    assert "geheim" not in said


def test_a_server_that_does_not_answer_is_named_without_the_password():
    said = refused(f"postgresql://clerk:{SECRET}@127.0.0.1:1/policy?application_name={SECRET}")
    assert "PostgreSQL 127.0.0.1:1/policy（用户 clerk）" in said
    assert "连不上数据库服务器" in said
    assert "geheim" not in said


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path):
    file = tmp_path / "policy.db"
    file.write_text("这是一封信，不是数据库。" * 100, encoding="utf-8")
    assert "该文件不是数据库或已损坏" in refused(None, tmp_path)
    assert file.read_text(encoding="utf-8").startswith("这是一封信")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path):
    (tmp_path / "policy.db").mkdir()
    assert "打不开该文件" in refused(None, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_to_is_told(tmp_path):
    tmp_path.chmod(0o500)
    assert "没有写权限" in refused(None, tmp_path)


def test_a_writer_that_waits_too_long_is_told_the_database_is_busy(tmp_path):
    engine = open_database(None, tmp_path)
    create_tables(engine)
    other = sqlite3.connect(tmp_path / "policy.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with reading(engine) as connection:  # a reader is not held up by the writer
        assert connection.scalar(select(schema_version.c.version)) == SCHEMA_VERSION
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    with pytest.raises(AdapterError, match="数据库正忙"), writing(engine):
        pass
    other.close()


def test_a_server_without_the_database_or_the_user_says_which():
    with server_database() as url:
        assert "服务器上没有这个数据库" in refused(f"{url}_nope")
        assert "服务器上没有这个用户" in refused(url.replace("//policy@", "//nobody_here@"))
