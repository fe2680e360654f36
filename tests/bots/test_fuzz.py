"""Whatever is posted to the callbacks, signed or not: an answer at once, never an error of ours."""

import json
import time
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bots.backends import PacedApplication, bot_settings, bots_app
from tests.bots.fake_wechat import APP_ID, KEY, TOKEN
from tests.bots.fake_wecom import CORP, app_settings
from tests.bots.fake_wecom import TOKEN as WECOM_TOKEN
from ui.bots.envelopes import write_xml
from ui.bots.sealing import Sealer
from ui.bots.signing import signature

REFUSED = {400, 403, 405, 413, 422}
ALLOWED = {200, 204, *REFUSED}
MANY = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = st.sampled_from(
    [
        "ToUserName",
        "FromUserName",
        "MsgType",
        "Content",
        "MsgId",
        "CreateTime",
        "Event",
        "Recognition",
        "Encrypt",
    ]
)
kinds = st.sampled_from(["text", "voice", "image", "event", "TEXT", "", "link"])
events = st.sampled_from(["subscribe", "CLICK", "", "unsubscribe"])
fields = st.dictionaries(names, words, max_size=9)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=8,
)
bot_fields = st.dictionaries(
    st.sampled_from(
        [
            "msgid",
            "msgtype",
            "from",
            "text",
            "voice",
            "mixed",
            "stream",
            "event",
            "chattype",
            "chatid",
            "response_url",
        ]
    ),
    json_values | st.sampled_from(["text", "stream", "event", "mixed", "voice", "group"]),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    directory = tmp_path_factory.mktemp("fuzz")
    wecom = app_settings(directory, "http://127.0.0.1:9").model_dump(
        include={"wecom_corp_id", "wecom_app_agent_id"}
    )
    secrets = {"wecom_app_secret": "s", "wecom_app_token": WECOM_TOKEN, "wecom_app_aes_key": KEY}
    bot = {"wecom_bot_token": WECOM_TOKEN, "wecom_bot_aes_key": KEY, "wecom_api": "http://127.0.0.1:9"}
    configured = bot_settings(directory, **wecom, **secrets, **bot, bot_hold_s=0.2, bot_posts=1)
    application = PacedApplication()
    with TestClient(bots_app(application, configured), raise_server_exceptions=False) as opened:
        yield opened


@contextmanager
def at_once():
    """What is posted must not cost much; the processor's time is the same on a busy machine."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < 3


@MANY
@given(
    st.sampled_from(["/wechat/official", "/wecom/app", "/wecom/bot"]),
    st.dictionaries(
        st.sampled_from(["signature", "msg_signature", "timestamp", "nonce", "echostr", "encrypt_type"]),
        words,
    ),
    st.binary(max_size=300) | words.map(str.encode),
    st.sampled_from(["GET", "POST", "PUT"]),
)
def test_unsigned_junk_is_refused(client, path, query, body, method):
    with at_once():
        assert client.request(method, path, params=query, content=body).status_code in REFUSED


@MANY
@given(fields, kinds, events, st.booleans(), st.booleans())
def test_any_signed_message_is_answered(client, given_fields, kind, event, is_whole, is_sealed):
    message = {**given_fields, "MsgType": kind, "Event": event}
    message |= {"FromUserName": "u", "ToUserName": "gh"} if is_whole else {}
    at = str(int(time.time()))
    query = {"timestamp": at, "nonce": "n", "signature": signature(TOKEN, at, "n")}
    body = write_xml(message)
    if is_sealed:
        sealed = Sealer(KEY, APP_ID).seal(body)
        query |= {"encrypt_type": "aes", "msg_signature": signature(TOKEN, at, "n", sealed)}
        body = write_xml({"Encrypt": sealed})
    with at_once():
        assert client.post("/wechat/official", params=query, content=body.encode()).status_code in ALLOWED


@MANY
@given(fields, kinds, st.binary(max_size=200), st.booleans())
def test_anything_sealed_for_the_app_is_answered(client, given_fields, kind, junk, is_junk):
    text = junk.decode("latin-1") if is_junk else write_xml({**given_fields, "MsgType": kind})
    query, sealed = sealed_for(CORP, text)
    with at_once():
        assert (
            client.post("/wecom/app", params=query, content=write_xml({"Encrypt": sealed})).status_code
            in ALLOWED
        )


@MANY
@given(bot_fields | json_values, st.booleans())
def test_anything_sealed_for_the_bot_is_answered(client, message, is_whole):
    if is_whole and isinstance(message, dict):
        message = {"msgtype": "text", "from": {"userid": "u"}, **message}
    query, sealed = sealed_for("", json.dumps(message))
    with at_once():
        assert client.post("/wecom/bot", params=query, json={"encrypt": sealed}).status_code in ALLOWED


def sealed_for(receiver, text):
    sealed, at = Sealer(KEY, receiver).seal(text), str(int(time.time()))
    return {"timestamp": at, "nonce": "n", "msg_signature": signature(WECOM_TOKEN, at, "n", sealed)}, sealed
