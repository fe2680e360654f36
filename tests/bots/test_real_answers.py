"""The real assistant through a 公众号: sums, sources, follow-ups, and the server as it is served."""

import asyncio

import pytest

from assistant.bootstrap import load
from tests.bots.backends import bot_settings, bots, on_record
from tests.bots.fake_wechat import APP_ID, KEY, TOKEN, FakeWeChat
from tests.patience import PATIENCE_S, soon
from tests.serve import serve

LOOP = asyncio.Runner()
HARD = "长宁区做硬核技术攻关，自筹投入800万元，能拿多少？"


def talk(conversation):
    return LOOP.run(conversation)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return bot_settings(tmp_path_factory.mktemp("real"), bot_hold_s=60)


@pytest.fixture(scope="module")
def wechat(settings):
    with bots(load(settings), settings) as base:
        yield FakeWeChat(base)


def test_a_draft_sum_comes_with_its_note_its_source_and_the_clause_word_for_word(wechat):
    async def conversation():
        return await wechat.say("u1", HARD), await wechat.say("u1", "依据1")

    answer, clause = talk(conversation())
    assert "240万元" in answer.text
    assert "草案" in answer.text.split("\n")[0]
    assert "不是现行政策" in answer.text
    assert any(line.startswith("〔1〕") and "第七条(一)" in line for line in answer.text.split("\n"))
    assert "可按项目自筹投入资金总额的30%,给予企业最高不超过300万元的资助" in clause.text


def test_a_follow_up_leans_on_what_was_said_and_a_new_conversation_does_not(wechat):
    async def conversation():
        await wechat.say("u2", HARD)
        further = await wechat.say("u2", "那投入500万元呢？")
        await wechat.say("u2", "新对话")
        return further, await wechat.say("u2", "那投入500万元呢？")

    further, fresh = talk(conversation())
    assert "150万元" in further.text
    assert "150万元" not in fresh.text


def test_what_is_missing_is_asked_and_the_answer_completes_it(wechat):
    async def conversation():
        return await wechat.say("u3", "长宁区硬核技术攻关能拿多少？"), await wechat.say("u3", "自筹600万元")

    asked, told = talk(conversation())
    assert "请问" in asked.text
    assert "300万元" in asked.text
    assert "180万元" in told.text


def test_what_no_document_covers_is_said_so_without_sources(wechat):
    shown = talk(wechat.say("u4", "今天天气怎么样？"))
    assert shown.text
    assert "来源：" not in shown.text


def test_the_server_as_it_is_served_answers_and_stops(tmp_path):
    account = {"POLICY_WECHAT_TOKEN": TOKEN, "POLICY_WECHAT_AES_KEY": KEY, "POLICY_WECHAT_APP_ID": APP_ID}
    environment = {**account, "POLICY_DATA_DIR": str(tmp_path), "POLICY_BOT_HOLD_S": "60"}
    with serve(environment) as (served, base):
        shown = talk(FakeWeChat(base, mode="safe").say("u", HARD))
        served.terminate()
        assert served.wait(PATIENCE_S) in {0, -15}
    assert "240万元" in shown.text


def test_a_question_sent_at_the_heels_of_another_leans_on_it(wechat, settings):
    def count():
        return len(on_record(None, settings.data_dir))

    async def conversation():
        before = count()
        first = asyncio.create_task(wechat.say("u5", HARD))
        await asyncio.to_thread(soon, lambda: count() > before)
        further = await wechat.say("u5", "那投入500万元呢？")
        return await first, further

    first, further = talk(conversation())
    assert "240万元" in first.text
    assert "150万元" in further.text
