"""Workers that are killed midway, and several workers behind one port: nothing lost, nothing twice."""

import asyncio
import re
from collections import Counter

import pytest

from tests.bots.fake_wechat import FakeWeChat
from tests.bots.processes import workers
from tests.contract.stores import server_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """What settings lead to the database, SQLite's file being in the data directory."""
    if request.param == "sqlite":
        yield {}
        return
    with server_database() as url:
        yield {"database_url": url}


LOOP = asyncio.Runner()
NUMBER = re.compile(r"第(\d+)号。")


def talk(conversation):
    return LOOP.run(conversation)


async def heard(wechat, user, text, looked_for, **fields):
    """Ask, and go on with “继续” until what is looked for has come; return all that was shown."""
    seen = [(await wechat.say(user, text, **fields)).text or ""]
    async with asyncio.timeout(60):
        while not re.search(looked_for, seen[-1]):
            await asyncio.sleep(0.1)
            seen.append((await wechat.say(user, "继续")).text or "")
    return "\n".join(seen)


def test_a_question_whose_worker_is_killed_is_answered_after_the_restart(tmp_path, database):
    with workers(tmp_path, **database, bot_lease_s=2) as some:
        wechat = FakeWeChat(some.base, cut=1.0)

        async def conversation():
            asking = asyncio.create_task(wechat.say("u", "等1秒甲", message_id=1))
            await asyncio.sleep(0.3)
            some.kill()
            first = await asking
            await asyncio.to_thread(some.start)
            later = await heard(wechat, "u", "继续", "答：")
            return first, later, await wechat.say("u", "等1秒甲", message_id=1)

        first, later, again = talk(conversation())
    assert "答：等1秒甲" not in (first.text or "")
    assert later.count("答：等1秒甲") == 1
    assert "答：等1秒甲" not in (again.text or "")
    assert len(some.asked()) == 2  # the killed one and the one that took over


def test_an_answer_not_yet_fetched_outlives_a_restart(tmp_path, database):
    with workers(tmp_path, **database) as some:
        wechat = FakeWeChat(some.base, cut=1.0)

        async def conversation():
            notice = await wechat.say("u", "等4秒甲")
            await asyncio.sleep(2.5)
            some.kill()
            await asyncio.to_thread(some.start)
            return notice, await wechat.say("u", "乙"), await wechat.say("u", "依据1")

        notice, both, clause = talk(conversation())
    assert "已记下" in notice.text
    assert "答：等4秒甲" in both.text
    assert "答：乙" in both.text
    assert "第七条(一)" in clause.text
    assert some.asked() == ["等4秒甲", "乙"]


@pytest.mark.parametrize("count", [3])
def test_several_workers_compute_each_message_once_and_answer_each_user_once(tmp_path, database, count):
    users = 60
    with workers(tmp_path, count, **database, bot_lease_s=8) as some:
        wechat = FakeWeChat(some.base, cut=1.0)

        async def conversation():
            asking = (heard(wechat, f"u{n}", f"等0.8秒第{n}号", NUMBER) for n in range(users))
            return await asyncio.gather(*asking)

        shown = talk(conversation())
    assert [NUMBER.findall(each) for each in shown] == [[str(n)] for n in range(users)]
    assert set(Counter(some.asked()).values()) == {1}


def test_one_message_posted_to_every_worker_at_once_is_computed_once(tmp_path, database):
    with workers(tmp_path, 3, **database) as some:
        wechat = FakeWeChat(some.base, cut=5.0)

        async def conversation():
            fields = {**wechat.envelope("u"), "MsgType": "text", "Content": "等0.2秒", "MsgId": 4}
            return await asyncio.gather(*(wechat.post(fields) for _ in range(12)))

        bodies = talk(conversation())
    assert len(set(bodies)) == 1
    assert some.asked() == ["等0.2秒"]
