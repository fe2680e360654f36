"""`policy-assistant serve` as a process of its own, on a port that the system chooses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ("-m", "ui.cli")
OPENED = re.compile(r"已打开：(http://\S+)/ ")
HANDMADE = (
    "-c",
    """
import sys
from tests.fakes import FakeApplication, FakeAssistant
from ui.cli import cli
cli(sys.argv[1:], obj=FakeApplication(FakeAssistant(delay=0.5)))
""",
)


@contextmanager
def serve(
    environment: Mapping[str, str],
    *words: str,
    program: tuple[str, ...] = PROGRAM,
    log: Path | None = None,
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve; give the process and its address once it says that it is open, and kill it afterwards.

    `program` may be HANDMADE, which answers by hand and loads nothing heavy. What goes to stderr is written
    to `log`, or stands among what is said.
    """
    command = [sys.executable, *program, "serve", *words]
    usual = {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), "POLICY_PORT": "0", "POLICY_SUPERVISE": "0"}
    given = {**os.environ, **usual, **environment}
    errors = log.open("w") if log else None
    running = subprocess.Popen(
        command,
        cwd=environment["POLICY_DATA_DIR"],  # not where a `.env` may lie
        env=given,
        stdout=subprocess.PIPE,
        stderr=errors or subprocess.STDOUT,
        text=True,
    )
    try:
        yield running, _address(running)
    finally:
        running.kill()
        running.wait()
        if errors:
            errors.close()


def _address(running: subprocess.Popen[str]) -> str:
    said = []
    assert running.stdout is not None
    for line in running.stdout:
        said.append(line)
        if found := OPENED.search(line):
            return found.group(1)
    raise AssertionError(f"it did not open: {''.join(said)[-2000:]}")
