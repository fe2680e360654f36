"""What runs in a worker's process: the program as configured, serving on the socket its parent has opened."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from socket import socket

from ui.api.settings import ApiSettings, read_api_settings
from ui.application import Application
from ui.starting import set_up_logs
from ui.terminal.chinese_click import INTERRUPTED, errors_reported


def configured() -> Application:
    """Return the program as the environment configures it, its index open."""
    from assistant.bootstrap import load
    from ui.configuration import read_settings

    application = load(read_settings())
    application.index.opened(progress=True)
    return application


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker's process does; it is sent there, so `load` is a function of a module.

    `log_level` is the one of the parent: a process begins with none.
    """

    load: Callable[[], Application] = configured
    has_page: bool = False
    log_level: int = logging.WARNING

    def __call__(self, listening: socket, line: Connection) -> None:
        """Load, open, and serve until told to stop; what cannot be loaded is told in Chinese, exit code 2."""
        logging.basicConfig(level=self.log_level, format="%(name)s：%(message)s")
        settings = read_api_settings()
        set_up_logs(settings)
        with errors_reported():
            try:
                self._serve(settings, listening, Parent(line))
            except KeyboardInterrupt:  # the parent says so
                sys.exit(INTERRUPTED)

    def _serve(self, settings: ApiSettings, listening: socket, parent: Parent) -> None:
        from ui.serving import run_server

        run_server(
            self.load(),
            settings,
            tell=lambda _port: parent.open(),
            listening=listening,
            has_page=self.has_page,
            pulse=parent.pulse,
        )


class Parent:
    """The parent, as a worker sees it: it hears that this one lives, and this one ends where it is gone."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._is_open = threading.Event()
        self._process = multiprocessing.parent_process()

    def open(self) -> None:
        """Tell that people are answered from now on."""
        self._is_open.set()
        self.pulse()

    def pulse(self) -> None:
        """Tell that this worker lives, once it is open."""
        if self._process is not None and not self._process.is_alive():
            self._process = None
            os.kill(os.getpid(), signal.SIGTERM)
        with suppress(OSError):
            if self._is_open.is_set():
                self._line.send(True)
