"""What the page's script could not have sent is refused with 4xx; what it does send goes through."""

import json
import random
import uuid

import httpx
import pytest

from tests.api.serving import served, settings_with
from tests.fakes import FakeApplication
from ui.serving import create_server_app

JOIN = "/gradio_api/queue/join"
BROUGHT_ALONG = (
    *("/gradio_api/upload", "/gradio_api/run/ask", "/gradio_api/api/ask", "/gradio_api/call/ask"),
    *("/gradio_api/call/v2/ask", "/gradio_api/component_server", "/gradio_api/process_recording"),
    *("/gradio_api/stream/x", "/gradio_api/vibe-edit", "/login", "/gradio_api/run-history/connect"),
    *("/gradio_api/profiling/clear", "/../etc/passwd", "/nowhere"),
)
TO_READ = (
    *("/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://127.0.0.1:9/", "/gradio_api/deep_link"),
    *("/monitoring", "/gradio_api/runs", "/openapi.json", "/gradio_api/openapi.json", "/svelte/x"),
    *("/custom_component/a/b/c/d", "/gradio_api/dev/reload", "/static/..%2f..%2fetc/passwd", "/static/%00"),
    *("/assets/..%2f..%2f..%2fetc%2fpasswd", "/gradio_api/queue/data", "/gradio_api/queue/status"),
)
BODIES = (b"", b"{", b"null", b"[]", b'"x"', b"1", b"\xff\xfe", b"{}", b"[" * 5000, b'{"a":NaN}')


@pytest.fixture(scope="module")
def client():
    with served(create_server_app(FakeApplication(), settings_with(page_rate=""))) as base:
        yield httpx.Client(base_url=base, timeout=20)


def asking(client):
    """Return a call that asks, as the page's script writes it."""
    config = client.get("/config").json()
    send = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "pa-send")
    found = next(one for one in config["dependencies"] if [send, "click"] in map(list, one["targets"]))
    return {
        "data": ["自筹800万元能拿多少？", "", None, {}],
        "fn_index": found["id"],
        "session_hash": uuid.uuid4().hex,
        "event_data": None,
        "trigger_id": send,
    }


@pytest.mark.parametrize("path", BROUGHT_ALONG)
def test_routes_the_page_does_not_use_are_not_there(client, path):
    for body in BODIES:
        answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in {404, 405}, body


@pytest.mark.parametrize("path", TO_READ)
def test_nothing_else_can_be_read_there(client, path):
    answer = client.get(path)
    assert 400 <= answer.status_code < 500
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", [JOIN, f"{JOIN}/", "/gradio_api/cancel", "/gradio_api/reset"])
@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:10]))
def test_what_is_no_call_is_refused(client, path, body):
    answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "change",
    [
        *[{"fn_index": one} for one in (99_999, -1, 10**30, None, "0", 1.5, True, [0])],
        *[{"data": one} for one in (None, "abc", {}, [], [None] * 3, [None] * 500)],
        *[{"data": [one, "", None, {}]} for one in (1, [], {}, True, ["x"], "半个字\ud800")],
        *[{"data": ["问", "", None, one]} for one in ("x", [], 3, {"owner": 1}, {"owner": {"a": 1}})],
        *[{"session_hash": one} for one in (None, 1, "", "a" * 65, "a/b", "../x", "编号", [])],
        *[{"trigger_id": one} for one in ("x", True, [], 1.5)],
        {"event_data": "x" * 20_000},
    ],
    ids=lambda change: repr(change)[:40],
)
def test_a_call_that_does_not_fit_its_handler_is_refused(client, change):
    answer = client.post(JOIN, content=json.dumps({**asking(client), **change}))
    assert answer.status_code == 422
    assert answer.json()["detail"] == "这不是本页面发出的请求，请刷新页面后重试。"


def test_calls_broken_at_random_are_never_a_fault_of_ours(client):
    whole = json.dumps(asking(client)).encode()
    chance = random.Random(20261201)
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        answer = client.post(JOIN, content=bytes(broken), headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, bytes(broken)


def test_what_the_page_sends_goes_through(client):
    assert client.post(JOIN, json=asking(client)).status_code == 200


def test_questions_on_the_page_count_as_those_of_the_interface():
    limited = settings_with(api_rate_user="3/minute", page_rate="")
    with served(create_server_app(FakeApplication(), limited)) as base, httpx.Client(base_url=base) as client:
        call = asking(client)
        codes = [client.post(JOIN, json=call).status_code for _ in range(2)]
        codes.append(client.post("/api/v1/ask", json={"question": "自筹800万元能拿多少？"}).status_code)
        refused = client.post(JOIN, json=call)
    assert codes == [200, 200, 200]
    assert refused.status_code == 429
    assert "提问太频繁" in refused.json()["detail"]
    assert int(refused.headers["retry-after"]) > 0


def test_every_call_of_the_page_counts_by_address():
    limited = settings_with(page_rate="5/minute", trusted_proxies="127.0.0.1")
    with served(create_server_app(FakeApplication(), limited)) as base, httpx.Client(base_url=base) as client:
        call = asking(client)
        codes = [client.post(JOIN, json=call).status_code for _ in range(7)]
        other = client.post(JOIN, json=call, headers={"X-Forwarded-For": "203.0.113.9"})
    assert codes == [200] * 5 + [429] * 2
    assert other.status_code == 200
