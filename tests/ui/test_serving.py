"""`serve` as a person runs it: it opens, answers, and stops when told, even with a page still open."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from tests.fakes import FakeApplication, FakeAssistant
from ui.cli import cli
cli(["serve", "--port", sys.argv[1]], obj=FakeApplication(FakeAssistant(delay=0.5)))
"""


@pytest.fixture
def served():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    opened = []
    for line in running.stdout:
        opened.append(line)
        if "已打开" in line:
            break
    assert opened, "nothing was said"
    assert f"http://127.0.0.1:{port}/" in opened[-1]
    yield running, f"http://127.0.0.1:{port}"
    running.kill()
    running.wait()


def test_page_and_interface_are_open_once_the_address_is_told(served):
    _, base = served
    assert "惠企政策问答" in httpx.get(f"{base}/", timeout=20).text
    assert httpx.get(f"{base}/healthz").json() == {"status": "ok"}
    answer = httpx.post(f"{base}/api/v1/ask", json={"question": "自筹", "as_of": "2026-11-22"}, timeout=20)
    assert answer.json()["outcome"] == "answered"


def test_an_address_of_the_interface_that_is_none_is_a_problem_not_a_page(served):
    _, base = served
    for path in ("/api/v1/nothing", "/wechat/official"):
        response = httpx.get(f"{base}{path}", timeout=20)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["request_id"]
    assert "error" in httpx.get(f"{base}/v1/nothing", timeout=20).json()


def test_it_stops_when_told_though_a_page_is_open_and_says_so(served):
    running, base = served
    with httpx.stream("GET", f"{base}/gradio_api/heartbeat/tab", timeout=20) as heartbeat:
        next(heartbeat.iter_raw())
        begun = time.monotonic()
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
    assert time.monotonic() - begun < 4
    said = running.stdout.read()
    assert "已停止" in said
    assert "Traceback" not in said
