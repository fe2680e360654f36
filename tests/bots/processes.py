"""Workers as processes of their own, which a test may kill."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Workers:
    """Workers on one port with one data directory."""

    def __init__(self, data_dir: Path, **settings: object) -> None:
        self.data_dir = data_dir
        self._settings = settings
        self._held = held_port()
        self._port = int(self._held.getsockname()[1])
        self._running: list[subprocess.Popen[str]] = []
        self.computed: Counter[str] = Counter()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self, count: int = 1) -> None:
        """Start workers; return once they are open."""
        arguments = [str(self.data_dir), str(self._port), json.dumps(self._settings)]
        command = [sys.executable, "-m", "tests.bots.server", *arguments]
        begun = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(count)]
        for one in begun:
            assert one.stdout is not None
            assert one.stdout.readline() == "open\n"
        self._running += begun

    def kill(self, count: int | None = None) -> None:
        """Kill workers as the kernel does, without a word."""
        for one in self._running[:count]:
            os.kill(one.pid, signal.SIGKILL)
            one.wait()
        self._running = self._running[count:] if count else []

    def let_go(self) -> None:
        """Let go what waits for it, now and in workers still to come."""
        (self.data_dir / "go").touch()

    def close(self) -> None:
        """Kill every worker and give the port back."""
        self.kill()
        self._held.close()

    def asked(self) -> list[str]:
        """Return what was computed, each computation once."""
        log = self.data_dir / "asked.log"
        return [line.split(" ", 1)[1] for line in log.read_text().splitlines()] if log.exists() else []


@contextmanager
def workers(data_dir: Path, count: int = 1, **settings: object) -> Iterator[Workers]:
    """Give running workers; kill what is left of them afterwards."""
    some = Workers(data_dir, **settings)
    try:
        some.start(count)
        yield some
    finally:
        some.close()


def held_port() -> socket.socket:
    """Return a socket that keeps a port for those who share it, so that no other program takes it."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    held.bind(("127.0.0.1", 0))
    return held
