"""A language model over real HTTP, behaving and misbehaving: always a reply or a reason, in time."""

from __future__ import annotations

import threading
import time
from contextlib import closing

import pytest
from pydantic import SecretStr

from assistant.adapters.breaker import Breaker
from assistant.adapters.chat_model import ChatModel, ModelSettings
from assistant.ports import LanguageModelError, Message
from tests.patience import PATIENCE_S, soon
from tests.scripted_model import Reply, ScriptedModel, serving

ASKED = (Message("system", "规则"), Message("user", "问题"))
GOOD = Reply("最高三百万元。\n第二行。")


def model_at(script: ScriptedModel, breaker: Breaker | None = None) -> ChatModel:
    return ChatModel(ModelSettings("m", script.url, SecretStr("sk-very-secret"), 77), breaker)


def said(model: ChatModel, within: float = PATIENCE_S) -> str:
    return "".join(model.write(ASKED, within))


def test_a_reply_comes_in_pieces_as_it_is_written() -> None:
    with serving(GOOD) as script:
        pieces = list(model_at(script).write(ASKED, PATIENCE_S))
    assert "".join(pieces) == GOOD.text
    assert len(pieces) > 1
    sent = script.requests[0]
    assert (sent["temperature"], sent["stream"], sent["max_tokens"]) == (0, True, 77)
    assert [one["role"] for one in sent["messages"]] == ["system", "user"]
    assert script.keys == ["Bearer sk-very-secret"]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(""), "空"),
        (Reply("说到一半", finish="length"), "截断"),
        (Reply("说到一半就没了", finish=None), "中断"),
        (Reply("甲" * 40, cut_after=2, finish=None), "中断"),
        (Reply(raw="data: {not json}\n\n"), "格式"),
        (Reply(raw='data: {"choices": "none"}\n\n'), "格式|中断"),
        (Reply(raw="<html>502</html>"), "中断|空|格式"),
        (Reply(status=401), "密钥"),
        (Reply(status=404), "模型"),
        (Reply(status=400), "拒绝"),
        (Reply(status=500), "出错"),
        (Reply(status=429, headers=(("Retry-After", "3600"),)), "次数"),
        (Reply("不宜", finish="content_filter"), "没有作答"),
    ],
)
def test_whatever_goes_wrong_has_a_reason(reply: Reply, why: str) -> None:
    with serving(reply) as script, pytest.raises(LanguageModelError, match=why) as failed:
        said(model_at(script))
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("reply", [Reply(delay=60), Reply(keep_alive=60), Reply("慢" * 4000, drip=0.3)])
def test_a_reply_that_takes_longer_than_allowed_is_not_waited_for(reply: Reply) -> None:
    with serving(reply) as script:
        model = model_at(script)
        _ = model._chat
        started = time.monotonic()
        with pytest.raises(LanguageModelError, match="时间"):
            said(model, within=1.2)
    assert time.monotonic() - started < 60


def test_nothing_listening_is_a_reason_too() -> None:
    model = ChatModel(ModelSettings("m", "http://127.0.0.1:1/v1"))
    with pytest.raises(LanguageModelError, match="连不上"):
        said(model)


def test_a_rate_limit_that_ends_in_time_is_waited_out() -> None:
    with serving(Reply(status=429, headers=(("Retry-After", "0.3"),)), GOOD) as script:
        assert said(model_at(script)) == GOOD.text


def test_a_server_that_fails_once_is_asked_again() -> None:
    with serving(Reply(status=503, headers=(("Retry-After", "0"),)), GOOD) as script:
        assert said(model_at(script)) == GOOD.text


def test_a_refused_key_is_not_tried_again() -> None:
    with serving(Reply(status=401), GOOD) as script:
        with pytest.raises(LanguageModelError):
            said(model_at(script))
        assert len(script.requests) == 1


def test_the_key_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="assistant")
    with serving(Reply(status=500)) as script, pytest.raises(LanguageModelError):
        said(model_at(script))
    assert "secret" not in caplog.text


def test_after_repeated_failures_nobody_is_asked_until_it_has_rested() -> None:
    now = [0.0]
    breaker = Breaker(failures=2, rest=30, clock=lambda: now[0])
    with serving(Reply(status=401), Reply(status=401), GOOD) as script:
        model = model_at(script, breaker)
        for _ in range(4):
            with pytest.raises(LanguageModelError):
                said(model)
        assert len(script.requests) == 2
        now[0] = 31.0
        assert said(model) == GOOD.text
        assert said(model) == GOOD.text


def test_a_failed_try_opens_the_circuit_again_at_once() -> None:
    now = [0.0]
    breaker = Breaker(failures=1, rest=10, clock=lambda: now[0])
    breaker.failed()
    now[0] = 11.0
    assert breaker.allows()
    assert not breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    now[0] = 22.0
    assert breaker.allows()


def test_of_many_threads_one_alone_tries_again() -> None:
    now = [0.0]
    breaker = Breaker(failures=1, rest=10, clock=lambda: now[0])
    breaker.failed()
    now[0] = 11.0
    allowed: list[bool] = []
    threads = [threading.Thread(target=lambda: allowed.append(breaker.allows())) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(allowed) == 1


def test_a_reader_who_leaves_ends_the_request_and_is_no_failure() -> None:
    breaker = Breaker(failures=1)
    with serving(Reply("长" * 700, drip=0.02)) as script:
        with closing(model_at(script, breaker).write(ASKED, PATIENCE_S)) as reply:
            next(reply)
        assert breaker.allows()
        assert soon(lambda: script.dropped == 1)
