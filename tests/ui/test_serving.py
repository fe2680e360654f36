"""`serve` as a person runs it: it opens, answers, and stops when told, even with a page still open."""

import signal

import httpx
import pytest

from tests.patience import PATIENCE_S
from tests.serve import HANDMADE, serve


@pytest.fixture
def served(tmp_path):
    environment = {"POLICY_DATA_DIR": str(tmp_path), "POLICY_STOP_S": "60"}
    with serve(environment, program=HANDMADE) as running:
        yield running


def test_page_and_interface_are_open_once_the_address_is_told(served):
    _, base = served
    assert "惠企政策问答" in httpx.get(f"{base}/", timeout=PATIENCE_S).text
    assert httpx.get(f"{base}/healthz", timeout=PATIENCE_S).json() == {"status": "ok"}
    answer = httpx.post(
        f"{base}/api/v1/ask", json={"question": "自筹", "as_of": "2026-11-22"}, timeout=PATIENCE_S
    )
    assert answer.json()["outcome"] == "answered"


def test_an_address_of_the_interface_that_is_none_is_a_problem_not_a_page(served):
    _, base = served
    for path in ("/api/v1/nothing", "/wechat/official"):
        response = httpx.get(f"{base}{path}", timeout=PATIENCE_S)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["request_id"]
    assert "error" in httpx.get(f"{base}/v1/nothing", timeout=PATIENCE_S).json()


def test_a_wrong_method_is_told_apart_from_a_wrong_address(served):
    _, base = served
    for path in ("/api/v1/ask", "/v1/chat/completions"):
        response = httpx.get(f"{base}{path}", timeout=PATIENCE_S)
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
        assert "不支持这种请求方式" in response.text


def test_it_stops_when_told_though_a_page_is_open_and_says_so(served):
    running, base = served
    with httpx.stream("GET", f"{base}/gradio_api/heartbeat/tab", timeout=PATIENCE_S) as heartbeat:
        next(heartbeat.iter_raw())
        running.send_signal(signal.SIGINT)
        assert running.wait(PATIENCE_S) == 0
    said = running.stdout.read()
    assert "已停止" in said
    assert "Traceback" not in said
    assert "graceful shutdown exceeded" not in said, "the page held it up"
