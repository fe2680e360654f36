"""A 智能机器人: a stream that is polled for, never blank, once to the end, and late by its own address."""

import asyncio

import pytest

from tests.bots.backends import CLOSE, PacedApplication, bots, serving
from tests.bots.fake_api import FakeApi
from tests.bots.fake_wecom import FakeWeCom, app_settings
from tests.fakes import GRANT
from tests.patience import PATIENCE_S, soon
from ui.bots import wecom_bot

LOOP = asyncio.Runner()


@pytest.fixture
def application():
    return PacedApplication()


@pytest.fixture
def api():
    return FakeApi()


@pytest.fixture
def api_base(api):
    with serving(api.app()) as base:
        yield base


@pytest.fixture
def wecom(application, api_base, tmp_path, monkeypatch):
    """A bot in no haste: what is quick here comes on the first post on any machine."""
    monkeypatch.setattr(wecom_bot, "FIRST_HOLD_S", PATIENCE_S)
    with bots(application, app_settings(tmp_path, api_base, bot_hold_s=60)) as base:
        yield FakeWeCom(base)


@pytest.fixture
def polled(application, api_base, tmp_path):
    """A bot that leaves what takes its time to the polls."""
    with bots(application, app_settings(tmp_path, api_base, bot_hold_s=0.2)) as base:
        yield FakeWeCom(base)


@pytest.fixture
def closing(application, api_base, tmp_path):
    """A bot whose streams have to close soon."""
    with bots(application, app_settings(tmp_path, api_base, bot_hold_s=0.2, bot_stream_s=0.5)) as base:
        yield FakeWeCom(base)


def talk(conversation):
    return LOOP.run(conversation)


async def to_the_end(wecom, said, user="u"):
    """Poll until the stream is finished; return everything shown."""
    shown = [said["stream"]]
    while not shown[-1]["finish"]:
        await asyncio.sleep(0.1)
        shown.append((await wecom.poll(user, shown[0]["id"]))["stream"])
    return shown


async def fetched(wecom, user="u"):
    """Say “继续” until an answer comes; return what was shown with it."""
    async with asyncio.timeout(PATIENCE_S):
        while "答：" not in (said := await wecom.ask_bot(user, "继续"))["stream"]["content"]:
            await asyncio.sleep(0.1)
    return said["stream"]["content"]


def test_a_quick_answer_needs_no_poll(wecom):
    said = talk(wecom.ask_bot("u", "贴息多少"))
    assert said["stream"]["finish"]
    assert said["stream"]["content"].startswith("答：贴息多少")
    assert said["stream"]["feedback"]["id"]


def test_a_slow_answer_is_polled_for_and_computed_once(polled, application):
    async def conversation():
        said = await polled.ask_bot("u", "等放行")
        poll = await polled.poll("u", said["stream"]["id"])
        application.assistant.go.set()
        return said["stream"], poll["stream"], (await to_the_end(polled, said))[-1]

    first, second, last = talk(conversation())
    assert (first["content"], first["finish"]) == ("正在查找条款……", False)
    assert (second["content"], second["finish"]) == ("正在查找条款……", False)
    assert last["content"].startswith("答：等放行")
    assert len(application.assistant.asked) == 1


def test_a_poll_after_the_end_shows_the_same_again(wecom):
    async def conversation():
        said = await wecom.ask_bot("u", "甲")
        return said, await wecom.poll("u", said["stream"]["id"])

    said, again = talk(conversation())
    assert again["stream"] == said["stream"]


def test_the_same_message_posted_again_keeps_its_stream(wecom, application):
    async def conversation():
        return [await wecom.ask_bot("u", "甲", msgid="same") for _ in range(3)]

    first, *others = talk(conversation())
    assert all(one["stream"] == first["stream"] for one in others)
    assert len(application.assistant.asked) == 1


def test_a_long_answer_is_one_message_here(wecom):
    said = talk(wecom.ask_bot("u", "长"))
    for n in range(1, 70):
        assert said["stream"]["content"].count(f"第{n}项支持") == 1


def test_an_answer_after_the_stream_has_to_close_comes_late_by_its_address(
    closing, application, api, api_base
):
    url = f"{api_base}/cgi-bin/aibot/response?response_code=1"

    async def conversation():
        shown = await to_the_end(closing, await closing.ask_bot("u", "等放行", response_url=url))
        application.assistant.go.set()
        return shown

    shown = talk(conversation())
    assert "另外发给您" in shown[-1]["content"]
    assert soon(lambda: api.texts("late"))
    assert "您问的“等放行”：" in api.texts("late")[0]
    assert "答：等放行" in api.texts("late")[0]
    assert len(api.sent) == 1


@pytest.mark.parametrize("url", ["", "http://evil.example/cgi-bin/aibot/response?response_code=1"])
def test_an_address_elsewhere_is_never_asked_and_the_answer_comes_with_the_next_message(
    closing, application, api, url
):
    async def conversation():
        shown = await to_the_end(closing, await closing.ask_bot("u", "等放行", response_url=url))
        application.assistant.go.set()
        return shown[-1]["content"], await fetched(closing)

    closed, answer = talk(conversation())
    assert "另外发给您" in closed
    assert "答：等放行" in answer
    assert api.calls == []


def test_the_clause_behind_an_answer_is_shown_here_too(wecom):
    async def conversation():
        await wecom.ask_bot("u", "甲")
        return await wecom.ask_bot("u", "依据1")

    assert GRANT in talk(conversation())["stream"]["content"]


def test_in_a_group_the_mark_that_calls_the_bot_is_no_part_of_the_question(wecom, application):
    async def conversation():
        await wecom.ask_bot("u", "@政策助手 贴息多少", chattype="group", chatid="g1")
        await wecom.ask_bot("u", "甲")

    talk(conversation())
    in_group, alone = application.assistant.asked
    assert in_group.text == "贴息多少"
    assert in_group.conversation_id != alone.conversation_id


def test_other_kinds_get_a_hint_and_who_enters_is_welcomed(wecom):
    async def conversation():
        one = {"msgid": "1", "from": {"userid": "u"}, "aibotid": "b"}
        picture = await wecom.post_bot({**one, "msgtype": "image", "image": {"url": "http://x"}})
        mixed = {"msg_item": [{"msgtype": "text", "text": {"content": "贴息"}}, {"msgtype": "image"}]}
        both = await wecom.post_bot({**one, "msgid": "2", "msgtype": "mixed", "mixed": mixed})
        entered = await wecom.post_bot({**one, "msgtype": "event", "event": {"eventtype": "enter_chat"}})
        return picture, both, entered

    picture, both, entered = talk(conversation())
    assert "文字" in picture["stream"]["content"]
    assert both["stream"]["content"].startswith("答：贴息")
    assert "上海惠企政策" in entered["text"]["content"]


def test_a_verdict_is_kept_the_last_one_counts_and_can_be_withdrawn(wecom, application):
    async def verdict(key, kind, **more):
        event = {"eventtype": "feedback_event", "feedback_event": {"id": key, "type": kind, **more}}
        return await wecom.post_bot(
            {"msgtype": "event", "from": {"userid": "u"}, "aibotid": "b", "event": event}
        )

    async def conversation():
        key = (await wecom.ask_bot("u", "甲"))["stream"]["id"]
        assert await verdict(key, 1) == {}
        await verdict(key, 2, content="少了条件", inaccurate_reason_list=[2])
        return key

    key = talk(conversation())
    conversation_id = application.assistant.asked[0].conversation_id
    (kept,) = application.feedback.given(conversation_id)
    assert (kept.is_good, kept.reason, kept.question) == (False, "内容不完整；少了条件", "甲")
    assert kept.answer_text.startswith("答：甲")
    talk(verdict(key, 3))
    assert application.feedback.given(conversation_id) == ()


def test_the_url_check_is_answered_while_every_question_is_still_being_worked_on(polled, application):
    """The platform gives the check one second: it must not wait for anything."""

    async def conversation():
        await asyncio.gather(*(polled.ask_bot(f"u{n}", "等放行") for n in range(CLOSE["bot_threads"] + 1)))
        return await polled.check("5837", receiver="", path="bot")

    assert talk(conversation()) == (200, "5837")
    application.assistant.go.set()


def test_an_unknown_stream_is_closed_with_words(wecom):
    said = talk(wecom.poll("u", "never-begun"))
    assert said["stream"]["finish"]
    assert "过期" in said["stream"]["content"]


def test_an_answer_being_written_is_shown_as_far_as_it_is(polled, application):
    async def conversation():
        said = await polled.ask_bot("u", "慢慢说")
        shown = said["stream"]
        async with asyncio.timeout(PATIENCE_S):
            while not shown["content"].startswith("答："):
                shown = (await polled.poll("u", said["stream"]["id"]))["stream"]
        application.assistant.go.set()
        return shown, (await to_the_end(polled, said))[-1]

    begun, whole = talk(conversation())
    assert not begun["finish"]
    assert "来源：" not in begun["content"]
    assert "来源：" in whole["content"]


def test_a_verdict_on_nothing_of_ours_is_let_be(wecom):
    event = {"eventtype": "feedback_event", "feedback_event": {"id": "never", "type": 1}}
    assert talk(wecom.post_bot({"msgtype": "event", "from": {"userid": "u"}, "event": event})) == {}
