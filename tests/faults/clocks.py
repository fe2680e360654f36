"""A clock set back by an hour, under a job of a worker that was killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.adapters.database import open_database
from tests.faults.table import Row
from ui.bots.commands import Kind
from ui.bots.jobs import Jobs
from ui.bots.records import NewMessage
from ui.bots.store import Store

LEASE_S, BACK_S = 8.0, 3600.0


def rows(folder: Path) -> Iterator[Row]:
    """Try a worker that runs on, and one that starts afterwards."""
    for n, (promise, starts_afterwards) in enumerate(
        (("时钟拨回一小时，死掉的进程手上的问题仍按时接手", False), ("拨回之后才启动的进程也是", True))
    ):
        took = _taken_over_after(folder / str(n), starts_afterwards)
        yield Row(promise, f"租约 {LEASE_S:g} 秒，{took:g} 秒后接手", took <= LEASE_S + 2)


def _taken_over_after(folder: Path, starts_afterwards: bool) -> float:
    now = [1_800_000_000.0]
    folder.mkdir(parents=True)

    def worker() -> Jobs:
        return Jobs(Store(open_database(None, folder), lambda: now[0]))

    one, other = worker(), worker()
    one.accept(NewMessage("m", "wechat", "p", "openid", Kind.QUESTION, "问"))
    assert one.claim("one", 1, LEASE_S)
    other.claim("other", 1, LEASE_S)
    now[0] -= BACK_S
    other = worker() if starts_afterwards else other
    waited = 0.0
    while not other.claim("other", 1, LEASE_S) and waited < BACK_S:
        waited += 1
        now[0] += 1
    return waited
