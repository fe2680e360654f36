"""Verified accounts and 企业微信 apps: accepted at once, answered by messages; what fails is not lost."""

import asyncio
import threading
import time

import httpx
import pytest
from sqlalchemy import func, select

from tests.bots.backends import PacedApplication, bot_settings, bots, serving
from tests.bots.fake_api import FakeApi
from tests.bots.fake_wechat import FakeWeChat
from tests.bots.fake_wecom import AGENT, CORP, FakeWeCom, app_settings
from tests.fakes import GRANT
from tests.patience import soon
from ui.bots.calling import AccessToken, PlatformError
from ui.bots.records import Way
from ui.bots.store import Store
from ui.bots.tables import messages, parts

LOOP = asyncio.Runner()


@pytest.fixture
def application():
    return PacedApplication()


@pytest.fixture
def api():
    return FakeApi()


@pytest.fixture
def verified(application, api, tmp_path):
    with serving(api.app()) as api_base:
        account = {"wechat_verified": True, "wechat_app_secret": "app-secret", "wechat_api": api_base}
        with bots(application, bot_settings(tmp_path, **account)) as base:
            yield FakeWeChat(base)


@pytest.fixture
def wecom(application, api, tmp_path):
    with serving(api.app()) as api_base, bots(application, app_settings(tmp_path, api_base)) as base:
        yield FakeWeCom(base)


def left_for_reply(application):
    """Tell how many answers that were to be sent wait for a message of their user instead."""
    left = select(func.count()).where(messages.c.state == "done", messages.c.way == Way.PASSIVE)
    with Store(application.database.opened()).reading() as connection:
        return connection.scalar(left)


def talk(conversation):
    return LOOP.run(conversation)


def test_a_verified_account_accepts_at_once_and_sends_the_answer_labelled(verified, api, application):
    shown = talk(verified.say("openid-1", "等放行"))
    assert (shown.body, shown.posts) == ("success", 1)
    assert api.texts("openid-1") == []
    application.assistant.go.set()
    assert soon(lambda: api.texts("openid-1"))
    (text,) = api.texts("openid-1")
    assert text.startswith("答：等放行")
    assert api.bodies[0]["aimsgcontext"] == {"is_ai_msg": 1}


def test_typing_is_shown_while_an_answer_takes_its_time(verified, api, application):
    talk(verified.say("u", "等放行"))
    assert soon(lambda: "typing" in api.calls)
    assert "send" not in api.calls
    application.assistant.go.set()
    assert soon(lambda: api.texts("u"))


def test_a_message_posted_again_is_answered_once(verified, api, application):
    async def conversation():
        for _ in range(3):
            await verified.say("u", "等放行", message_id=5)
        application.assistant.go.set()
        await verified.say("u", "乙")  # answered in its turn: what came before it has been sent by then

    talk(conversation())
    assert soon(lambda: any(text.startswith("答：乙") for text in api.texts("u")))
    assert [question.text for question in application.assistant.asked] == ["等放行", "乙"]
    assert len(api.texts("u")) == 2


def test_five_parts_are_sent_and_the_rest_comes_when_asked_for(verified, api):
    async def conversation():
        await verified.say("u", "长长")
        await asyncio.to_thread(soon, lambda: len(api.texts("u")) >= 3)
        return [await verified.say("u", "继续")]

    talk(conversation())
    seen = "".join(api.texts("u"))
    for n in range(1, 70):
        assert seen.count(f"第{n}项支持") == 1


@pytest.mark.parametrize("code", [45015, 45047])
def test_what_may_not_be_sent_to_a_user_comes_with_their_next_message(verified, application, api, code):
    api.rule = code

    async def conversation():
        await verified.say("u", "甲")
        await asyncio.to_thread(soon, lambda: left_for_reply(application))
        api.rule = 0
        return await verified.say("u", "乙")

    shown = talk(conversation())
    assert "您问的“甲”：" in shown.text
    assert "答：甲" in shown.text
    assert "答：乙" not in shown.text
    assert soon(lambda: "答：乙" in "".join(api.texts("u")))


def test_an_account_that_may_not_send_at_all_falls_back_to_replies(verified, application, api):
    api.rule = 48001

    async def conversation():
        await verified.say("u", "甲")
        await asyncio.to_thread(soon, lambda: left_for_reply(application))
        return await verified.say("u", "乙")

    shown = talk(conversation())
    assert "答：甲" in shown.text
    assert "答：乙" in shown.text


def test_a_clause_needs_no_message_of_its_own(verified, api):
    async def conversation():
        await verified.say("u", "甲")
        await asyncio.to_thread(soon, lambda: len(api.sent) == 1)
        return await verified.say("u", "依据1")

    assert GRANT in talk(conversation()).text
    assert len(api.sent) == 1


def test_a_token_that_ended_is_renewed_once(verified, api):
    async def conversation():
        await verified.say("u", "甲")
        await asyncio.to_thread(soon, lambda: len(api.sent) == 1)
        api.revoke()
        await verified.say("u", "乙")

    talk(conversation())
    assert soon(lambda: len(api.sent) == 2)
    assert api.calls.count("token") + api.calls.count("token!") == 2


def test_a_credential_refused_for_ever_is_renewed_once_a_try_and_the_tries_are_apart(
    verified, application, api
):
    def tries():
        with Store(application.database.opened()).reading() as connection:
            return connection.scalar(select(func.max(parts.c.tries))) or 0

    api.rule = 40001
    talk(verified.say("u", "甲"))
    assert soon(lambda: tries() >= 2)
    calls = list(api.calls)
    begun = tries() + 1
    assert 4 <= calls.count("send") <= 2 * begun
    assert len(calls) <= 6 * begun


def test_a_passing_trouble_is_got_over(application, api, tmp_path, wecom):
    api.failing = [-1]
    talk(wecom.say("zhangsan", "甲"))
    assert soon(lambda: api.texts("zhangsan"))


def test_an_app_answers_by_message_and_takes_each_message_once(wecom, api, application):
    async def conversation():
        first = await wecom.say("zhangsan", "贴息多少", message_id=9)
        again = await wecom.say("zhangsan", "贴息多少", message_id=9)
        return first, again, await wecom.say("zhangsan", "乙")

    assert talk(conversation()) == ((200, ""), (200, ""), (200, ""))
    assert soon(lambda: any(text.startswith("答：乙") for text in api.texts("zhangsan")))
    body, _ = api.bodies
    assert (body["agentid"], body["msgtype"], body["touser"]) == (AGENT, "text", "zhangsan")
    assert body["text"]["content"].startswith("答：贴息多少")
    assert [question.text for question in application.assistant.asked] == ["贴息多少", "乙"]


def test_an_app_proves_its_url_with_the_bare_words_and_its_own_company(wecom):
    assert talk(wecom.check("1616140317555161061")) == (200, "1616140317555161061")
    assert talk(wecom.check("1616", receiver="ww-other"))[0] == 400
    assert talk(wecom.check("1616", receiver=CORP, timestamp=1577808000))[0] == 403


def test_an_app_refuses_what_is_not_sealed_for_it(wecom, application):
    assert httpx.post(f"{wecom.base}/wecom/app", content="<xml/>").status_code == 403
    assert talk(wecom.say("u", "问", token="other"))[0] == 403
    assert application.assistant.asked == []


def test_a_hundred_threads_fetch_one_token():
    fetched = []

    def fetch(is_forced):
        fetched.append(is_forced)
        time.sleep(0.05)
        return "token", 7200.0

    token = AccessToken(fetch)
    threads = [threading.Thread(target=token.get) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fetched == [False]


def test_the_same_token_again_after_a_refusal_is_forced_anew():
    answers = iter(["old", "old", "new"])
    forced = []

    def fetch(is_forced):
        forced.append(is_forced)
        return next(answers), 7200.0

    token = AccessToken(fetch)
    token.reject(token.get())
    assert token.get() == "new"
    assert forced == [False, False, True]


def test_a_host_that_is_down_loses_nothing(application, tmp_path):
    account = {"wechat_verified": True, "wechat_app_secret": "s", "wechat_api": "http://127.0.0.1:9"}
    with bots(application, bot_settings(tmp_path, **account)) as base:
        shown = talk(FakeWeChat(base).say("u", "甲"))
    assert shown.body == "success"
    with bots(application, bot_settings(tmp_path)) as base:  # the operator turned sending off
        wechat = FakeWeChat(base)
        assert soon(lambda: "答：甲" in (talk(wechat.say("u", "继续")).text or ""))


def test_errors_of_the_platform_never_carry_its_address():
    from ui.bots.calling import Caller

    with pytest.raises(PlatformError) as caught:
        Caller("http://127.0.0.1:9").get("/cgi-bin/gettoken", corpid="c", corpsecret="very-secret")
    assert "very-secret" not in repr(caught.value)
