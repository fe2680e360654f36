"""A 公众号 through a platform that cuts the line and posts the message again."""

import asyncio
import itertools
import threading
import time

import httpx
import pytest
from sqlalchemy import select

from tests.bots.backends import PacedApplication, bot_settings, bots, on_record
from tests.bots.fake_wechat import APP_ID, KEY, OUT_OF_SERVICE, TOKEN, FakeWeChat
from tests.fakes import GRANT
from tests.patience import PATIENCE_S, soon
from ui.bots import accounts, callbacks
from ui.bots.replies import Replies
from ui.bots.sealing import Sealer
from ui.bots.signing import signature
from ui.bots.store import Store
from ui.bots.tables import parts


@pytest.fixture
def application():
    return PacedApplication()


@pytest.fixture
def base(application, tmp_path):
    with bots(application, bot_settings(tmp_path, bot_hold_s=60)) as address:
        yield address


@pytest.fixture
def wechat(base):
    """A platform without haste."""
    return FakeWeChat(base)


@pytest.fixture
def cutting(application, tmp_path, monkeypatch):
    """A platform that cuts lines, at a server that gives the notice soon on the last post alone."""
    monkeypatch.setattr(accounts, "PATIENCE_S", 60)
    with bots(application, bot_settings(tmp_path)) as address:
        yield FakeWeChat(address)


async def cut_off(wechat, fields, tmp_path, times):
    """Post a message some times, and cut the line each time once the post has been counted."""
    for count in range(1, times + 1):
        await wechat.post_and_cut(
            fields, lambda count=count: count in [row.posts for row in on_record(None, tmp_path)]
        )


LOOP = asyncio.Runner()


def talk(conversation):
    return LOOP.run(conversation)


def asked(application):
    return [question.text for question in application.assistant.asked]


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
def test_a_quick_answer_comes_on_the_first_post_in_the_mode_asked(base, application, mode):
    shown = talk(FakeWeChat(base, mode=mode).say("u1", "贴息多少？"))
    assert shown.posts == 1
    assert shown.text.startswith("答：贴息多少？。最高可获240万元〔1〕。")
    assert "〔1〕《长宁区深入推进人工智能创新产业高质量发展的实施办法（草案）》第七条(一)" in shown.text
    assert "内容由AI生成" in shown.text


@pytest.mark.parametrize("posts", [2, 3])
def test_a_slow_answer_comes_on_the_post_that_is_open_and_is_computed_once(
    wechat, application, tmp_path, posts
):
    async def conversation():
        fields = wechat.text("u1", "等放行")
        await cut_off(wechat, fields, tmp_path, posts - 1)
        last = asyncio.create_task(wechat.post(fields))
        await asyncio.to_thread(soon, lambda: on_record(None, tmp_path)[0].posts == posts)
        application.assistant.go.set()
        return wechat.shown(await last)

    assert talk(conversation()).startswith("答：等放行")
    assert asked(application) == ["等放行"]


@pytest.mark.parametrize("following", ["继续", "第二问"])
def test_an_answer_too_slow_for_every_post_comes_with_the_next_message(
    cutting, application, tmp_path, following
):
    async def conversation():
        fields = cutting.text("u1", "等放行")
        await cut_off(cutting, fields, tmp_path, 2)
        notice = cutting.shown(await cutting.post(fields))
        application.assistant.go.set()
        await asyncio.to_thread(soon, lambda: on_record(None, tmp_path)[0].state == "done")
        return notice, await cutting.say("u1", following)

    notice, second = talk(conversation())
    assert "“等放行”已记下" in notice
    assert "答：等放行" in second.text
    if following == "第二问":
        assert "答：第二问" in second.text
        assert (
            second.text.index("您问的“等放行”：")
            < second.text.index("答：等放行")
            < second.text.index("答：第二问")
        )
    assert sorted(asked(application)) == sorted({"等放行", following} - {"继续"})


def test_a_reply_that_is_ready_only_after_the_line_was_cut_is_not_taken_for_delivered(
    wechat, application, tmp_path, monkeypatch
):
    reached, may_go, gone = threading.Event(), threading.Event(), threading.Event()
    usual, listened = Replies.reply_all, callbacks._hung_up

    async def hung_up(request):
        await listened(request)
        gone.set()

    def late(self, *args, **more):
        reached.set()
        assert may_go.wait(PATIENCE_S)
        return usual(self, *args, **more)

    async def conversation():
        fields = wechat.text("u1", "甲")
        monkeypatch.setattr(Replies, "reply_all", late)
        monkeypatch.setattr(callbacks, "_hung_up", hung_up)
        await wechat.post_and_cut(fields, reached.is_set)
        await asyncio.to_thread(gone.wait, PATIENCE_S)
        monkeypatch.undo()
        may_go.set()
        await asyncio.to_thread(soon, lambda: on_record(None, tmp_path)[0].reply is not None)
        other = await wechat.say("u2", "乙")  # the server has gone on
        return other, delivered(), wechat.shown(await wechat.post(fields))

    def delivered():
        with Store(application.database.opened()).reading() as connection:
            return list(connection.scalars(select(parts.c.delivered_at).where(parts.c.text.contains("甲"))))

    _, before, shown = talk(conversation())
    assert before == [None]
    assert shown.startswith("答：甲")


def test_two_questions_of_one_user_are_both_answered_each_on_its_own(wechat, application):
    async def conversation():
        return await asyncio.gather(wechat.say("u1", "等0.7秒甲"), wechat.say("u1", "等0.2秒乙"))

    first, second = talk(conversation())
    assert "答：等0.7秒甲" in first.text
    assert "答：等0.2秒乙" in second.text
    assert len(asked(application)) == 2


def test_a_second_question_before_a_slow_first_one_is_done_loses_neither(cutting, application, tmp_path):
    async def conversation():
        fields = cutting.text("u1", "等放行甲")
        await cut_off(cutting, fields, tmp_path, 2)
        slow = cutting.shown(await cutting.post(fields))
        quick = await cutting.say("u1", "乙")
        application.assistant.go.set()
        return slow, quick, await cutting.say("u1", "继续")

    slow, quick, later = talk(conversation())
    assert "已记下" in slow
    assert "答：乙" in quick.text
    assert "另有 1 个问题正在处理" in quick.text
    assert "您问的“等放行甲”：" in later.text
    assert "答：等放行甲" in later.text


def test_the_same_message_posted_again_gets_the_same_bytes_and_no_second_computation(
    wechat, application, base
):
    async def conversation(mode):
        wechat.mode = mode
        first = await wechat.say("u1", f"问{mode}", message_id=len(mode))
        fields = {**wechat.envelope("u1"), "CreateTime": 1, "MsgType": "text", "Content": "问", "MsgId": 99}
        bodies = await asyncio.gather(*(wechat.post(fields) for _ in range(5)))
        return first, [*bodies, await wechat.post(fields)]

    for mode in ("plain", "safe"):
        _, bodies = talk(conversation(mode))
        assert len({wechat.shown(body) for body in bodies}) == 1
        if mode == "plain":
            assert len(set(bodies)) == 1
    assert asked(application).count("问") == 1


def test_a_sealed_reply_to_the_same_message_is_the_same_to_the_byte(base, application):
    wechat = FakeWeChat(base, mode="safe")

    async def conversation():
        fields = {**wechat.envelope("u1"), "MsgType": "text", "Content": "问", "MsgId": 7}
        return [await wechat.post(fields) for _ in range(3)]

    assert len(set(talk(conversation()))) == 1


def test_nothing_is_said_twice(wechat, application):
    async def conversation():
        await wechat.say("u1", "甲")
        return await wechat.say("u1", "继续"), await wechat.say("u1", "乙")

    nothing, second = talk(conversation())
    assert "没有还没显示的内容" in nothing.text
    assert "答：甲" not in second.text


def test_a_long_answer_comes_part_by_part_and_none_is_lost(wechat, application):
    async def conversation():
        seen = [await wechat.say("u1", "长")]
        while "回复“继续”" in seen[-1].text:
            seen.append(await wechat.say("u1", "继续"))
        return [each.text for each in seen]

    seen = talk(conversation())
    assert len(seen) > 2
    joined = "".join(seen)
    for n in range(1, 70):
        assert joined.count(f"第{n}项支持最高{n}00万元，草案金额不计入现行合计") == 1
    assert seen[0].startswith("(1/")


def test_the_clause_of_the_last_answer_is_given_word_for_word(wechat):
    async def conversation():
        early = await wechat.say("u1", "依据1")
        await wechat.say("u1", "贴息")
        return (
            early,
            await wechat.say("u1", "依据1"),
            await wechat.say("u1", "依据9"),
            await wechat.say("u2", "依据1"),
        )

    early, clause, wrong, other = talk(conversation())
    assert "还没有可以查看依据的答案" in early.text
    assert GRANT in clause.text
    assert clause.text.startswith("〔1〕《长宁区")
    assert "内容由AI生成" not in clause.text
    assert "没有依据9" in wrong.text
    assert "“依据1”" in wrong.text
    assert "还没有可以查看依据的答案" in other.text


def test_a_conversation_goes_on_until_a_new_one_is_wished_for(wechat, application):
    async def conversation():
        for text in ("甲", "乙", "新对话", "丙"):
            await wechat.say("u1", text)
        await wechat.say("u2", "丁")

    talk(conversation())
    first, second, third, other = (question.conversation_id for question in application.assistant.asked)
    assert first == second
    assert len({first, third, other}) == 3
    assert not any("u1" in each or "u2" in each for each in (first, third, other))


def test_a_wish_for_a_new_conversation_posted_twice_begins_one(wechat, application):
    async def conversation():
        await wechat.say("u1", "新对话", message_id=5)
        await wechat.say("u1", "新对话", message_id=5)
        await wechat.say("u1", "甲")

    talk(conversation())
    assert application.assistant.asked[0].conversation_id.endswith("-1")


def test_speech_is_answered_and_other_kinds_get_a_hint(wechat, application):
    async def conversation():
        spoken = {"MsgType": "voice", "MediaId": "m", "Recognition": "贴息多少", "MsgId": 1}
        silent = {"MsgType": "voice", "MediaId": "m", "MsgId": 2}
        sticker = {"MsgType": "text", "Content": "【收到不支持的消息类型，暂无法显示】", "MsgId": 4}
        picture = {"MsgType": "image", "PicUrl": "http://x", "MsgId": 3}
        return [
            await wechat.deliver({**wechat.envelope("u1"), **each})
            for each in (spoken, silent, picture, sticker)
        ]

    spoken, silent, picture, sticker = talk(conversation())
    assert "答：贴息多少" in spoken.text
    assert "没有听清" in silent.text
    assert "文字" in picture.text
    assert "文字" in sticker.text
    assert asked(application) == ["贴息多少"]


def test_who_subscribes_is_welcomed_and_other_events_are_accepted_silently(wechat):
    async def conversation():
        return (
            await wechat.event("u1", "subscribe"),
            await wechat.event("u1", "unsubscribe"),
            await wechat.event("u1", "CLICK"),
        )

    welcome, left, click = talk(conversation())
    assert "上海惠企政策" in welcome.text
    assert (left.body, click.body) == ("success", "success")


def test_an_answer_with_the_section_end_in_it_is_readable(wechat):
    assert "a]]>b" in talk(wechat.say("u1", "a]]>b")).text


def test_a_failure_is_tried_again_and_then_owned_up_to_without_its_words(wechat, application):
    async def conversation():
        return await wechat.say("u1", "坏一次等0秒"), await wechat.say("u1", "坏掉")

    shown, broken = talk(conversation())
    assert shown.text.startswith("答：坏一次")
    assert asked(application).count("坏一次等0秒") == 2
    assert "没能" in broken.text
    assert "secret" not in broken.text


def test_many_users_at_once_are_all_answered_each_with_their_own(wechat, application):
    async def conversation():
        return await asyncio.gather(*(wechat.say(f"u{n}", f"等0.3秒第{n}号") for n in range(60)))

    for n, shown in enumerate(talk(conversation())):
        assert f"第{n}号。" in shown.text
    assert len(set(asked(application))) == len(asked(application)) == 60


def test_too_many_questions_of_one_user_are_refused_honestly(wechat, application):
    async def conversation():
        asking = [asyncio.create_task(wechat.say("u1", f"等放行第{n}号")) for n in range(9)]
        told = [await each for each in itertools.islice(asyncio.as_completed(asking), 4)]
        application.assistant.go.set()
        return [each.text for each in told], [each.text for each in await asyncio.gather(*asking)]

    refused, all_told = talk(conversation())
    assert all("没有记下" in text for text in refused)
    assert sum("答：等放行" in text for text in all_told) == len(asked(application)) == 5


def test_the_url_check_is_answered_plain_and_sealed(base):
    now = str(int(time.time()))
    query = {"timestamp": now, "nonce": "n", "signature": signature(TOKEN, now, "n"), "echostr": "5837"}
    answer = httpx.get(f"{base}/wechat/official", params=query)
    assert (answer.text, answer.headers["content-type"]) == ("5837", "text/plain; charset=utf-8")
    sealed = Sealer(KEY, APP_ID).seal("5837+/=")
    query = {
        "timestamp": now,
        "nonce": "n",
        "msg_signature": signature(TOKEN, now, "n", sealed),
        "echostr": sealed,
    }
    assert httpx.get(f"{base}/wechat/official", params=query).text == "5837+/="


def refusal(base, query, content):
    answer = httpx.post(f"{base}/wechat/official", params=query, content=content)
    return answer.status_code


def test_forgeries_replays_and_junk_are_refused(base, application):
    plain, safe = FakeWeChat(base), FakeWeChat(base, mode="safe")
    fields = {**plain.envelope("u1"), "MsgType": "text", "Content": "问", "MsgId": 1}
    query, content = plain.signed(fields)
    assert refusal(base, {**query, "signature": "0" * 40}, content) == 403
    assert refusal(base, {}, content) == 403
    assert refusal(base, *plain.signed(fields, timestamp=1577808000)) == 403
    assert refusal(base, query, "<xml>") == 400
    assert refusal(base, query, "<xml><MsgType>text</MsgType></xml>") == 400
    assert refusal(base, query, b"\xff" * 100) == 400
    assert refusal(base, query, "<xml>" + "x" * 70_000 + "</xml>") == 413
    query, content = safe.signed(fields)
    assert refusal(base, {**query, "msg_signature": "0" * 40}, content) == 403
    junk = "QUJD" * 16
    signed = signature(TOKEN, query["timestamp"], query["nonce"], junk)
    assert refusal(base, {**query, "msg_signature": signed}, f"<xml><Encrypt>{junk}</Encrypt></xml>") == 400
    assert asked(application) == []


def test_an_account_in_safe_mode_takes_nothing_in_the_clear(application, tmp_path):
    with bots(application, bot_settings(tmp_path, wechat_safe_only=True)) as base:
        assert talk(FakeWeChat(base).say("u1", "甲")).text == OUT_OF_SERVICE
        assert "答：乙" in talk(FakeWeChat(base, mode="safe").say("u1", "乙")).text


def test_without_settings_nothing_is_mounted(application, tmp_path):
    with bots(
        application, bot_settings(tmp_path, wechat_token="", wechat_aes_key="", wechat_app_id="")
    ) as base:
        for path in ("/wechat/official", "/wecom/app", "/wecom/bot"):
            assert httpx.get(f"{base}{path}").status_code == 404
