"""A real Chroma server on the loopback, for the tests that need one."""

import contextlib
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.patience import PATIENCE_S, soon


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def chroma_server(folder):
    """Run `chroma run` over a folder; give its address once it answers."""
    port = free_port()
    program = Path(sys.executable).with_name("chroma")
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(f"{url}/api/v2/heartbeat", server)
        yield url
    finally:
        server.kill()
        server.wait()


def _wait(address, server):
    open_directly = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

    def answers():
        assert server.poll() is None, "chroma run ended by itself"
        with contextlib.suppress(OSError):
            return open_directly(address, timeout=PATIENCE_S)

    assert soon(answers), "chroma run did not answer"
