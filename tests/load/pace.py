"""How many messages a second one, two and four workers answer without a model, beside a bare FastAPI echo."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import quantiles

from tests.bots.fake_wechat import APP_ID, KEY, TOKEN, FakeWeChat
from tests.bots.processes import ROOT, held_port
from tests.serve import serve

Running = Callable[[Path, int], AbstractContextManager[str]]
REQUESTS = 300
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
            f"{name} {_paced(run, count)}" for run, name in ((_served, "公众号"), (_echoing, "空 FastAPI"))
        ]
        yield f"  {count} 个进程：{'；'.join(told)}"


def _paced(run: Running, count: int) -> str:
    with tempfile.TemporaryDirectory() as directory, run(Path(directory), count) as base:
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
def _served(directory: Path, count: int) -> Iterator[str]:
    """Serve as users do: `serve --workers N`; one is the whole server with its page."""
    account = {"POLICY_WECHAT_TOKEN": TOKEN, "POLICY_WECHAT_AES_KEY": KEY, "POLICY_WECHAT_APP_ID": APP_ID}
    environment = {**account, "POLICY_DATA_DIR": str(directory)}
    with serve(environment, "--workers", str(count), log=directory / "log") as (parent, base):
        yield base
        parent.terminate()
        parent.wait(30)


@contextmanager
def _echoing(_: Path, count: int) -> Iterator[str]:
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
