"""A running server takes up documents that another process added, updated or removed: within a second or two.

Each process looks at the folder of added documents by itself, so that page, interface and bots agree; the
index has one builder at a time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.adapters.errors import AdapterError
from corpus.added import added_folder, added_folders
from corpus.errors import CorpusError
from ui.application import Application

LOG = logging.getLogger("policy.library")
LOOK_S = 1.0

State = tuple[tuple[str, int, int], ...]


def library_state(home: Path) -> State:
    """Return what changes when a document is added, updated or removed: names, times and sizes of files."""
    found = []
    for folder in added_folders(home):
        try:
            stats = [(path.name, path.stat()) for path in sorted(folder.glob("*.*"))]
        except OSError:  # being removed right now; the next look sees it gone
            continue
        found += [(f"{folder.name}/{name}", stat.st_mtime_ns, stat.st_size) for name, stat in stats]
    return tuple(found)


class LibraryWatch:
    """Looks at the folder of added documents and refreshes the application when it changes."""

    def __init__(self, application: Application, look_s: float = LOOK_S) -> None:
        self._application = application
        self._home = added_folder(application.settings.data_dir)
        self._seen = library_state(self._home)
        self._look_s = look_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="library-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join(timeout=self._look_s + 1)

    def look(self) -> bool:
        """Refresh where the folder changed since the last look; tell whether it did."""
        state = library_state(self._home)
        if state == self._seen:
            return False
        try:
            self._application.refresh()
        except (AdapterError, CorpusError, OSError) as error:
            LOG.error("documents could not be taken up, trying again: %s", error)
            return False
        self._seen = state
        return True

    def _run(self) -> None:
        while not self._stop.wait(self._look_s):
            self.look()


@contextmanager
def library_watched(application: Application) -> Iterator[None]:
    """Keep an application up to date with the documents added, as long as the block runs."""
    watch = LibraryWatch(application)
    watch.start()
    try:
        yield
    finally:
        watch.stop()
