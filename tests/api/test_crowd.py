"""Many at once: everyone gets their own answer, and the server stays answerable meanwhile."""

import asyncio

import httpx

from tests.api.serving import served, settings_with
from tests.fakes import FakeApplication, FakeAssistant
from ui.api import create_app


async def test_three_hundred_at_once_all_get_their_own_answer_while_health_is_told():
    app = create_app(FakeApplication(FakeAssistant(delay=0.2)), settings=settings_with(api_at_once=16))
    limits = httpx.Limits(max_connections=None)
    with served(app) as base:
        async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits) as client:

            async def ask(n):
                body = {"question": f"自筹{n}万元", "as_of": "2026-11-22"}
                answer = await client.post("/api/v1/ask", json=body)
                return answer.json()["question"]

            asked = [asyncio.create_task(ask(n)) for n in range(300)]
            await asyncio.sleep(0.5)
            assert (await client.get("/healthz")).status_code == 200
            assert not all(task.done() for task in asked)
            assert await asyncio.gather(*asked) == [f"自筹{n}万元" for n in range(300)]


async def test_more_than_may_wait_are_sent_away_and_the_others_answered():
    settings = settings_with(api_at_once=2, api_waiting=3)
    app = create_app(FakeApplication(FakeAssistant(delay=0.5)), settings=settings)
    with served(app) as base:
        async with httpx.AsyncClient(base_url=base, timeout=60) as client:
            body = {"question": "自筹", "as_of": "2026-11-22"}
            answers = await asyncio.gather(*(client.post("/api/v1/ask", json=body) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [503] * 5
