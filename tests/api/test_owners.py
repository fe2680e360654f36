"""A conversation belongs to the key that began it: to every other key it does not exist."""

import json
import uuid

import pytest
from fastapi.testclient import TestClient

from assistant.settings import Settings
from tests.api.serving import settings_with
from ui.api import create_app

FIRST, SECOND = "first-key-" * 3, "second-key-" * 3
QUESTION = "长宁区硬核技术攻关自筹800万元能拿多少？"


@pytest.fixture(scope="module")
def application(real_application):
    return real_application


@pytest.fixture
def client(application):
    return TestClient(create_app(application, settings=settings_with(api_keys=f"{FIRST},{SECOND}")))


def by(key):
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def conversation(client):
    """Return the id of a conversation that the first key began."""
    asked = {"question": QUESTION, "conversation_id": str(uuid.uuid4())}
    answer = client.post("/api/v1/ask", json=asked, headers=by(FIRST))
    assert answer.status_code == 200
    return answer.json()["conversation_id"]


def calls(conversation):
    """Give everything that can be done with a conversation."""
    asked = {"question": "换成500万呢", "conversation_id": conversation}
    verdict = {"conversation_id": conversation, "verdict": "bad"}
    return (
        ("POST", "/api/v1/ask", asked),
        ("POST", "/api/v1/ask/stream", asked),
        ("POST", "/api/v1/feedback", verdict),
        ("GET", f"/api/v1/conversations/{conversation}", None),
        ("DELETE", f"/api/v1/conversations/{conversation}", None),
    )


def test_to_another_key_it_is_as_unknown_as_one_that_never_was(client, conversation):
    never = str(uuid.uuid4())
    for (method, path, body), (_, other_path, other_body) in zip(
        calls(conversation), calls(never), strict=True
    ):
        answer = client.request(method, path, json=body, headers=by(SECOND))
        assert answer.status_code == 404, path
        if "ask" in path:
            continue  # with an id nobody has, asking begins a conversation
        unknown = client.request(method, other_path, json=other_body, headers=by(SECOND))
        assert unknown.status_code == 404
        told, told_of_none = answer.json()["detail"], unknown.json()["detail"]
        assert told.replace(conversation, "") == told_of_none.replace(never, "")


def test_nothing_of_it_has_changed_and_its_own_key_goes_on(client, conversation):
    for method, path, body in calls(conversation):
        client.request(method, path, json=body, headers=by(SECOND))
    kept = client.get(f"/api/v1/conversations/{conversation}", headers=by(FIRST)).json()
    assert [turn["question"] for turn in kept["turns"]] == [QUESTION]
    goes_on = client.post("/api/v1/ask", json=calls(conversation)[0][2], headers=by(FIRST)).json()
    assert "150万元" in goes_on["text"]  # 500万元 × 30%: read in the light of the first question
    _, path, verdict = calls(conversation)[2]
    assert client.post(path, json=verdict, headers=by(FIRST)).json()["verdict"] == "bad"
    assert client.delete(f"/api/v1/conversations/{conversation}", headers=by(FIRST)).status_code == 204


def test_conversations_of_the_page_and_of_bots_are_no_key_s(client, application):
    from datetime import date

    from assistant.conversation import Question

    for owner in ("the token of a browser", None):
        own = str(uuid.uuid4())
        application.assistant.ask(Question(QUESTION, date(2026, 11, 22), own, owner=owner))
        for method, path, body in calls(own):
            assert client.request(method, path, json=body, headers=by(FIRST)).status_code == 404, path


def test_the_openai_route_reads_no_conversation_that_is_kept(client, conversation):
    body = {"messages": [{"role": "user", "content": "换成500万呢"}], "conversation_id": conversation}
    answer = client.post("/v1/chat/completions", json=body, headers=by(SECOND))
    assert "150万元" not in json.dumps(answer.json(), ensure_ascii=False)


def test_while_the_database_fails_what_is_remembered_is_told_to_its_owner_alone(tmp_path, monkeypatch):
    from assistant.bootstrap import Application

    (tmp_path / "policy.db").write_text("这不是数据库。" * 100, encoding="utf-8")
    broken = Application(Settings(_env_file=None, data_dir=tmp_path))
    client = TestClient(create_app(broken, settings=settings_with(api_keys=f"{FIRST},{SECOND}")))
    own = str(uuid.uuid4())
    client.post("/api/v1/ask", json={"question": QUESTION, "conversation_id": own}, headers=by(FIRST))
    asked = calls(own)[0][2]
    assert "150万元" in client.post("/api/v1/ask", json=asked, headers=by(FIRST)).text
    assert client.post("/api/v1/ask", json=asked, headers=by(SECOND)).status_code == 404


def test_the_description_names_only_ids_nobody_guesses(client):
    described = json.dumps(client.get("/api/openapi.json").json(), ensure_ascii=False)
    assert "客户" not in described
    examples = [
        part["examples"][0]
        for part in _parts(json.loads(described))
        if "对话" in str(part.get("description")) and isinstance(part.get("examples", [0])[0], str)
    ]
    assert examples
    assert all(uuid.UUID(one) for one in examples)


def _parts(of):
    if isinstance(of, dict):
        yield of
        for one in of.values():
            yield from _parts(one)
    elif isinstance(of, list):
        for one in of:
            yield from _parts(one)
