"""The HTTP interface: answers, corpus, guards, and errors that speak Chinese."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from tests.fakes import BrokenApplication, FakeApplication, HeldAssistant
from tests.patience import soon
from ui.api import create_app


@pytest.fixture
def application():
    return FakeApplication()


@pytest.fixture
def client(application):
    return TestClient(create_app(application), raise_server_exceptions=False)


def ask(client, **body):
    return client.post("/api/v1/ask", json=body)


def is_problem(response, status):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert any("一" <= character <= "鿿" for character in problem["detail"])
    return problem


def test_a_question_is_answered_as_of_the_day_given(client, application):
    answer = ask(client, question="自筹800万元能拿多少？", as_of="2026-11-22").json()
    assert answer["as_of"] == "2026-11-22"
    assert answer["citations"][0]["clause"] == "changning-ai-draft/7.1"
    assert application.assistant.asked[0].text == "自筹800万元能拿多少？"


def test_a_conversation_is_continued_by_its_id_and_a_new_one_gets_one(client, application):
    ask(client, question="甲", as_of="2026-11-22", conversation_id="c-1")
    fresh = ask(client, question="乙", as_of="2026-11-22").json()["conversation_id"]
    other = ask(client, question="丙", as_of="2026-11-22").json()["conversation_id"]
    assert application.assistant.asked[0].conversation_id == "c-1"
    assert fresh
    assert fresh != other


def test_a_question_can_be_narrowed_to_documents_that_exist(client, application):
    ask(client, question="甲", as_of="2026-11-22", documents=["sh-online-economy"])
    assert application.assistant.asked[0].documents == ("sh-online-economy",)
    problem = is_problem(ask(client, question="甲", documents=["sh-online-econmy"]), 404)
    assert "sh-online-economy" in problem["detail"]


def test_a_request_without_a_body_is_told_what_is_missing(client):
    assert "请求没有内容" in is_problem(client.post("/api/v1/ask"), 422)["detail"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "question：缺少这一项"),
        ({"question": " "}, "问题是空的"),
        ({"question": "多" * 2001}, "最多 2000 个字"),
        ({"question": 5}, "应当是文字"),
        ({"question": "甲", "as_of": "2026-13-01"}, "不是真实存在的日期"),
        ({"question": "甲", "as_of": 20261122}, "应当是文字"),
        ({"question": "甲", "asof": "2026-11-22"}, "不认识这一项"),
        ({"question": "甲", "conversation_id": "x" * 129}, "最多 128 个字"),
    ],
)
def test_each_fault_of_a_request_is_named_in_chinese(client, body, told):
    assert told in is_problem(ask(client, **body), 422)["detail"]


def test_a_broken_body_is_a_problem_too(client):
    response = client.post("/api/v1/ask", content="{坏", headers={"content-type": "application/json"})
    assert "不是完整的 JSON" in is_problem(response, 422)["detail"]


@pytest.mark.parametrize("announces", [True, False])
def test_a_body_over_the_cap_is_refused_announced_or_not(client, announces):
    big = b'{"question": "' + b"x" * 70_000 + b'"}'
    content = big if announces else (big[at : at + 1000] for at in range(0, len(big), 1000))
    assert "64 KB" in is_problem(client.post("/api/v1/ask", content=content), 413)["detail"]


def test_documents_and_clauses_are_shown(client):
    documents = client.get("/api/v1/documents", params={"as_of": "2026-11-22"}).json()
    assert [document["status"] for document in documents] == ["draft", "in_force"]
    clause = client.get("/api/v1/clauses/sh-online-economy/16", params={"as_of": "2029-01-01"}).json()
    assert clause["label"] == "(十六)"
    assert clause["document"]["status"] == "expired"
    assert client.get("/api/v1/measures").json() == []


def test_an_unknown_clause_names_its_neighbours(client):
    problem = is_problem(client.get("/api/v1/clauses/sh-online-economy/160"), 404)
    assert "sh-online-economy/16" in problem["detail"]


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere"])
def test_an_unknown_address_is_a_problem(client, path):
    is_problem(client.get(path), 404)


def test_a_wrong_method_is_a_problem(client):
    is_problem(client.get("/api/v1/ask"), 405)


def test_a_live_process_is_healthy_and_a_loaded_one_ready(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["documents"] == 2


def test_a_damaged_index_is_not_ready_and_its_path_is_not_told_to_users():
    client = TestClient(create_app(BrokenApplication()), raise_server_exceptions=False)
    assert client.get("/healthz").status_code == 200
    for response in (client.get("/readyz"), ask(client, question="甲", as_of="2026-11-22")):
        assert "/data/index" not in is_problem(response, 503)["detail"]


class FailingAssistant:
    def ask(self, question):
        raise RuntimeError("secret of the inside")


def test_an_unexpected_failure_tells_nothing_of_the_inside():
    client = TestClient(create_app(FakeApplication(FailingAssistant())), raise_server_exceptions=False)
    response = ask(client, question="甲", as_of="2026-11-22")
    is_problem(response, 500)
    assert "secret" not in response.text


def test_every_response_carries_the_security_headers(client):
    for response in (client.get("/healthz"), client.get("/nowhere"), ask(client)):
        assert "object-src 'none'" in response.headers["content-security-policy"]
        assert "unsafe-eval" not in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"


def test_the_description_is_chinese_and_loads_nothing_from_elsewhere(client):
    description = client.get("/api/openapi.json").json()
    for path in description["paths"].values():
        for operation in path.values():
            assert any("一" <= character <= "鿿" for character in operation["summary"])
    assert client.get("/docs").status_code == 404


def test_slow_answers_do_not_hold_up_one_another_or_the_health_check():
    held = HeldAssistant()
    with TestClient(create_app(FakeApplication(held))) as client, ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, client, question=f"问题{n}", as_of="2026-11-22") for n in range(8)]
        assert soon(lambda: len(held.asked) == 8), "all are worked on at once"
        assert client.get("/healthz").status_code == 200
        held.go.set()
        answers = [each.result().json()["question"] for each in asked]
    assert answers == [f"问题{n}" for n in range(8)]
