"""What a storage engine throws, turned into one error of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.adapters.errors import IndexUnavailableError, StoreDamagedError

_CLIENTS = frozenset({"chromadb", "httpx", "httpcore", "pymilvus", "grpc"})
_RUST_PANIC = ("pyo3_runtime", "PanicException")


@contextmanager
def engine_errors(folder: Path) -> Iterator[None]:
    """Turn what an engine throws about its files into `StoreDamagedError`.

    Engines written in Rust tell of garbage by ValueError, OSError or RuntimeError, and now and then by a
    panic, which is no `Exception` and has no importable class; it is recognised by name.
    """
    try:
        yield
    except (ValueError, OSError, RuntimeError, KeyError, sqlite3.Error) as error:
        raise StoreDamagedError(f"索引文件无法使用：{folder}（{error}）") from error
    except BaseException as error:
        if not _is_of_an_engine(error):
            raise
        raise StoreDamagedError(f"索引文件无法使用：{folder}（{error}）") from error


@contextmanager
def server_errors(url: str) -> Iterator[None]:
    """Turn what a server's client throws into a Chinese message: nothing here could be mended by rebuilding.

    The address is told without its user and password.
    """
    try:
        yield
    except (ValueError, OSError, RuntimeError, KeyError) as error:
        raise _out_of_reach(url, error) from error
    except Exception as error:
        if not _is_of_a_client(error):
            raise
        raise _out_of_reach(url, error) from error


def _out_of_reach(url: str, error: Exception) -> IndexUnavailableError:
    host = url.rsplit("@", 1)[-1]
    return IndexUnavailableError(
        f"检索服务无法使用：{host}（{type(error).__name__}）。请确认服务已启动、地址与口令正确。"
    )


def _is_of_a_client(error: Exception) -> bool:
    return any(kind.__module__.split(".")[0] in _CLIENTS for kind in type(error).__mro__)


def _is_of_an_engine(error: BaseException) -> bool:
    kinds = type(error).__mro__
    return any(
        (kind.__module__, kind.__name__) == _RUST_PANIC or kind.__module__ == "chromadb.errors"
        for kind in kinds
    )
