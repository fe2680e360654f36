"""`make faults`: what README and docs promise for the day something breaks, beside what breaking it showed.

The program, its corpus and its assistant are the real ones, on loopback; disks are a few megabytes of memory,
mounted for the moment. It ends by itself within five minutes, cleans up behind itself, and ends with 1 where
a promise did not hold. What cannot be tried on this machine is said.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from tests.faults import (
    access,
    clocks,
    damage,
    database_server,
    full_disk,
    kills,
    slow_clients,
    strings,
)
from tests.faults.product import MINE, OTHER, running
from tests.faults.table import Row, told

LONGEST_S = 300
ALIKE: tuple[tuple[str, Callable[[str], Iterator[Row]]], ...] = (  # tried on one server
    ("密钥、页面、口令", access.rows),
    ("慢客户端", slow_clients.rows),
    ("刁难的文字", strings.rows),
)
APART: tuple[tuple[str, str, Callable[[Path], Iterator[Row]]], ...] = (  # each on data of its own
    ("时钟", "clocks", clocks.rows),
    ("磁盘", "disks", full_disk.rows),
    ("损坏的文件", "damage", damage.rows),
    ("kill −9", "kills", kills.rows),
    ("PostgreSQL", "server", database_server.rows),
)
SETTINGS = {
    "POLICY_API_KEYS": f"{MINE},{OTHER}",
    "POLICY_API_RATE_USER": "5/minute",
    "POLICY_PAGE_RATE": "",
    "POLICY_HEADER_S": str(slow_clients.HEADER_S),
    "POLICY_BODY_S": str(slow_clients.BODY_S),
    "POLICY_CONNECTIONS": str(slow_clients.SHARE),
}


class OutOfTimeError(Exception):
    """Raised when the whole has taken too long."""


def main() -> int:
    """Print the table, section by section; return 1 where a promise did not hold."""
    logging.disable(logging.ERROR)  # what goes wrong in this process goes wrong on purpose
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LONGEST_S)
    begun, broken = time.monotonic(), 0
    print(f"真实程序，只用本机回环；{os.cpu_count()} 核，开始时系统负载 {os.getloadavg()[0]:.1f}\n")
    print("| 承诺 | 测得 | |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="policy-faults-") as folder:
        try:
            for row in _rows(Path(folder)):
                print(told(row), flush=True)
                broken += row.has_held is False
        except OutOfTimeError:
            print(f"| {LONGEST_S} 秒之内做完 | 没有做完 | ✗ |")
            broken += 1
        finally:
            signal.alarm(0)
    took, load = time.monotonic() - begun, os.getloadavg()[0]
    print(f"\n共 {took:.0f} 秒，结束时系统负载 {load:.1f}；没有守住的 {broken} 项")
    return 1 if broken else 0


def _rows(folder: Path) -> Iterator[Row]:
    (folder / "alike").mkdir()
    with running(folder / "alike", **SETTINGS) as (_, base):
        for title, alike in ALIKE:
            print(f"| **{title}** | | |")
            yield from alike(base)
    for title, name, apart in APART:
        print(f"| **{title}** | | |")
        yield from apart(folder / name)


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTimeError


if __name__ == "__main__":
    sys.exit(main())
