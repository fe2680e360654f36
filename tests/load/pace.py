"""How many messages a second one, two and four workers answer without a model, beside a bare FastAPI echo."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

from tests.bots.fake_wechat import FakeWeChat
from tests.bots.processes import ROOT

REQUESTS = 600
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
        told = [
            f"{name} {_paced(what, count)}" for what, name in (("bots", "公众号"), ("echo", "空 FastAPI"))
        ]
        yield f"  {count} 个进程：{'；'.join(told)}"


def _paced(what: str, count: int) -> str:
    with tempfile.TemporaryDirectory() as directory, _workers(what, Path(directory), count) as base:
        asyncio.run(_run(base, 40))  # every worker has loaded what it needs
        begun = time.perf_counter()
        times = sorted(asyncio.run(_run(base, REQUESTS)))
        took = time.perf_counter() - begun
    return f"每秒 {REQUESTS / took:.0f} 条，95% {quantiles(times, n=20)[18] * 1000:.0f} 毫秒"


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
def _workers(what: str, directory: Path, count: int) -> Iterator[str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "tests.load.workers", what, str(directory), str(port)]
    running = []
    try:
        for _ in range(count):  # the first builds the index, the others find it
            running.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
            stdout = running[-1].stdout
            assert stdout is not None
            assert stdout.readline() == "open\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        for one in running:
            one.kill()
            one.wait()
