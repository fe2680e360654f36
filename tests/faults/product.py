"""The real program as a process on loopback, and asking it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from subprocess import Popen

import httpx

from assistant.bootstrap import Application
from assistant.conversation import Question
from assistant.settings import Settings
from tests.serve import ROOT, serve

FIRST, FIRST_SUM = "长宁区硬核技术攻关自筹800万元能拿多少？", "240万元"  # 800 × 30%
THEN, THEN_SUM = "换成500万呢", "150万元"  # 500 × 30%
DAY = "2026-11-22"
KEPT = "2a1f6d3c-6c0e-4f7e-9a54-1c2f0b7d9e11"
MINE, OTHER = "key-of-one-" * 3, "key-of-another-" * 3
PATIENT_S = 30.0
INSIDE = re.compile(
    r"/tmp|/work|\.db\b|\.py\b|Errno|Traceback|sqlite|psycopg|postgresql|geheim|127\.0\.0\.1", re.I
)


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[tuple[Popen[str], str]]:
    """Serve from a data directory, logging beside it; give the process and its address."""
    log = folder.with_name(f"{folder.name}-{uuid.uuid4().hex[:6]}.log")
    given = {"POLICY_DATA_DIR": str(folder), "TMPDIR": str(folder.parent), **environment}
    with serve(given, log=log) as (process, base):
        yield process, base


def kept(folder: Path, *questions: str) -> None:
    """Build an index in a data directory, and keep a conversation of that name there."""
    application = program(folder)
    for question in questions:
        application.assistant.ask(Question(question, date.fromisoformat(DAY), KEPT))
    application.database.opened().dispose()


def program(folder: Path) -> Application:
    """Return the program in this process, on a data directory."""
    return Application(Settings(_env_file=None, data_dir=folder))


def found(folder: Path) -> list[tuple[str, float]]:
    """Return what a search finds there, the index opened or built before."""
    hits = program(folder).index.search("硬核技术攻关的资助比例", 20)
    return [(hit.clause_id, round(hit.score, 9)) for hit in hits]


def command(folder: Path, *words: str) -> Popen[str]:
    """Begin a command of the program on a data directory."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "POLICY_DATA_DIR": str(folder)}
    return Popen(
        [sys.executable, "-m", "ui.cli", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ask(base: str, question: str, conversation: str, key: str = "") -> httpx.Response:
    """Ask a question in a conversation."""
    body = {"question": question, "conversation_id": conversation, "as_of": DAY}
    headers = {"X-API-Key": key} if key else {}
    return httpx.post(f"{base}/api/v1/ask", json=body, headers=headers, timeout=PATIENT_S)


def soon(is_so: Callable[[], bool], within_s: float = PATIENT_S, every_s: float = 0.05) -> bool:
    """Tell whether something becomes so in time."""
    until = time.monotonic() + within_s
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(every_s)
    return True
