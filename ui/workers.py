"""The workers behind one port, each a process of its own: one with the page, or several without it.

The parent opens the port, starts the workers, starts another for one that dies, and passes on the word to
stop; it loads nothing of the program. Whatever must be known to all workers is in the database.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType

from ui.api.settings import IN_DATABASE, ApiSettings
from ui.starting import set_up_logs
from ui.unfinished import folder_of, note_ended
from ui.worker_process import Work

LOG = logging.getLogger("policy.workers")
_LOOK_S = 0.2
_QUICK_S = 5.0  # a worker that dies before it is open, or so soon after, has not started for good
_MOST_QUICK = 3  # of those in a row, and it is given up
_SLACK_S = 5.0
_ENDED = (0, -signal.SIGTERM)  # the exit codes of a worker that was told to stop
TOLD = 2  # the exit code of a worker that has said in Chinese why it cannot start


class WorkersFailedError(Exception):
    """Raised where workers cannot be started or kept alive; the message is Chinese.

    `code` is the exit code of one that has told by itself why it did not start; None where nothing is told.
    """

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class Worker:
    """One worker's process, and the line on which it says that it is open."""

    def __init__(self, listening: socket.socket, work: Work) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe(duplex=False)
        self.process: SpawnProcess = context.Process(target=work, args=(listening, theirs), daemon=False)
        with _interrupts_ignored():  # else Ctrl+C in a terminal would break off its loading with a traceback
            self.process.start()
        theirs.close()
        self._opened_at: float | None = None
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
                self._opened_at = self._opened_at or self._heard_at
                return True
        return False

    def silent_s(self) -> float:
        """Return for how long the worker has given no sign of life; 0 before its first."""
        while self.is_open(0):
            continue
        return 0.0 if self._heard_at is None else time.monotonic() - self._heard_at

    def was_open_s(self) -> float:
        """Return for how long the worker has been open; 0 before."""
        return 0.0 if self._opened_at is None else time.monotonic() - self._opened_at

    def kill(self) -> None:
        """End a worker that does not end by itself."""
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        """Tell the worker to finish what it has and go."""
        with suppress(ProcessLookupError, ValueError):
            self.process.terminate()


class Workers:
    """The workers of one server, as many as the settings say."""

    def __init__(self, listening: socket.socket, settings: ApiSettings, work: Work) -> None:
        self._listening = listening
        self._settings = settings
        self._work = work
        self._stop = threading.Event()
        self._is_interrupted = False
        self._quick = 0
        self._workers: list[Worker] = []

    def run(self, tell: Callable[[], object]) -> None:
        """Keep the workers running until told to stop; `tell` is called once all are open.

        Raises:
            WorkersFailedError: they do not start, or do not stay.
            KeyboardInterrupt: interrupted before they were open.
        """
        before = {sig: signal.signal(sig, self._told) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            self._workers += [Worker(self._listening, self._work) for _ in range(self._settings.workers)]
            self._wait_until_open()
            if self._is_interrupted:
                raise KeyboardInterrupt
            if not self._stop.is_set():
                tell()
            while not self._stop.wait(_LOOK_S):
                self._replace_the_dead()
        finally:
            self._end()
            for sig, handler in before.items():
                signal.signal(sig, handler)

    def _told(self, told: int, _frame: FrameType | None) -> None:
        self._is_interrupted = told == signal.SIGINT
        self._stop.set()

    def _wait_until_open(self) -> None:
        for worker in self._workers:
            while not self._stop.is_set() and not worker.is_open(_LOOK_S):
                if not worker.is_alive and not self._stop.is_set():
                    code = worker.process.exitcode
                    raise WorkersFailedError("服务没能启动，请查看日志。", code if code == TOLD else None)

    def _replace_the_dead(self) -> None:
        for place, worker in enumerate(self._workers):
            if worker.is_alive and worker.silent_s() > 2 * self._settings.freeze_s:
                self._end_the_silent(worker)
            if worker.is_alive:
                continue
            if len(self._workers) == 1 and worker.process.exitcode in _ENDED:
                self._stop.set()  # it was told to stop, not this process
                return
            _forget_figures(worker.process.pid)
            self._quick = self._quick + 1 if worker.was_open_s() < _QUICK_S else 0
            if self._quick >= _MOST_QUICK:
                raise WorkersFailedError("服务进程一再退出，不再重新启动，请查看日志。")
            LOG.error(
                "worker %s is gone (exit %s), another begins", worker.process.pid, worker.process.exitcode
            )
            self._workers[place] = Worker(self._listening, self._work)

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


def run_workers(
    host: str, port: int, settings: ApiSettings, tell: Callable[[int], object], work: Work | None = None
) -> None:
    """Serve with several workers until told to stop; `tell` is called with the port once all are open.

    Raises:
        WorkersFailedError: they do not start, or do not stay.
    """
    set_up_logs(settings)
    if "api_rate_store" not in settings.model_fields_set:
        os.environ["POLICY_API_RATE_STORE"] = IN_DATABASE  # else each would count for itself
    with tempfile.TemporaryDirectory(prefix="policy-figures-") as figures, listening_on(host, port) as opened:
        from ui.api.watch.metrics import share_between_workers

        share_between_workers(Path(figures))
        workers = Workers(opened, settings, work or Work(log_level=logging.getLogger().level))
        workers.run(lambda: tell(opened.getsockname()[1]))


def run_one(
    host: str, port: int, settings: ApiSettings, tell: Callable[[int], object], work: Work | None = None
) -> None:
    """Serve with one worker, which has the page, until told to stop; one that breaks off is replaced.

    Raises:
        WorkersFailedError: it does not start, or does not stay.
    """
    set_up_logs(settings)
    alone = settings.model_copy(update={"workers": 1})
    with listening_on(host, port) as opened:
        work = work or Work(has_page=True, log_level=logging.getLogger().level)
        Workers(opened, alone, work).run(lambda: tell(opened.getsockname()[1]))


@contextmanager
def listening_on(host: str, port: int) -> Iterator[socket.socket]:
    """Give a socket that takes connections; those made before anyone answers wait."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    family, kind, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
    with socket.socket(family, kind) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(2048)
        yield opened


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Start a process that an interrupt does not reach before it listens to it: its parent tells it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _forget_figures(pid: int | None) -> None:
    """Leave a dead worker's running answers out of the figures they share."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call]
