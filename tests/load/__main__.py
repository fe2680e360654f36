"""`make load`: the promises about load, each beside what the real product shows on this machine.

The server, its corpus and its assistant are the real ones; the platforms and the model (three seconds a
reply) are ours, on loopback, and share the machine. It ends by itself within five minutes, with 1 where a
promise is not kept.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass

from tests.load.crowd import NEVER, Crowd, crowd, percentile
from tests.load.pace import pace_lines
from tests.load.platform import CUT_S, MOST_POSTS
from tests.load.product import Product, product
from tests.load.robots import robots

USERS, AT_THE_KILL, ROBOTS = 300, 100, 60
MODEL_S = 3.0
ON_RECORD_S = 1.0
START_S = 10.0
KILL_AFTER_S = 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """A promise, what was measured, and whether it was kept (None: a figure only)."""

    promise: str
    measured: str
    is_kept: bool | None = None


def main() -> int:
    """Print the table; return 1 where a promise is not kept."""
    print(
        f"真实程序、真实政策库；模型每次 {MODEL_S:g} 秒，平台 {CUT_S:g} 秒断开、至多 {MOST_POSTS} 次"
        f"（二者本机模拟）；{os.cpu_count()} 核，开始时系统负载 {os.getloadavg()[0]:.1f}\n"
    )
    with product(MODEL_S) as running:
        everyone = asyncio.run(crowd(running, USERS))
        _tell(f"公众号，{USERS} 人同时提问", [*_started(running), *_crowded(everyone)])
        talks = asyncio.run(robots(running.base, ROBOTS))
        firsts, answers = sorted(talk.first for talk in talks), sorted(talk.answer for talk in talks)
        rows = [
            _within("首次回复不超过 5 秒", firsts, CUT_S),
            Row("全部答到", f"{sum(one < NEVER for one in answers)}/{ROBOTS}", answers[-1] < NEVER),
            _figure("等答案", answers),
        ]
        _tell(f"企业微信智能机器人，{ROBOTS} 人同时提问", rows)
    with product(MODEL_S) as running:
        everyone = asyncio.run(crowd(running, AT_THE_KILL, KILL_AFTER_S))
        _tell(
            f"公众号，{AT_THE_KILL} 人同时提问，第 {KILL_AFTER_S:g} 秒 kill −9 并重启",
            _killed(running, everyone),
        )
    print("\n没有模型时的速度（不是承诺）")
    for line in pace_lines():
        print(line)
    print(f"结束时系统负载 {os.getloadavg()[0]:.1f}")
    return 1 if _BROKEN else 0


_BROKEN: list[str] = []


def _tell(title: str, rows: list[Row]) -> None:
    print(f"{title}\n| 承诺 | 测得 | |\n|---|---|---|")
    for row in rows:
        mark = {None: "", True: "✓", False: "✗"}[row.is_kept]
        print(f"| {row.promise} | {row.measured} | {mark} |")
        if row.is_kept is False:
            _BROKEN.append(row.promise)
    print(flush=True)


def _started(running: Product) -> list[Row]:
    took, ready = running.opens[-1], running.starts[-1]
    return [
        Row(f"启动 {START_S:g} 秒内开始收消息", f"{took:.1f} 秒", took <= START_S),
        Row("启动到就绪（索引、模型客户端、作答进程都已载入）", f"{ready:.1f} 秒"),
    ]


def _crowded(everyone: Crowd) -> list[Row]:
    records = sorted(user.on_record for user in everyone.users)
    spent, n = everyone.seconds, len(everyone.users)
    return [
        _within("到达后 1 秒内入库", records, ON_RECORD_S),
        _within("5 秒内看到“已记下”或答案", everyone.first_seconds, CUT_S),
        *_answered(everyone),
        _figure("等答案（每 2 秒回复一次“继续”）", everyone.waits),
        Row("当次就看到答案的人数", f"{everyone.directly}/{n}"),
        Row(
            "处理器时间",
            f"每条 {1000 * sum(spent.values()) / n:.0f} 毫秒"
            f"（作答 {1000 * spent['answering'] / n:.0f}，收发 {1000 * spent['server'] / n:.0f}）",
        ),
    ]


def _killed(running: Product, everyone: Crowd) -> list[Row]:
    posted = [user for user in everyone.users if user.first and len(user.first.posts) > 1]
    lost = sum(user.on_record == NEVER for user in posted)
    return [
        Row("投递过两次以上的消息不丢", f"{len(posted)} 条中丢失 {lost} 条", lost == 0),
        *_answered(everyone),
        _figure("等答案", everyone.waits),
        *_started(running),
    ]


def _answered(everyone: Crowd) -> list[Row]:
    n = len(everyone.users)
    return [
        Row("全部答到，不答错人", f"{everyone.answered}/{n}", everyone.answered == n),
        Row("没有重复的答案", f"重复 {everyone.twice}", everyone.twice == 0),
    ]


def _within(promise: str, seconds: list[float], most: float) -> Row:
    """Return the row of a promise that each stays within so many seconds."""
    kept = sum(one <= most for one in seconds)
    return Row(promise, f"{kept}/{len(seconds)}，{_spread(seconds)}", kept == len(seconds))


def _figure(name: str, seconds: list[float]) -> Row:
    return Row(name, _spread(seconds))


def _spread(seconds: list[float]) -> str:
    median, most = percentile(seconds, 50), percentile(seconds, 95)
    return f"中位 {_told(median)}，95% {_told(most)}，最长 {_told(seconds[-1])}"


def _told(seconds: float) -> str:
    return "没有等到" if seconds == NEVER else f"{seconds:.1f} 秒"


if __name__ == "__main__":
    sys.exit(main())
