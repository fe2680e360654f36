"""What a database says when it fails, as a Chinese message: what, where, what to do; never the password."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from assistant.adapters.errors import DatabaseUnavailableError

# What drivers and servers say (English by their protocol), and what it means to whoever runs the program.
_CAUSES = (
    ("not a database|malformed|file is encrypted", "该文件不是数据库或已损坏；请移走它后重试，程序会新建"),
    ("readonly|read-only", "没有写权限；请改正该文件及所在文件夹的权限"),
    ("unable to open", "打不开该文件；请检查路径和权限"),
    ("disk is full|disk i/o|no space", "磁盘已满或出错；请清理磁盘后重试"),
    ("database is locked|lock timeout|statement timeout", "数据库正忙，等待超时；请稍后重试"),
    ("no password supplied|authentication failed", "用户名或密码不对；请检查 POLICY_DATABASE_URL"),
    ("database .* does not exist", "服务器上没有这个数据库；请先建库，或改正 POLICY_DATABASE_URL"),
    ("role .* does not exist", "服务器上没有这个用户；请改正 POLICY_DATABASE_URL"),
    ("permission denied", "该用户没有建表或读写的权限；请授权后重试"),
    ("too many (clients|connections)|connection slots", "服务器连接数已满；请稍后重试或调高上限"),
    (
        "connection refused|could not connect|connection failed|timeout expired|could not translate|"
        "failed to resolve|name or service|server closed|terminating connection|is lost|consuming input",
        "连不上数据库服务器；请确认它在运行、地址和端口正确",
    ),
)  # fmt: skip
_OTHERWISE = "操作没有成功；请检查数据库是否正常"


def place_of(url: URL) -> str:
    """Return where a database is, fit to be shown: no password, no query.

    >>> from sqlalchemy.engine import make_url
    >>> place_of(make_url("postgresql+psycopg://clerk:secret@db.example:5433/policy?password=x"))
    'PostgreSQL db.example:5433/policy（用户 clerk）'
    """
    if url.get_backend_name() == "sqlite":
        return f"SQLite {url.database}"
    host = f"{url.host or '本机'}:{url.port or 5432}"
    user = f"（用户 {url.username}）" if url.username else ""
    return f"PostgreSQL {host}/{url.database or ''}{user}"


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turn whatever the database says into a `DatabaseUnavailableError`.

    Raises:
        DatabaseUnavailableError: the database could not do what was asked of it.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        # `from None`: the driver's own words may hold the address with its password
        raise DatabaseUnavailableError(f"数据库不可用：{place_of(url)}。{_cause(error)}。") from None


def _cause(error: Exception) -> str:
    if isinstance(error, PoolTimeoutError):
        return "所有连接都在使用中，等待超时；请稍后重试"
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    if isinstance(error, OSError):
        said = (error.strerror or said).lower()
        said = "readonly" if "permission" in said else f"unable to open: {said}"
    return next((cause for words, cause in _CAUSES if re.search(words, said)), _OTHERWISE)
