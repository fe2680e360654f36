"""Readiness that is true, and a server that stops in order: not ready first, closed later."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.adapters.lazy_database import LazyDatabase
from tests.fakes import FakeApplication
from ui.api import create_app
from ui.serving import store_check

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from tests.fakes import FakeApplication, FakeAssistant
from ui.cli import cli
cli(["serve", "--port", sys.argv[1]], obj=FakeApplication(FakeAssistant(delay=0.5)))
"""


def ready(database_url, data_dir):
    app = create_app(FakeApplication(), check_store=store_check(LazyDatabase(database_url, data_dir)))
    return TestClient(app, raise_server_exceptions=False).get("/readyz")


def test_a_database_that_can_be_written_is_ready(tmp_path):
    assert ready(None, tmp_path).json()["status"] == "ready"


def test_a_database_that_cannot_is_not_and_its_place_is_not_told(tmp_path):
    broken = tmp_path / "policy.db"
    broken.write_text("this is no database" * 100)
    response = ready(None, tmp_path)
    assert response.status_code == 503
    assert str(tmp_path) not in response.text
    assert "数据库" in response.json()["detail"]


def test_a_server_that_is_away_is_not_ready(tmp_path):
    response = ready("postgresql://clerk:secret@127.0.0.1:1/policy", tmp_path)
    assert response.status_code == 503
    assert "secret" not in response.text


@pytest.fixture
def draining(tmp_path):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "POLICY_DRAIN_S": "4",
        "POLICY_DATA_DIR": str(tmp_path),
    }
    running = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert any("已打开" in line for line in running.stdout)
    yield running, f"http://127.0.0.1:{port}"
    running.kill()
    running.wait()


def test_told_to_stop_it_is_not_ready_yet_answers_and_then_closes(draining):
    running, base = draining
    assert httpx.get(f"{base}/readyz", timeout=20).status_code == 200
    running.send_signal(signal.SIGTERM)
    begun = time.monotonic()
    time.sleep(0.3)
    assert httpx.get(f"{base}/readyz", timeout=20).status_code == 503
    answer = httpx.post(f"{base}/api/v1/ask", json={"question": "自筹", "as_of": "2026-11-22"}, timeout=20)
    assert answer.status_code == 200
    running.wait(20)
    assert 3 < time.monotonic() - begun < 20
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base}/healthz")
