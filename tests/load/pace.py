"""How many messages a second one, two and four workers answer without a model, beside a bare FastAPI echo."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles

from tests.bots.fake_wechat import FakeWeChat
from tests.bots.processes import ROOT, held_port
from tests.load.product import product

REQUESTS = 200
CLIENTS = 16
QUESTIONS = (
    "长宁区硬核技术攻关自筹{n}万元能拿多少？",
    "工业设计项目贷款贴息{n}万元利息能补多少？",
    "数据产品专项补贴的责任单位是谁？（{n}）",
    "在线新经济政策有效期到什么时候？（{n}）",
)


def pace_lines() -> Iterator[str]:
    """Give a line a number of workers."""
    yield f"默认（无模型）：{REQUESTS} 条消息，{CLIENTS} 位用户轮流，{os.cpu_count()} 核，施压程序同机"
    for count in (1, 2, 4):
        with product(None, "--workers", str(count)) as running:
            ours = _paced(running.base, running.seconds)
        with _echoing(count) as base:
            bare = _paced(base, dict)
        yield f"  {count} 个进程：公众号 {ours}；空 FastAPI {bare}"


def _paced(base: str, spent: Callable[[], dict[str, float]]) -> str:
    asyncio.run(_run(base, 40))  # every worker has loaded what it needs
    begun, before = time.perf_counter(), spent()
    times = sorted(asyncio.run(_run(base, REQUESTS)))
    took, after = time.perf_counter() - begun, spent()
    cost = 1000 * sum(after[name] - before[name] for name in after) / REQUESTS
    told = f"，处理器时间每条 {cost:.0f} 毫秒" if cost else ""
    return f"每秒 {REQUESTS / took:.0f} 条，95% {quantiles(times, n=20)[18] * 1000:.0f} 毫秒{told}"


async def _run(base: str, requests: int) -> list[float]:
    wechat = FakeWeChat(base)
    waiting = iter(range(requests))
    times: list[float] = []

    async def client(who: int) -> None:
        for n in waiting:
            question = QUESTIONS[n % len(QUESTIONS)].format(n=n % 90 + 10)
            shown = await wechat.say(f"openid-{who}-{n}", question)
            assert shown.posts == 1
            assert shown.text
            times.append(shown.seconds)

    await asyncio.gather(*(client(who) for who in range(CLIENTS)))
    await wechat.client.aclose()
    return times


@contextmanager
def _echoing(count: int) -> Iterator[str]:
    held = held_port()
    port = held.getsockname()[1]
    command = [sys.executable, "-m", "tests.load.echo", str(port)]
    running = []
    try:
        for _one in range(count):
            running.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
            stdout = running[-1].stdout
            assert stdout is not None
            assert stdout.readline() == "open\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        for one in running:
            one.kill()
            one.wait()
        held.close()
