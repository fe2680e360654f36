"""Signatures, seals and envelopes: ours beside those of the libraries the platforms' users know."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto as WechatpyCrypto
from wechatpy.crypto import WeChatCrypto
from wechatpy.parser import parse_message
from wechatpy.utils import check_signature
from werobot.crypto import PrpCrypto as WerobotCrypto

from ui.bots.envelopes import read_xml, write_xml
from ui.bots.errors import ForgedError, MalformedError, SealError
from ui.bots.sealing import Sealer
from ui.bots.signing import require_fresh, require_signed, signature

KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
RAW_KEY = base64.b64decode(KEY + "=")
APP = "wx49f0ab532d5d035a"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def test_our_signature_is_the_one_others_check():
    check_signature("token", signature("token", "1700000000", "n"), "1700000000", "n")


@pytest.mark.parametrize(
    ("given_signature", "parts"),
    [
        ("", ("token", "1", "n")),
        ("0" * 40, ("token", "1", "n")),
        ("签名", ("token", "1", "n")),
        (signature("", "1", "n"), ("", "1", "n")),
        (signature("token", "1", ""), ("token", "1", "")),
    ],
)
def test_what_is_not_signed_is_refused_and_an_empty_token_signs_nothing(given_signature, parts):
    with pytest.raises(ForgedError):
        require_signed(given_signature, *parts)


@pytest.mark.parametrize("timestamp", ["699", "1301", "1577808000", "", "-1000", "1e3", "１０", "9" * 40])
def test_what_was_signed_long_ago_or_ahead_is_refused(timestamp):
    with pytest.raises(ForgedError):
        require_fresh(timestamp, now=1000.0, window_s=300)


def test_five_minutes_either_way_are_fresh():
    for timestamp in ("700", "1000", "1300"):
        require_fresh(timestamp, now=1000.0, window_s=300)


@given(texts)
def test_what_we_seal_others_open_and_what_others_seal_we_open(text):
    sealer = Sealer(KEY, APP)
    assert WechatpyCrypto(RAW_KEY).decrypt(sealer.seal(text), APP) == text
    assert sealer.open(WechatpyCrypto(RAW_KEY).encrypt(text, APP).decode()) == text
    assert WerobotCrypto(RAW_KEY).decrypt(sealer.seal(text), APP).decode() == text
    assert sealer.open(WerobotCrypto(RAW_KEY).encrypt(text, APP).decode()) == text


def test_a_bot_of_a_company_has_no_receiver():
    assert Sealer(KEY, "").open(WechatpyCrypto(RAW_KEY).encrypt("问", "").decode()) == "问"
    with pytest.raises(SealError):
        Sealer(KEY, "").open(Sealer(KEY, APP).seal("问"))


def test_a_message_for_another_account_is_not_opened():
    with pytest.raises(SealError):
        Sealer(KEY, APP).open(Sealer(KEY, "wx-other").seal("问"))


@given(st.binary(max_size=200))
def test_junk_is_never_opened_and_never_more_than_refused(junk):
    with pytest.raises(SealError):
        Sealer(KEY, APP).open(base64.b64encode(junk).decode())


@pytest.mark.parametrize("junk", ["", "=", "中文", "a" * 43, "%%%%"])
def test_what_is_not_even_base64_is_refused(junk):
    with pytest.raises(SealError):
        Sealer(KEY, APP).open(junk)


@pytest.mark.parametrize("key", ["", "a" * 42, "a" * 44, "a" * 42 + "-"])
def test_a_key_of_another_shape_is_refused(key):
    with pytest.raises(SealError):
        Sealer(key, APP)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_text_survives_our_xml_with_the_section_end_in_it(text):
    words = f"〔1〕{text}]]>{text}]]]]>〔2〕"
    fields = read_xml(write_xml({"MsgType": "text", "Content": words, "CreateTime": 5}))
    expected = "".join(each for each in words if each not in "\ufffe\uffff")
    assert fields == {"MsgType": "text", "Content": expected, "CreateTime": "5"}


def test_our_xml_is_read_by_others():
    fields = {
        "ToUserName": "a",
        "FromUserName": "b",
        "CreateTime": 5,
        "MsgType": "text",
        "Content": "a]]>b",
        "MsgId": 7,
    }
    message = parse_message(write_xml(fields))
    assert (message.content, message.id) == ("a]]>b", 7)


def test_characters_xml_cannot_hold_are_dropped_from_a_reply():
    assert read_xml(write_xml({"Content": "甲\x00乙\x0b丙\ud800"})) == {"Content": "甲乙丙"}


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'


@pytest.mark.parametrize(
    "body",
    [
        LAUGHS,
        OUTSIDE,
        "<!DOCTYPE x><xml/>",
        "",
        "{}",
        "<xml>",
        "<xml>&nbsp;</xml>",
        b"\xff\xfe\x00",
        "<xml>" + "x" * 70_000,
    ],
)
def test_what_is_no_plain_xml_is_refused(body):
    with pytest.raises(MalformedError):
        read_xml(body)


def test_deep_nesting_within_the_cap_is_read_at_once():
    assert read_xml("<a>" * 9000 + "</a>" * 9000) == {"a": ""}


def test_another_library_opens_our_sealed_envelope_with_its_signature():
    sealer = Sealer(KEY, APP)
    sealed = sealer.seal("<xml><Content>好</Content></xml>")
    signed = signature("token", "1700000000", "n", sealed)
    envelope = write_xml({"Encrypt": sealed, "MsgSignature": signed, "TimeStamp": 1700000000, "Nonce": "n"})
    opened = WeChatCrypto("token", KEY, APP).decrypt_message(envelope, signed, "1700000000", "n")
    assert opened == "<xml><Content>好</Content></xml>"
