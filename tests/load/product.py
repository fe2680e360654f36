"""The real product under load: `policy-assistant serve`, its corpus, its bots, a slow model on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.bots.fake_wechat import APP_ID, KEY, TOKEN
from tests.serve import ROOT, serve

_READY_WITHIN_S, _STOPPED_WITHIN_S = 120.0, 20.0
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
    words: tuple[str, ...] = ()
    opens: list[float] = field(default_factory=list)  # seconds each start took until messages were taken in
    starts: list[float] = field(default_factory=list)  # and until it was ready to answer
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
        self.base = f"http://127.0.0.1:{self.environment['POLICY_PORT']}"
        looking = threading.Thread(target=self._look, args=(begun,))
        looking.start()
        running, self.base = self._running.enter_context(serve(self.environment, *self.words, log=log))
        self._pid = running.pid
        looking.join()

    def _look(self, begun: float) -> None:
        """Note when the server takes messages in, and when it is ready."""
        for path, noted in (("/healthz", self.opens), ("/readyz", self.starts)):
            while not _is_well(f"{self.base}{path}") and time.monotonic() - begun < _READY_WITHIN_S:
                time.sleep(0.05)
            noted.append(time.monotonic() - begun)

    def kill(self) -> None:
        """Kill the server as the kernel does, without a word."""
        os.kill(self._pid, signal.SIGKILL)
        self._running.close()

    def seconds(self) -> dict[str, float]:
        """Return the processor seconds used so far: by the server, and by the process that answers for it."""
        return {"server": _spent(self._pid), "answering": sum(map(_spent, _children(self._pid)))}

    def close(self) -> None:
        """End it in order, with all that belongs to it."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGTERM)
            _wait_for_the_end(self._pid)
        self._running.close()


@contextmanager
def product(model_seconds: float | None = None, *words: str) -> Iterator[Product]:
    """Give the running product, with a model that takes so long for each reply, or without one."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        environment = {**ACCOUNTS, "POLICY_DATA_DIR": str(directory), "POLICY_PORT": str(_free_port())}
        if model_seconds is not None:
            environment |= stack.enter_context(_model(model_seconds))
        running = Product(directory, environment, words=words)
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


def _is_well(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _wait_for_the_end(pid: int) -> None:
    until = time.monotonic() + _STOPPED_WITHIN_S
    while time.monotonic() < until and _state(pid) not in ("", "Z"):
        time.sleep(0.05)


def _state(pid: int) -> str:
    stat = Path(f"/proc/{pid}/stat")
    return stat.read_text().rpartition(")")[2].split()[0] if stat.exists() else ""


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
