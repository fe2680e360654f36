"""What a request passes before it is answered: ids, keys, rates, headers, origins."""

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from assistant.settings import Settings
from tests.api.serving import Failing, served, settings_with
from tests.contract.stores import Clock, server_database
from tests.fakes import FakeApplication
from ui.api import create_app
from ui.api.gate.rates import LibraryWindow
from ui.api.gate.rates_sql import SqlWindow, hits
from ui.api.settings import read_api_settings
from ui.configuration import SettingsError

KEY, OTHER = "k" * 24, "andere-" * 4
QUESTION = {"question": "自筹800万元能拿多少？", "as_of": "2026-11-22"}


def client_with(application=None, **settings):
    app = create_app(application or FakeApplication(), settings=settings_with(**settings))
    return TestClient(app, raise_server_exceptions=False)


def ask(client, **headers):
    return client.post("/api/v1/ask", json=QUESTION, headers=headers)


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def test_a_request_keeps_the_id_it_brings_and_gets_one_otherwise():
    client = client_with()
    assert ask(client, **{"X-Request-ID": "job-7.a:1"}).headers["x-request-id"] == "job-7.a:1"
    first, second = (ask(client).headers["x-request-id"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize("given", ["a b", "x" * 65, '"><script>', "编号".encode()])
def test_an_id_that_could_do_harm_in_a_log_is_replaced(given):
    replaced = ask(client_with(), **{"X-Request-ID": given}).headers["x-request-id"]
    assert len(replaced) == 32
    assert replaced.isalnum()


def test_a_problem_names_the_request_and_even_an_unexpected_one_has_all_headers():
    response = ask(client_with(FakeApplication(Failing())), **{"X-Request-ID": "r-1"})
    assert response.status_code == 500
    assert (response.json()["request_id"], response.headers["x-request-id"]) == ("r-1", "r-1")
    assert "object-src 'none'" in response.headers["content-security-policy"]
    assert "secret" not in response.text


def test_without_keys_everyone_may_ask():
    assert ask(client_with()).status_code == 200


@pytest.mark.parametrize("headers", [bearer(KEY), bearer(OTHER), {"X-API-Key": KEY}])
def test_each_of_several_keys_opens(headers):
    assert ask(client_with(api_keys=f"{KEY}, {OTHER}"), **headers).status_code == 200


@pytest.mark.parametrize("headers", [{}, bearer("x" * 24), bearer(""), {"X-API-Key": f"{KEY},{OTHER}"}])
def test_without_a_right_key_one_is_refused_in_chinese(headers):
    response = ask(client_with(api_keys=f"{KEY},{OTHER}"), **headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "密钥" in response.json()["detail"]
    assert KEY not in response.text


def test_health_and_the_description_need_no_key_but_all_answers_do():
    client = client_with(api_keys=KEY)
    for path in ("/healthz", "/readyz", "/api/openapi.json"):
        assert client.get(path).status_code == 200
    for path in ("/api/v1/documents", "/api/v1/conversations/x", "/v1/models"):
        assert client.get(path).status_code == 401
    assert client.get("/api/openapi.json").json()["security"] == [{"key": []}]


def test_openai_clients_are_refused_in_their_own_shape():
    error = client_with(api_keys=KEY).post("/v1/chat/completions", json={}).json()["error"]
    assert (error["type"], error["code"]) == ("authentication_error", "invalid_api_key")


def test_a_short_key_is_refused_at_the_start_and_not_repeated(monkeypatch):
    monkeypatch.setenv("POLICY_API_KEYS", "short-secret")
    with pytest.raises(SettingsError, match="POLICY_API_KEYS") as raised:
        read_api_settings()
    assert "short-secret" not in str(raised.value)
    assert "至少 16" in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("API_RATE_KEY", "many"), ("API_RATE_STORE", "ftp://x"), ("METRICS", "perhaps"), ("LOG", "xml")],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch, name, value):
    monkeypatch.setenv(f"POLICY_{name}", value)
    with pytest.raises(SettingsError, match=f"POLICY_{name}"):
        read_api_settings()


def test_an_address_that_asks_too_often_is_told_when_to_come_back():
    client = client_with(api_rate_user="2/minute")
    assert [ask(client).status_code for _ in range(3)] == [200, 200, 429]
    refused = ask(client)
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "提问太频繁" in refused.json()["detail"]
    assert client.get("/healthz").status_code == 200


def test_users_of_a_key_are_counted_one_by_one():
    client = client_with(api_keys=KEY, api_rate_user="1/minute")
    codes = [ask(client, **bearer(KEY), **{"X-User-ID": who}).status_code for who in ("a", "b", "a")]
    assert codes == [200, 200, 429]


def test_a_user_named_in_the_body_of_a_completion_counts_too():
    application = FakeApplication()
    application.read_again = lambda questions, as_of: ()
    client = client_with(application, api_keys=KEY, api_rate_user="1/minute")

    def chat(who):
        body = {"messages": [{"role": "user", "content": "自筹"}], "user": who}
        return client.post("/v1/chat/completions", json=body, headers=bearer(KEY))

    assert [chat(who).status_code for who in ("甲", "乙", "甲")] == [200, 200, 429]
    assert chat("甲").json()["error"]["type"] == "rate_limit_error"


def test_one_cannot_escape_the_limit_of_an_address_by_naming_users():
    client = client_with(api_rate_user="1/minute")
    assert [ask(client, **{"X-User-ID": who}).status_code for who in ("a", "b")] == [200, 429]


@pytest.mark.parametrize(("trusted", "codes"), [("127.0.0.1", [200, 200]), ("10.9.9.9", [200, 429])])
def test_an_address_a_proxy_tells_counts_only_where_the_proxy_is_trusted(trusted, codes):
    settings = settings_with(api_rate_user="1/minute", trusted_proxies=trusted)
    with served(create_app(FakeApplication(), settings=settings)) as base:
        asked = [
            httpx.post(f"{base}/api/v1/ask", json=QUESTION, headers={"X-Forwarded-For": who}, timeout=20)
            for who in ("203.0.113.1", "203.0.113.2")
        ]
    assert [response.status_code for response in asked] == codes


def test_a_key_has_a_limit_of_its_own():
    client = client_with(api_keys=f"{KEY},{OTHER}", api_rate_key="2/minute")
    codes = [ask(client, **bearer(key)).status_code for key in (KEY, KEY, KEY, OTHER)]
    assert codes == [200, 200, 429, 200]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def window(request, tmp_path):
    from assistant.adapters.database import create_tables, open_database

    if request.param == "memory":
        yield LibraryWindow("memory://")
        return
    if request.param == "sqlite":
        engine = open_database(None, tmp_path)
        create_tables(engine)
        yield SqlWindow(engine)
        return
    with server_database() as url:
        engine = open_database(url, tmp_path)
        create_tables(engine)
        yield SqlWindow(engine)
        engine.dispose()


def test_a_window_lets_so_many_through_and_says_how_long_to_wait(window):
    assert [window.take("a", 2, 60) for _ in range(2)] == [0, 0]
    assert 0 < window.take("a", 2, 60) <= 60
    assert window.take("b", 2, 60) == 0


def test_a_window_in_the_database_moves_and_keeps_nothing_that_is_over(tmp_path):
    from assistant.adapters.database import create_tables, open_database, reading

    clock, engine = Clock(), open_database(None, tmp_path)
    create_tables(engine)
    window = SqlWindow(engine, clock)
    assert window.take("a", 2, 60) == 0
    clock.now += 40
    assert window.take("a", 2, 60) == 0
    assert window.take("a", 2, 60) == pytest.approx(20)
    clock.now += 20
    assert window.take("a", 2, 60) == 0
    assert window.take("a", 2, 60) == pytest.approx(40)
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(hits)) == 2


def test_workers_that_share_a_database_share_the_limit(tmp_path):
    kept_in = Settings(_env_file=None, data_dir=tmp_path)
    workers = [
        client_with(FakeApplication(settings=kept_in), api_rate_store="database", api_rate_user="3/minute")
        for _ in range(2)
    ]
    assert [ask(workers[n % 2]).status_code for n in range(5)] == [200, 200, 200, 429, 429]


def test_no_other_origin_may_call_unless_a_setting_says_so():
    asked = {"Origin": "https://office.example", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in ask(client_with(), Origin="https://office.example").headers
    open_to = client_with(api_cors="https://office.example", api_keys=KEY)
    allowed = open_to.options("/api/v1/ask", headers=asked)
    assert allowed.headers["access-control-allow-origin"] == "https://office.example"
    other = open_to.options("/api/v1/ask", headers={**asked, "Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
