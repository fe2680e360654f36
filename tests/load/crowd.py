"""Many users of a 公众号 at once: what each sees, when, how often; and when each message is on record."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from tests.bots.fake_wechat import ACCOUNT, KEY
from tests.load.platform import Delivery, deliver
from tests.load.product import Product
from ui.bots.channels import WECHAT
from ui.bots.message_service import hashed
from ui.words import AI_NOTICE

ASKS_ON_S = 2.0
PATIENT_S = 90.0  # so long a user asks on before an answer is called lost
LOOK_S = 0.05
NEVER = float("inf")
_OTHERS = (
    "工业设计项目贷款贴息{n}万元利息能补多少？",
    "数据产品专项补贴的责任单位是谁？（第{n}次问）",
    "在线新经济政策有效期到什么时候？（第{n}次问）",
)


@dataclass
class User:
    """One user: the first message, what was shown for it and for every “继续” after it."""

    n: int
    first: Delivery | None = None
    answers: list[str] = field(default_factory=list)
    waited: float = NEVER
    on_record: float = NEVER

    @property
    def name(self) -> str:
        return f"openid-{self.n}"

    @property
    def question(self) -> str:
        """Return the question; of every second user one whose answer nobody else gets."""
        if self.n % 2 == 0:
            return f"长宁区硬核技术攻关自筹{100 + self.n}万元能拿多少？"
        return _OTHERS[self.n // 2 % len(_OTHERS)].format(n=self.n)

    @property
    def is_right(self) -> bool:
        """Tell whether the answer is the user's own: 30 % of their sum, where the sum is theirs alone."""
        own = f"{(100 + self.n) * 0.3:g}万元"
        return bool(self.answers) and (self.n % 2 == 1 or own in "".join(self.answers))

    @property
    def is_told_twice(self) -> bool:
        """Tell whether the same was shown twice."""
        return len(set(self.answers)) < len(self.answers)

    def hear(self, delivery: Delivery, begun: float) -> None:
        """Keep what a message of the user was replied with, where that is an answer."""
        if AI_NOTICE in delivery.text:
            self.answers.append(_bare(delivery.text))
            self.waited = min(self.waited, time.monotonic() - begun)


@dataclass
class Crowd:
    """The users, and the processor seconds their answers took."""

    users: list[User]
    seconds: dict[str, float]

    @property
    def first_seconds(self) -> list[float]:
        """Return how long each user waited for a notice or an answer; without end where they saw nothing."""
        heard = [user.first for user in self.users]
        return sorted(one.seconds if one and one.text else NEVER for one in heard)

    @property
    def waits(self) -> list[float]:
        """Return how long each waited for the answer."""
        return sorted(user.waited for user in self.users)

    @property
    def answered(self) -> int:
        return sum(user.is_right for user in self.users)

    @property
    def twice(self) -> int:
        return sum(user.is_told_twice for user in self.users)

    @property
    def directly(self) -> int:
        """Return how many had their answer with the reply to the question itself."""
        return sum(bool(user.first and AI_NOTICE in user.first.text) for user in self.users)


async def crowd(running: Product, count: int, kill_after_s: float | None = None) -> Crowd:
    """Let everyone ask at once, and ask on with “继续” until they have their answer."""
    users = [User(n) for n in range(count)]
    before = running.seconds()
    with _Watch(running.database) as watch:
        asking = [asyncio.create_task(_asks(running.base, user)) for user in users]
        if kill_after_s is not None:
            await asyncio.sleep(kill_after_s)
            await asyncio.to_thread(running.kill)
            await asyncio.to_thread(running.start)
            before = {"server": 0.0, "answering": 0.0}
        await asyncio.gather(*asking)
    for user in users:
        if user.first:
            key = hashed(KEY.encode(), WECHAT, ACCOUNT, user.name, user.first.id)
            user.on_record = watch.seen.get(key, NEVER) - user.first.began
    after = running.seconds()
    return Crowd(users, {name: after[name] - before[name] for name in after})


async def _asks(base: str, user: User) -> None:
    begun = time.monotonic()
    user.first = await deliver(base, user.name, user.question)
    user.hear(user.first, begun)
    while not user.answers and time.monotonic() - begun < PATIENT_S:
        await asyncio.sleep(ASKS_ON_S)
        user.hear(await deliver(base, user.name, "继续"), begun)
    user.hear(await deliver(base, user.name, "继续"), begun)  # what comes twice would come now


def percentile(sorted_values: Sequence[float], percent: int) -> float:
    """Return the value below which so many percent lie."""
    if sorted_values[-1] == NEVER:
        return sorted_values[min(len(sorted_values) * percent // 100, len(sorted_values) - 1)]
    return quantiles(sorted_values, n=100)[percent - 1]


def _bare(text: str) -> str:
    """Return an answer without the line that says whose question it answers, and what else is to come."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(("您问的", "（还有", "（另有")))


class _Watch:
    """Looks, from outside, when messages are on record."""

    def __init__(self, database: Path) -> None:
        self.seen: dict[str, float] = {}
        self._database = database
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as connection:
            while not self._is_over.wait(LOOK_S):
                for (key,) in connection.execute("SELECT key FROM bot_messages"):
                    self.seen.setdefault(key, time.monotonic())
