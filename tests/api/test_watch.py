"""What an operator sees: figures without a word of a user, logs without a secret."""

import json
import logging

import pytest
from fastapi.testclient import TestClient

from tests.api.serving import Failing, settings_with
from tests.fakes import FakeApplication
from ui.api import create_app
from ui.api.watch.logs import JsonLines, install_json_logs

QUESTION = {"question": "我是张三，自筹800万元能拿多少？", "as_of": "2026-11-22"}
KEY = "k" * 24


def client_with(application=None, **settings):
    app = create_app(application or FakeApplication(), settings=settings_with(**settings))
    return TestClient(app, raise_server_exceptions=False)


def test_requests_answers_and_steps_are_counted():
    client = client_with()
    client.post("/api/v1/ask", json=QUESTION)
    client.post("/api/v1/ask", json={**QUESTION, "question": "天气"})
    client.post("/api/v1/ask", json={"question": ""})
    figures = client.get("/metrics").text
    assert 'policy_requests_total{method="POST",route="/api/v1/ask",status="200"} 2.0' in figures
    assert 'policy_requests_total{method="POST",route="/api/v1/ask",status="422"} 1.0' in figures
    assert 'policy_answers_total{channel="api",outcome="answered"} 1.0' in figures
    assert 'policy_answers_total{channel="api",outcome="not_covered"} 1.0' in figures
    assert 'policy_step_seconds_count{step="retrieve"} 1.0' in figures
    assert "policy_answers_waiting 0.0" in figures


def test_no_label_holds_what_a_user_wrote_however_it_came():
    client = client_with()
    client.post("/api/v1/ask", json={**QUESTION, "conversation_id": "张三"})
    client.get("/api/v1/conversations/张三")
    client.get("/api/v1/张三")
    client.get("/张三")
    client.request("张三".encode().hex(), "/healthz")
    figures = client.get("/metrics").text
    assert "张三" not in figures
    assert "%E5" not in figures
    assert 'route="/api/v1/conversations/{conversation_id}"' in figures
    assert 'method="other"' in figures


def test_figures_can_be_closed_or_kept_for_holders_of_a_key():
    assert client_with(metrics="off").get("/metrics").status_code == 404
    guarded = client_with(metrics="key", api_keys=KEY)
    assert guarded.get("/metrics").status_code == 401
    assert guarded.get("/metrics", headers={"X-API-Key": KEY}).status_code == 200


@pytest.fixture
def lines():
    """Give the lines that are logged as JSON while a test runs."""
    root, written = logging.getLogger(), []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler, level = Kept(), root.level
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def read(lines):
    return [json.loads(line) for line in lines]


def test_a_request_is_one_line_with_its_id_and_no_word_of_the_question(lines):
    headers = {"X-Request-ID": "r-9", "Authorization": f"Bearer {KEY}", "X-User-ID": "openid-of-zhang"}
    client_with(api_keys=KEY).post("/api/v1/ask", json=QUESTION, headers=headers)
    (request,) = (line for line in read(lines) if line["logger"] == "policy.access")
    assert (request["request_id"], request["route"], request["status"]) == ("r-9", "/api/v1/ask", 200)
    assert request["ms"] >= 0
    (answered,) = (line for line in read(lines) if line["logger"] == "policy.answers")
    assert (answered["request_id"], answered["outcome"]) == ("r-9", "answered")
    for secret in ("张三", KEY, "openid-of-zhang"):
        assert secret not in "".join(lines)


def test_questions_stand_in_the_log_only_where_a_setting_says_so(lines):
    client_with(log_questions=True).post("/api/v1/ask", json=QUESTION)
    assert any(line.get("question") == QUESTION["question"] for line in read(lines))


def test_a_failure_is_in_the_log_with_its_trace_and_its_request(lines):
    client_with(FakeApplication(Failing())).post(
        "/api/v1/ask", json=QUESTION, headers={"X-Request-ID": "r-5"}
    )
    (failed,) = (line for line in read(lines) if line["logger"] == "ui.api.problems")
    assert "secret of the inside" in failed["trace"]
    assert failed["request_id"] == "r-5"


def test_libraries_that_log_whole_addresses_with_tokens_are_kept_quiet():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    names = ("httpx", "httpcore", "openai", "urllib3", "chromadb", "asyncio", "uvicorn.access")
    levels = {name: logging.getLogger(name).level for name in names}
    try:
        install_json_logs()
        assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
        assert logging.getLogger("policy.access").isEnabledFor(logging.INFO)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for name, one in levels.items():
            logging.getLogger(name).setLevel(one)
