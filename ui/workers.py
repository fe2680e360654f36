"""Several workers behind one port: the interface and the bots, without the page, each a process of its own.

The parent opens the port, starts the workers, starts another for one that dies, and passes on the word to
stop. Whatever must be known to all of them is in the database.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType

from ui.api.settings import IN_DATABASE, ApiSettings
from ui.api.watch.metrics import share_between_workers
from ui.unfinished import note_ended
from ui.watchdog import folder_of

LOG = logging.getLogger("policy.workers")
_LOOK_S = 0.2
_QUICK_S = 5.0  # a worker that dies younger than this has not started for good
_MOST_QUICK = 3  # of those in a row, and it is given up
_SLACK_S = 5.0


class WorkersFailedError(Exception):
    """Raised where workers cannot be started or kept alive; the message is Chinese."""


class Worker:
    """One worker's process, and the line on which it says that it is open."""

    def __init__(self, listening: socket.socket) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe(duplex=False)
        self.process: SpawnProcess = context.Process(target=_work, args=(listening, theirs), daemon=False)
        self.process.start()
        theirs.close()
        self.began = time.monotonic()
        self._heard_at: float | None = None

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self.process.is_alive()

    def is_open(self, within_s: float) -> bool:
        """Tell whether the worker has said that it is open."""
        with suppress(EOFError, OSError):
            if self._line.poll(within_s) and bool(self._line.recv()):
                self._heard_at = time.monotonic()
                return True
        return False

    def silent_s(self) -> float:
        """Return for how long the worker has given no sign of life; 0 before its first."""
        while self.is_open(0):
            continue
        return 0.0 if self._heard_at is None else time.monotonic() - self._heard_at

    def kill(self) -> None:
        """End a worker that does not end by itself."""
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        """Tell the worker to finish what it has and go."""
        with suppress(ProcessLookupError, ValueError):
            self.process.terminate()


class Workers:
    """The workers of one server."""

    def __init__(self, listening: socket.socket, count: int, settings: ApiSettings) -> None:
        self._listening = listening
        self._settings = settings
        self._stop = threading.Event()
        self._quick = 0
        self._workers = [Worker(listening) for _ in range(count)]

    def run(self, tell: Callable[[], object]) -> None:
        """Keep the workers running until told to stop; `tell` is called once all are open.

        Raises:
            WorkersFailedError: they do not start, or do not stay.
        """
        before = {sig: signal.signal(sig, self._told) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            self._wait_until_open()
            if not self._stop.is_set():
                tell()
            while not self._stop.wait(_LOOK_S):
                self._replace_the_dead()
        finally:
            self._end()
            for sig, handler in before.items():
                signal.signal(sig, handler)

    def _told(self, _signal: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _wait_until_open(self) -> None:
        for worker in self._workers:
            while not self._stop.is_set() and not worker.is_open(_LOOK_S):
                if not worker.is_alive:
                    raise WorkersFailedError(
                        "工作进程没能启动，请用 policy-assistant serve（不加 --workers）看原因。"
                    )

    def _replace_the_dead(self) -> None:
        for place, worker in enumerate(self._workers):
            if worker.is_alive and worker.silent_s() > 2 * self._settings.freeze_s:
                self._end_the_silent(worker)
            if worker.is_alive:
                continue
            _forget_figures(worker.process.pid)
            self._quick = self._quick + 1 if time.monotonic() - worker.began < _QUICK_S else 0
            if self._quick >= _MOST_QUICK:
                raise WorkersFailedError("工作进程一再退出，请查看日志。")
            LOG.error(
                "worker %s is gone (exit %s), another begins", worker.process.pid, worker.process.exitcode
            )
            self._workers[place] = Worker(self._listening)

    def _end_the_silent(self, worker: Worker) -> None:
        """End a worker that neither answers nor has ended itself."""
        LOG.error("worker %s no longer answers and is ended", worker.process.pid)
        note_ended(folder_of(self._settings.data_dir), worker.process.pid or 0)
        worker.kill()

    def _end(self) -> None:
        for worker in self._workers:
            worker.stop()
        until = time.monotonic() + self._settings.drain_s + self._settings.stop_s + _SLACK_S
        for worker in self._workers:
            worker.process.join(max(0.1, until - time.monotonic()))
            if worker.is_alive:
                LOG.error("worker %s did not end in time", worker.process.pid)
                worker.kill()


def run_workers(host: str, port: int, settings: ApiSettings, tell: Callable[[int], object]) -> None:
    """Serve with several workers until told to stop; `tell` is called with the port once all are open.

    Raises:
        WorkersFailedError: they do not start, or do not stay.
    """
    from ui.starting import set_up_logs

    set_up_logs(settings)
    if "api_rate_store" not in settings.model_fields_set:
        os.environ["POLICY_API_RATE_STORE"] = IN_DATABASE  # else each would count for itself
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with tempfile.TemporaryDirectory(prefix="policy-figures-") as figures, socket.socket(family) as listening:
        share_between_workers(Path(figures))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(2048)
        opened = listening.getsockname()[1]
        Workers(listening, settings.workers, settings).run(lambda: tell(opened))


def _work(listening: socket.socket, line: Connection) -> None:
    """Be a worker: load the program as configured, open, and serve until told to stop."""
    from assistant.bootstrap import load
    from ui.api.settings import read_api_settings
    from ui.configuration import read_settings
    from ui.library_watch import library_watched
    from ui.serving import DrainingServer, create_server_app, server_config
    from ui.starting import begin, set_up_logs
    from ui.watchdog import Watchdog

    settings = read_api_settings()
    set_up_logs(settings)
    application = load(read_settings())
    start = begin(application, settings)
    application.index.opened()
    is_open = threading.Event()

    def pulse() -> None:
        """Let the parent hear that this worker lives, once it is open; end in order where there is none."""
        try:
            if is_open.is_set():
                line.send(True)
        except OSError:
            signal.raise_signal(signal.SIGTERM)

    def tell(_port: int) -> None:
        is_open.set()
        pulse()

    with Watchdog(settings.data_dir, settings.freeze_s, pulse) as watchdog:
        app = create_server_app(watchdog.watching(application), settings, has_page=False, start=start)
        server = DrainingServer(server_config(app, settings), app.desk.drain, settings)
        server.tell = tell
        with library_watched(application), suppress(KeyboardInterrupt):
            server.run(sockets=[listening])


def _forget_figures(pid: int | None) -> None:
    """Leave a dead worker's running answers out of the figures."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call]
