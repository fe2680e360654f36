"""Folders in which something is still being written: hidden, locked while someone works there, else cleared.

A folder of documents holds `.<name>` while a document is being added, beside `.<name>.lock`. The lock ends
with its process, however that ends; so a hidden folder whose lock is free is what a killed one left.
"""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOCK = ".lock"
_OURS = re.compile(r"\.[0-9a-f]{32}")


@contextmanager
def unfinished(home: Path) -> Iterator[Path]:
    """Yield a hidden folder under `home` to write in; it is gone afterwards, with all that is still in it.

    Raises:
        OSError: the disk refuses.
    """
    from filelock import FileLock

    home.mkdir(parents=True, exist_ok=True)
    folder = home / f".{uuid.uuid4().hex}"
    lock = home / f"{folder.name}{_LOCK}"
    try:
        with FileLock(lock):
            try:
                folder.mkdir()
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        lock.unlink(missing_ok=True)


def clear_unfinished(home: Path) -> None:
    """Delete what killed processes left hidden under `home`; what someone still writes in stays.

    Where nothing can be deleted it stays, too: it is in nobody's way.
    """
    with suppress(OSError):
        for name in {path.name.removesuffix(_LOCK) for path in home.glob(".*")}:
            if _OURS.fullmatch(name):
                _clear(home / name)


def _clear(folder: Path) -> None:
    from filelock import FileLock, Timeout

    lock = folder.with_name(f"{folder.name}{_LOCK}")
    try:
        with FileLock(lock, blocking=False):
            shutil.rmtree(folder, ignore_errors=True)
    except Timeout:
        return
    lock.unlink(missing_ok=True)
