"""Loading, beside the opening of a server, whatever a first answer would otherwise wait for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from assistant.adapters.errors import AdapterError
from corpus.errors import CorpusError

LOG = logging.getLogger("policy.start")


class NotReadyError(AdapterError):
    """Raised while something is still being loaded; the message is Chinese."""


class WarmUp:
    """Loads on a thread. `others` tell whether what is loaded elsewhere is ready."""

    def __init__(self, load: Callable[[], None], *others: Callable[[], bool]) -> None:
        self._load = load
        self._others = others
        self._thread = threading.Thread(target=self._run, name="warm-up", daemon=True)

    def start(self) -> None:
        """Begin to load."""
        self._thread.start()

    def wait(self) -> None:
        """Wait until what is loaded here is there, or cannot be loaded."""
        self._thread.join()

    def check(self) -> None:
        """Do nothing once everything is loaded.

        Raises:
            NotReadyError: something still loads.
        """
        is_loading = self._thread.is_alive() or self._thread.ident is None
        if is_loading or not all(is_ready() for is_ready in self._others):
            raise NotReadyError("正在载入，尚未就绪。")

    def _run(self) -> None:
        """Load; what cannot be loaded is said again, and tried again, by whoever needs it."""
        try:
            self._load()
        except (AdapterError, CorpusError) as error:
            LOG.error("not everything could be loaded at the start: %s", error)
