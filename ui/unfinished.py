"""Questions under way, on disk: which of them a process had begun when its interpreter froze and was ended.

Each process notes what it has begun in a file of its own, mapped into memory: a note costs microseconds and
outlives the process. A process that starts looks through what the dead ones have left. What was under way
when one froze is counted; a question counted twice is answered politely and not worked out again for a day.
Questions stand here only as digests.
"""

from __future__ import annotations

import logging
import mmap
import os
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from io import BufferedRandom
from pathlib import Path

LOG = logging.getLogger("policy.watchdog")
MOST_ATTEMPTS = 2
_DIGEST = 16
_PLACES = 1024
_EMPTY = bytes(_DIGEST)
_KEPT_S = 24 * 3600.0
_OPEN, _FROZEN, _TRACE = ".open", ".frozen", ".trace"


def folder_of(data_dir: Path) -> Path:
    """Return where processes note what they have begun."""
    return data_dir / "under-way"


class GivenUpError(Exception):
    """Raised for a question under which the interpreter froze twice."""


class Unfinished:
    """The questions this process has begun, and those under which others froze.

    `trace` is where the watchdog writes when it ends this process; a process without it was ended by other
    means, and nothing is counted then.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        self._counted: Counter[bytes] = Counter()
        self._counted_at = -1
        name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._path, self._trace_path = folder / f"{name}{_OPEN}", folder / f"{name}{_TRACE}"
        self._file = _locked(self._path)
        self._file.write(bytes(_DIGEST * _PLACES))  # a disk without room says so now, not under the map
        self._file.flush()
        self._places = mmap.mmap(self._file.fileno(), _DIGEST * _PLACES)
        self._free = list(range(_PLACES))
        self.trace = self._trace_path.open("w", encoding="utf-8")
        self._look_through()

    @contextmanager
    def begun(self, question: str) -> Iterator[None]:
        """Note that a question is being worked out, for as long as it is.

        Raises:
            GivenUpError: the interpreter froze under it twice.
        """
        digest = blake2b(question.strip().encode("utf-8", "replace"), digest_size=_DIGEST).digest()
        if self._attempts(digest) >= MOST_ATTEMPTS:
            raise GivenUpError
        with self._lock:
            place = self._free.pop() if self._free else None
        self._write(place, digest)
        try:
            yield
        finally:
            self._write(place, _EMPTY)
            if place is not None:
                with self._lock:
                    self._free.append(place)

    def close(self) -> None:
        """Leave nothing behind: this process ends as it should."""
        self.trace.close()
        self._places.close()
        for path in (self._path, self._trace_path):
            path.unlink(missing_ok=True)
        self._file.close()

    def _write(self, place: int | None, digest: bytes) -> None:
        if place is not None and not self._places.closed:
            self._places[place * _DIGEST : (place + 1) * _DIGEST] = digest

    def _attempts(self, digest: bytes) -> int:
        changed = self._folder.stat().st_mtime_ns
        if changed != self._counted_at:
            found = Counter(one for path in self._folder.glob(f"*{_FROZEN}") for one in _digests(path))
            self._counted, self._counted_at = found, changed
        return self._counted[digest]

    def _look_through(self) -> None:
        """Count what was under way in processes that froze; forget what all others left."""
        for path in self._folder.glob(f"*{_OPEN}"):
            if path == self._path or not _is_left(path):
                continue
            trace = path.with_suffix(_TRACE)
            told = trace.read_text("utf-8", "replace") if trace.exists() else ""
            if told:
                LOG.error("a process froze and was ended; what it was doing:\n%s", told)
                path.replace(path.with_suffix(_FROZEN))
            path.unlink(missing_ok=True)
            trace.unlink(missing_ok=True)
        for path in self._folder.glob(f"*{_FROZEN}"):
            if time.time() - path.stat().st_mtime > _KEPT_S:
                path.unlink(missing_ok=True)


def note_ended(folder: Path, pid: int) -> None:
    """Note that a process which no longer answered was ended by its parent."""
    for path in folder.glob(f"{pid}-*{_TRACE}"):
        with path.open("a", encoding="utf-8") as trace:
            trace.write("ended by its parent: it no longer answered\n")


def _locked(path: Path) -> BufferedRandom:
    file = path.open("w+b")
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _is_left(path: Path) -> bool:
    """Tell whether nobody holds a file any more: its process is gone."""
    if sys.platform == "win32":
        return False  # no locks of this kind there: what was left is never counted
    import fcntl

    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (FileNotFoundError, BlockingIOError):
        return False
    return True


def _digests(path: Path) -> Iterator[bytes]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    for at in range(0, len(data), _DIGEST):
        if (digest := data[at : at + _DIGEST]) != _EMPTY:
            yield digest
