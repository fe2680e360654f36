"""Readiness that is true, and a server that stops in order: not ready first, closed later."""

import signal
import time

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.adapters.lazy_database import LazyDatabase
from tests.fakes import FakeApplication
from tests.patience import PATIENCE_S, soon
from tests.serve import HANDMADE, serve
from ui.api import create_app
from ui.serving import store_check

DRAIN_S = 8.0


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
    environment = {"POLICY_DRAIN_S": f"{DRAIN_S:g}", "POLICY_DATA_DIR": str(tmp_path)}
    with serve(environment, program=HANDMADE) as running:
        yield running


def test_told_to_stop_it_is_not_ready_yet_answers_and_then_closes(draining):
    running, base = draining
    with httpx.Client(base_url=base, timeout=PATIENCE_S) as client:
        assert client.get("/readyz").status_code == 200
        begun = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert soon(lambda: client.get("/readyz").status_code == 503)
        answer = client.post("/api/v1/ask", json={"question": "自筹", "as_of": "2026-11-22"})
        assert answer.status_code == 200
    running.wait(PATIENCE_S)
    assert time.monotonic() - begun >= DRAIN_S
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base}/healthz")
