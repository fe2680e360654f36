"""The one database of a process: opened when first asked for, and then shared by all who keep something."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine


class LazyDatabase:
    """The database at a URL, by default the file in the data directory; nothing is loaded until it opens."""

    def __init__(self, url: str | None, data_dir: Path) -> None:
        self._url = url
        self._data_dir = data_dir
        self._engine: Engine | None = None
        self._lock = Lock()

    def opened(self) -> Engine:
        """Return the engine, the same one for everyone; after a failure it is tried again.

        Raises:
            DatabaseUnavailableError: the database cannot be opened.
        """
        if self._engine is None:
            from assistant.adapters.database import open_database

            engine = open_database(self._url, self._data_dir)  # not in turn: a dead server is waited for once
            with self._lock:
                is_first, self._engine = self._engine is None, self._engine or engine
            if not is_first:
                engine.dispose()
        return self._engine
