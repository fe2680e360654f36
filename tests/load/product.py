"""The real product under load: `policy-assistant serve`, its corpus, its bots, a slow model on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.bots.fake_wechat import APP_ID, KEY, TOKEN
from tests.serve import ROOT, serve

_READY_WITHIN_S = 120.0
ACCOUNTS = {
    "POLICY_WECHAT_TOKEN": TOKEN,
    "POLICY_WECHAT_AES_KEY": KEY,
    "POLICY_WECHAT_APP_ID": APP_ID,
    "POLICY_WECOM_BOT_TOKEN": TOKEN,
    "POLICY_WECOM_BOT_AES_KEY": KEY,
}


@dataclass
class Product:
    """A server that may be killed and started again on the same port, with the same data."""

    data_dir: Path
    environment: dict[str, str]
    base: str = ""
    starts: list[float] = field(default_factory=list)  # seconds each start took until it was ready
    _running: ExitStack = field(default_factory=ExitStack)
    _pid: int = 0

    @property
    def database(self) -> Path:
        """Return the file everything is kept in."""
        return self.data_dir / "policy.db"

    def start(self) -> None:
        """Start the server; return once it is ready."""
        begun = time.monotonic()
        log = self.data_dir / f"log{len(self.starts)}"
        running, self.base = self._running.enter_context(serve(self.environment, log=log))
        self._pid = running.pid
        while not _is_ready(self.base):
            assert time.monotonic() - begun < _READY_WITHIN_S, f"not ready: {log.read_text()[-2000:]}"
            time.sleep(0.05)
        self.starts.append(time.monotonic() - begun)

    def kill(self) -> None:
        """Kill the server as the kernel does, without a word."""
        os.kill(self._pid, signal.SIGKILL)
        self._running.close()

    def seconds(self) -> dict[str, float]:
        """Return the processor seconds used so far: by the server, and by the process that answers for it."""
        return {"server": _spent(self._pid), "answering": sum(map(_spent, _children(self._pid)))}

    def close(self) -> None:
        """End it."""
        self._running.close()


@contextmanager
def product(model_seconds: float | None = None) -> Iterator[Product]:
    """Give the running product, with a model that takes so long for each reply."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        environment = {**ACCOUNTS, "POLICY_DATA_DIR": str(directory), "POLICY_PORT": str(_free_port())}
        if model_seconds is not None:
            environment |= stack.enter_context(_model(model_seconds))
        running = Product(directory, environment)
        try:
            running.start()
            yield running
        finally:
            running.close()


@contextmanager
def _model(seconds: float) -> Iterator[dict[str, str]]:
    command = [sys.executable, "-m", "tests.load.slow_model", str(seconds)]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        address = f"http://127.0.0.1:{running.stdout.readline().strip()}/v1"
        yield {"POLICY_MODEL": "slow", "POLICY_MODEL_BASE_URL": address, "POLICY_MODEL_API_KEY": "none"}
    finally:
        running.kill()
        running.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_ready(base: str) -> bool:
    try:
        with urlopen(f"{base}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _children(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")  # a child belongs to the thread that started it
    found = [int(child) for one in lists for child in one.read_text().split()]
    return found + [one for child in found for one in _children(child)]


def _spent(pid: int) -> float:
    """Return the processor seconds of a process; 0 where the system does not say."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
