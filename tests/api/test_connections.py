"""Half a request is not waited for; an address has only so many connections; a proxy is one that is named."""

import logging
import socket
import time

import httpx
import pytest

from tests.api.serving import served, settings_with
from tests.fakes import FakeApplication
from tests.patience import PATIENCE_S
from ui.api import create_app
from ui.api.settings import read_api_settings
from ui.configuration import SettingsError

HEAD = b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BODY = '{"question": "自筹800万元能拿多少？"}'.encode()
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY


@pytest.fixture(scope="module")
def base():
    quick = settings_with(header_s=0.4, body_s=0.8, connections=12)
    with served(create_app(FakeApplication(), settings=quick)) as address:
        yield address


def connect(base):
    host, port = base.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=PATIENCE_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def all_of(connection):
    """Return what comes until the other side closes."""
    heard = b""
    try:
        while piece := connection.recv(65536):
            heard += piece
    except ConnectionResetError:
        pass
    return heard


def trickled(connection, data, every_s):
    """Send a byte at a time until the other side closes; return how long that took."""
    begun = time.monotonic()
    try:
        for byte in data:
            connection.send(bytes([byte]))
            time.sleep(every_s)
            connection.setblocking(False)
            try:
                if not connection.recv(1, socket.MSG_PEEK):
                    break
                if b"408" in connection.recv(64, socket.MSG_PEEK):
                    break
            except BlockingIOError:
                pass
            finally:
                connection.setblocking(True)
    except (BrokenPipeError, ConnectionResetError):
        pass
    return time.monotonic() - begun


@pytest.mark.parametrize("sent", [b"", b"P", HEAD, b"\r\n\r\n", HEAD + b"X-Half: "], ids=repr)
def test_a_head_that_does_not_come_whole_ends_the_connection(base, sent):
    with connect(base) as connection:
        begun = time.monotonic()
        connection.send(sent)
        assert b" 408 " in all_of(connection)
        assert 0.3 < time.monotonic() - begun < PATIENCE_S


@pytest.mark.parametrize("path", [b"/api/v1/ask", b"/v1/chat/completions", b"/healthz", b"/nowhere"])
def test_a_body_that_does_not_come_whole_ends_the_connection(base, path, caplog):
    caplog.set_level(logging.ERROR)
    with connect(base) as connection:
        connection.send(HEAD.replace(b"/api/v1/ask", path) + b"Content-Length: 100\r\n\r\n{")
        begun = time.monotonic()
        all_of(connection)
        assert time.monotonic() - begun < PATIENCE_S
    assert not caplog.records


def test_a_head_and_a_body_that_come_by_drops_end_as_well(base):
    with connect(base) as connection:
        assert trickled(connection, HEAD * 50, 0.02) < 5
    with connect(base) as connection:
        connection.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        assert trickled(connection, b"1\r\n{\r\n" * 200, 0.02) < 5


def test_a_head_without_end_is_refused_by_its_length(base):
    with connect(base) as connection:
        connection.send(b"GET /healthz HTTP/1.1\r\n")
        try:
            for n in range(3000):
                connection.send(b"X-%d: %s\r\n" % (n, b"a" * 100))
        except (BrokenPipeError, ConnectionResetError):
            return
        assert b" 431 " in all_of(connection)


def test_who_sends_in_time_is_answered_over_and_over_on_one_connection(base):
    with connect(base) as connection:
        for _ in range(3):
            connection.send(WHOLE[:40])
            time.sleep(0.1)
            connection.send(WHOLE[40:-5])
            time.sleep(0.1)
            connection.send(WHOLE[-5:])
            heard = b""
            while not heard.endswith(b"}"):
                heard += connection.recv(65536)
            assert heard.startswith(b"HTTP/1.1 200")
            time.sleep(0.6)  # longer than a head may take: nothing has been begun yet


def test_an_answer_that_takes_longer_than_a_request_may_is_not_cut():
    slow = FakeApplication()
    slow.assistant.delay = 1.0
    quick = settings_with(header_s=0.2, body_s=0.2)
    with served(create_app(slow, settings=quick)) as base:
        asked = httpx.post(f"{base}/api/v1/ask", json={"question": "自筹800万元能拿多少？"})
        assert asked.status_code == 200


def test_one_address_has_only_so_many_connections_and_others_their_own(base):
    held = [connect(base) for _ in range(12)]
    time.sleep(0.05)
    with connect(base) as one_more:
        assert b" 429 " in all_of(one_more)
    for connection in held:
        connection.close()
    time.sleep(0.1)
    with connect(base) as connection:
        connection.send(WHOLE.replace(b"Host: x", b"Host: x\r\nConnection: close"))
        assert all_of(connection).startswith(b"HTTP/1.1 200")


def test_a_proxy_that_is_named_is_not_counted():
    settings = settings_with(connections=2, trusted_proxies="127.0.0.0/8")
    with served(create_app(FakeApplication(), settings=settings)) as base:
        held = [connect(base) for _ in range(10)]
        assert httpx.get(f"{base}/healthz").status_code == 200
        for connection in held:
            connection.close()


@pytest.mark.parametrize(
    ("proxies", "are_told_apart"), [("", False), ("192.0.2.1", False), ("127.0.0.1", True), ("*", True)]
)
def test_a_forwarded_address_counts_only_where_a_named_proxy_brings_it(proxies, are_told_apart):
    settings = settings_with(api_rate_user="2/minute", trusted_proxies=proxies)
    with served(create_app(FakeApplication(), settings=settings)) as base:
        answers = [
            httpx.get(f"{base}/api/v1/measures", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
            for n in range(4)
        ]
    assert answers == ([200] * 4 if are_told_apart else [200, 200, 429, 429])


def test_what_is_no_address_is_no_proxy(monkeypatch):
    monkeypatch.setenv("POLICY_TRUSTED_PROXIES", "nginx")
    with pytest.raises(SettingsError, match="POLICY_TRUSTED_PROXIES（应为逗号分隔的地址或网段"):
        read_api_settings()
