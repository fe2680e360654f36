"""Workers that are killed midway, and several workers behind one port: nothing lost, nothing twice."""

import asyncio
import re
from collections import Counter

import pytest

from tests.bots.backends import on_record
from tests.bots.fake_wechat import OUT_OF_SERVICE, FakeWeChat
from tests.bots.processes import workers
from tests.contract.stores import server_database
from tests.patience import PATIENCE_S, soon


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
    async with asyncio.timeout(PATIENCE_S):
        while not re.search(looked_for, seen[-1]):
            await asyncio.sleep(0.1)
            seen.append((await wechat.say(user, "继续")).text or "")
    return "\n".join(seen)


def test_a_question_whose_worker_is_killed_is_answered_after_the_restart(tmp_path, database):
    with workers(tmp_path, **database, bot_lease_s=2) as some:
        wechat = FakeWeChat(some.base)

        async def conversation():
            asking = asyncio.create_task(wechat.say("u", "等放行甲", message_id=1))
            await asyncio.to_thread(soon, some.asked)
            some.kill()
            first = await asking
            await asyncio.to_thread(some.start)
            some.let_go()
            later = await heard(wechat, "u", "继续", "答：")
            return first, later, await wechat.say("u", "等放行甲", message_id=1)

        first, later, again = talk(conversation())
    assert first.text == OUT_OF_SERVICE
    assert later.count("答：等放行甲") == 1
    assert "答：等放行甲" not in (again.text or "")
    assert len(some.asked()) == 2  # the killed one and the one that took over


def test_an_answer_not_yet_fetched_outlives_a_restart(tmp_path, database):
    with workers(tmp_path, **database) as some:
        wechat = FakeWeChat(some.base)
        kept_in = database.get("database_url")

        async def conversation():
            notice = await wechat.say("u", "等放行甲")
            some.let_go()
            await asyncio.to_thread(soon, lambda: on_record(kept_in, tmp_path)[0].state == "done")
            some.kill()
            await asyncio.to_thread(some.start)
            return notice, await heard(wechat, "u", "乙", "答：乙"), await wechat.say("u", "依据1")

        notice, both, clause = talk(conversation())
    assert "已记下" in notice.text
    assert "答：等放行甲" in both
    assert "答：乙" in both
    assert "第七条(一)" in clause.text
    assert some.asked() == ["等放行甲", "乙"]


def test_several_workers_compute_each_message_once_and_answer_each_user_once(tmp_path, database):
    users = range(24)
    with workers(tmp_path, 3, **database, bot_lease_s=60) as some:
        wechat = FakeWeChat(some.base)

        async def conversation():
            texts = [f"等放行第{n}号" for n in users]
            first = [asyncio.create_task(wechat.say(f"u{n}", texts[n], message_id=n + 1)) for n in users]
            kept_in = database.get("database_url")
            await asyncio.to_thread(soon, lambda: len(on_record(kept_in, tmp_path)) == len(users))
            for posting in first:  # the platform cuts every line, and posts again to whichever worker
                posting.cancel()
            some.let_go()
            again = (heard(wechat, f"u{n}", texts[n], NUMBER, message_id=n + 1) for n in users)
            return await asyncio.gather(*again)

        shown = talk(conversation())
    assert [NUMBER.findall(each) for each in shown] == [[str(n)] for n in users]
    assert set(Counter(some.asked()).values()) == {1}


def test_one_message_posted_to_every_worker_at_once_is_computed_once(tmp_path, database):
    with workers(tmp_path, 3, **database, bot_hold_s=60, bot_lease_s=60) as some:
        wechat = FakeWeChat(some.base)

        async def conversation():
            fields = wechat.text("u", "等0.2秒")
            return await asyncio.gather(*(wechat.post(fields) for _ in range(12)))

        bodies = talk(conversation())
    assert len(set(bodies)) == 1
    assert some.asked() == ["等0.2秒"]
