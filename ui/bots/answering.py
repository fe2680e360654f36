"""Computing the answers: a bounded pool of threads that take jobs from the database and keep their leases."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Protocol

from assistant.adapters.errors import DatabaseUnavailableError
from assistant.conversation import Answer
from ui.bots.channels import most_bytes
from ui.bots.jobs import MOST_RUNS, Jobs
from ui.bots.records import LONGEST_RUN_S, Job
from ui.bots.rendering import answer_parts, sources_of
from ui.bots.settings import BotSettings
from ui.bots.words import bot_words, excerpt

LOG = logging.getLogger(__name__)
_POLL_S = 0.5
_RENEWALS_A_LEASE = 4
_TIDY_S = 600.0
_DATABASE_PAUSE_S = 1.0


class Answerer(Protocol):
    """Answers the questions on record, here or in a process of its own; `told` hears the key of each done."""

    told: Callable[[str], None]

    def start(self) -> None:
        """Begin; called again, it changes nothing."""

    def stop(self) -> None:
        """Begin nothing more; what is under way is finished, or left to whoever comes after."""

    def wake(self) -> None:
        """Look for questions now. Never waits."""

    def is_ours(self, key: str) -> bool:
        """Tell whether the end of a question will be told without anyone looking for it."""

    @property
    def is_ready(self) -> bool:
        """Tell whether everything is loaded."""


class Answering:
    """Takes jobs as threads become free. `ask` answers a job; `told` hears the key of each finished one."""

    is_ready = True

    def __init__(self, jobs: Jobs, ask: Callable[[Job], Answer], settings: BotSettings) -> None:
        self.owner = uuid.uuid4().hex
        self.told: Callable[[str], None] = lambda _key: None
        self._jobs = jobs
        self._ask = ask
        self._threads = settings.threads
        self._lease_s = settings.bot_lease_s
        self._keep_s = settings.bot_keep_hours * 3600
        self._keep_people_s = max(self._keep_s, (settings.conversation_days + 1) * 24 * 3600)
        self._tidied_at = float("-inf")
        self._running: dict[str, float] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._is_stopping = False
        self._pool = ThreadPoolExecutor(settings.threads, thread_name_prefix="bot-answer")
        self._clerk = threading.Thread(target=self._work, name="bot-clerk", daemon=True)
        self._renewed_at = 0.0

    def start(self) -> None:
        """Begin to take jobs."""
        self._clerk.start()

    def stop(self) -> None:
        """Take no more jobs; those under way are finished."""
        self._is_stopping = True
        self._wake.set()
        self._clerk.join(_DATABASE_PAUSE_S)
        self._pool.shutdown(wait=True)

    def wake(self) -> None:
        """Look for jobs now."""
        self._wake.set()

    def is_ours(self, key: str) -> bool:
        """Tell whether this process is computing a job."""
        with self._lock:
            return key in self._running

    def _work(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            try:
                self._renew()
                self._take()
                self._tidy()
            except DatabaseUnavailableError as error:
                LOG.error("bots cannot reach the database: %s", error)
                self._wake.wait(_DATABASE_PAUSE_S)
            self._wake.wait(min(_POLL_S, self._lease_s / _RENEWALS_A_LEASE))

    def _take(self) -> None:
        with self._lock:
            free = self._threads - len(self._running)
        if free <= 0:
            return
        for job in self._jobs.claim(self.owner, free, self._lease_s):
            with self._lock:
                self._running[job.key] = time.monotonic()
            self._pool.submit(self._answered, job).add_done_callback(partial(self._finish, job))

    def _answered(self, job: Job) -> Answer | None:
        """Answer a job; None where it has brought down its worker so often that it is given up."""
        return None if job.runs > MOST_RUNS else self._ask(job)

    def _renew(self) -> None:
        """Renew the leases in time; a job that hangs is left to its lease's end."""
        now = time.monotonic()
        with self._lock:
            alive = [key for key, begun in self._running.items() if now - begun < LONGEST_RUN_S]
        if alive and now - self._renewed_at >= self._lease_s / _RENEWALS_A_LEASE:
            self._renewed_at = now
            self._jobs.renew(self.owner, alive, self._lease_s)

    def _tidy(self) -> None:
        """Forget what is old, now and then."""
        now = time.monotonic()
        if now - self._tidied_at >= min(_TIDY_S, self._keep_s):
            self._tidied_at = now
            gone = self._jobs.forget(self._keep_s, self._keep_people_s)
            if gone:
                LOG.info("forgot %d old messages of the bots", gone)

    def _finish(self, job: Job, future: Future[Answer | None]) -> None:
        """Keep what a thread brought. Called on that thread; what goes wrong here ends the lease."""
        with self._lock:
            self._running.pop(job.key, None)
        self._wake.set()
        error = future.exception()
        if error is not None:
            LOG.error("a bot's question could not be answered", exc_info=error)
        if error is not None and job.runs < MOST_RUNS:
            self._jobs.give_back(job, self.owner)
            return
        answer = None if error is not None else future.result()
        if answer is None:
            apology = bot_words().say("failed", question=excerpt(job.question))
            self._jobs.finish(job, self.owner, (apology,))
        else:
            shown = answer_parts(answer, most_bytes(job.channel))
            self._jobs.finish(job, self.owner, shown, sources_of(answer))
        self.told(job.key)
