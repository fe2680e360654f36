"""The file a batch writes: whole records only, kept across runs, never mixed with anything else.

Records are appended one write each under a lock. A run that finds a half-written last line (it was killed
there) cuts it off; a file that holds anything but records is left alone.

    Exception
    └── RecordsError        the file cannot be used, in Chinese
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

Record = dict[str, Any]


class RecordsError(Exception):
    """Raised when the output file cannot be used; nothing in it has been touched."""


@dataclass
class Records:
    """An open output file: what it already held, and a way to add to it."""

    file: BinaryIO
    kept: list[Record]
    ends: list[int]

    def keep(self, count: int) -> None:
        """Keep the first `count` records and cut off what follows."""
        self.file.truncate(self.ends[count - 1] if count else 0)
        self.file.seek(0, os.SEEK_END)

    def add(self, record: Record) -> None:
        """Write one record in a single write."""
        self.file.write(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")


@contextmanager
def open_records(path: Path) -> Iterator[Records]:
    """Open the file for this process alone.

    Raises:
        RecordsError: it is a folder, cannot be written, is in use, or holds something else.
    """
    try:
        file = path.open("a+b", buffering=0)
    except OSError as error:
        raise RecordsError(f"无法写入 {path}：{_reason(error)}。请换一个输出文件。") from None
    with file:
        _lock(file, path)
        kept, ends = _read(file, path)
        yield Records(file, kept, ends)


def _read(file: BinaryIO, path: Path) -> tuple[list[Record], list[int]]:
    file.seek(0)
    kept: list[Record] = []
    ends: list[int] = []
    place = 0
    for raw in _lines(file.read()):
        place += len(raw)
        if not raw.endswith(b"\n"):
            break
        record = _record(raw)
        if record is None:
            raise RecordsError(
                f"{path} 里已有别的内容（第 {len(kept) + 1} 行不是批量结果），未作改动。请换一个输出文件。"
            )
        kept.append(record)
        ends.append(place)
    return kept, ends


def _lines(content: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end + 1
        yield content[start:end]
        start = end


def _record(raw: bytes) -> Record | None:
    try:
        record = json.loads(raw)
    except ValueError:
        return None
    is_record = isinstance(record, dict) and "id" in record and ("answers" in record or "error" in record)
    return record if is_record else None


def _lock(file: BinaryIO, path: Path) -> None:
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise RecordsError(f"另一个批量任务正在写 {path}。请等它结束，或换一个输出文件。") from None


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "它是一个文件夹"
    if isinstance(error, FileNotFoundError):
        return "所在的文件夹不存在"
    return "没有写入权限" if isinstance(error, PermissionError) else "系统拒绝写入"
