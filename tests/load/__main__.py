"""`make load`: three hundred users of a 公众号 at once, the same with a kill midway, and the pace of workers.

Everything is on loopback, with the platform's real five seconds, and ends by itself within a few minutes.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

from tests.bots.fake_wechat import FakeWeChat, Shown
from tests.bots.processes import Workers, workers
from tests.load.pace import pace_lines

USERS = 300
SECONDS = 3
CUT_S = 5.0
KILL_AFTER_S = 4.0
PATIENT_S = 300.0  # so long a user asks on before an answer is called lost
SETTINGS: dict[str, object] = {"bot_hold_s": 4.5, "bot_lease_s": 8, "bot_threads": 120}
_NUMBER = re.compile(r"答：等3秒第(\d+)号")


def main() -> None:
    """Print the figures."""
    print(f"公众号：{USERS} 位用户同时提问，每个答案 {SECONDS} 秒，平台 {CUT_S:g} 秒断开、至多 3 次")
    print(_line("一个进程", *_crowd(is_killed=False)))
    print(_line("中途 kill −9 并重启（被杀时正在算的会重算）", *_crowd(is_killed=True)))
    print()
    for line in pace_lines():
        print(line)


def _crowd(is_killed: bool) -> tuple[list[list[Shown]], Workers]:
    """Let everyone ask at once, and ask on with “继续” until they have their answer."""
    with tempfile.TemporaryDirectory() as directory, workers(Path(directory), **SETTINGS) as some:
        return asyncio.run(_asked(some, is_killed)), _counted(some)


async def _asked(some: Workers, is_killed: bool) -> list[list[Shown]]:
    wechat = FakeWeChat(some.base, cut=CUT_S)
    asking = [asyncio.create_task(_until_answered(wechat, n)) for n in range(USERS)]
    if is_killed:
        await asyncio.sleep(KILL_AFTER_S)
        some.kill()
        await asyncio.to_thread(some.start)
    return await asyncio.gather(*asking)


async def _until_answered(wechat: FakeWeChat, n: int) -> list[Shown]:
    seen = [await wechat.say(f"openid-{n}", f"等{SECONDS}秒第{n}号")]
    until = time.monotonic() + PATIENT_S
    while not _NUMBER.search(seen[-1].text or "") and time.monotonic() < until:
        await asyncio.sleep(2)
        seen.append(await wechat.say(f"openid-{n}", "继续"))
    seen.append(await wechat.say(f"openid-{n}", "继续"))  # what comes twice would come now
    return seen


def _counted(some: Workers) -> Workers:
    some.computed = Counter(some.asked())
    return some


def _line(name: str, everyone: Sequence[Sequence[Shown]], some: Workers) -> str:
    """Tell how many were answered, wrongly, twice, or not at all, and when."""
    heard = [[int(number) for one in seen for number in _NUMBER.findall(one.text or "")] for seen in everyone]
    own = [numbers.count(n) for n, numbers in enumerate(heard)]
    wrong = sum(number != n for n, numbers in enumerate(heard) for number in numbers)
    at_once = sum(bool(_NUMBER.search(seen[0].text or "")) for seen in everyone)
    times = sorted(seen[0].seconds for seen in everyone)
    more = sum(count > 1 for count in some.computed.values())
    return (
        f"  {name}：答到 {sum(map(bool, own))}/{USERS}（当次 {at_once}，其余回复“继续”取得），"
        f"丢失 {own.count(0)}，答错人 {wrong}，重复 {sum(count > 1 for count in own)}，"
        f"算过不止一次 {more}；当次用时 中位 {times[len(times) // 2]:.1f} 秒，"
        f"95% {quantiles(times, n=20)[18]:.1f} 秒，最长 {times[-1]:.1f} 秒"
    )


if __name__ == "__main__":
    main()
