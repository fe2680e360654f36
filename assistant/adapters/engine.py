"""What a storage engine throws, turned into one error of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.adapters.errors import StoreDamagedError

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


def _is_of_an_engine(error: BaseException) -> bool:
    kinds = type(error).__mro__
    return any(
        (kind.__module__, kind.__name__) == _RUST_PANIC or kind.__module__ == "chromadb.errors"
        for kind in kinds
    )
