"""Many at once: everyone gets their own answer, and the server stays answerable meanwhile."""

import asyncio
import itertools

import httpx

from tests.api.serving import served, settings_with
from tests.fakes import FakeApplication, FakeAssistant, HeldAssistant
from tests.patience import PATIENCE_S
from ui.api import create_app


async def test_three_hundred_at_once_all_get_their_own_answer_while_health_is_told():
    settings = settings_with(api_at_once=16, api_wait_s=PATIENCE_S)
    app = create_app(FakeApplication(FakeAssistant(delay=0.2)), settings=settings)
    limits = httpx.Limits(max_connections=None)
    with served(app) as base:
        async with httpx.AsyncClient(base_url=base, timeout=PATIENCE_S, limits=limits) as client:

            async def ask(n):
                body = {"question": f"自筹{n}万元", "as_of": "2026-11-22"}
                answer = await client.post("/api/v1/ask", json=body)
                return answer.json()["question"]

            asked = [asyncio.create_task(ask(n)) for n in range(300)]
            await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
            assert (await client.get("/healthz")).status_code == 200
            assert not all(task.done() for task in asked)
            assert await asyncio.gather(*asked) == [f"自筹{n}万元" for n in range(300)]


async def test_more_than_may_wait_are_sent_away_and_the_others_answered():
    assistant = HeldAssistant()
    settings = settings_with(api_at_once=2, api_waiting=3, api_wait_s=PATIENCE_S)
    app = create_app(FakeApplication(assistant), settings=settings)
    with served(app) as base:
        async with httpx.AsyncClient(base_url=base, timeout=PATIENCE_S) as client:
            body = {"question": "自筹", "as_of": "2026-11-22"}
            asked = [asyncio.create_task(client.post("/api/v1/ask", json=body)) for _ in range(10)]
            sent_away = [await one for one in itertools.islice(asyncio.as_completed(asked), 5)]
            assistant.go.set()
            answers = await asyncio.gather(*asked)
    assert [answer.status_code for answer in sent_away] == [503] * 5
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [503] * 5
