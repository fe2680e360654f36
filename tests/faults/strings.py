"""Strings made to make a reader slow, against the running program."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator

from tests.faults.product import FIRST, FIRST_SUM, MINE, ask
from tests.faults.table import Row

LENGTH, MOST, TOGETHER_S, MOST_S = 200, 120, 40.0, 5.0
SHORT = ("9", "零", "一", "万", " ", "（", "“", "〔", "3万", "1,", "一万", "<script ", "不是")


def rows(base: str) -> Iterator[Row]:
    """Ask them one by one, within a bounded time."""
    yield _row(base, _strings())


def _row(base: str, strings: list[str]) -> Row:
    until, slowest, asked, bad = time.monotonic() + TOGETHER_S, 0.0, 0, 0
    for one in strings:
        if time.monotonic() > until:
            break
        begun = time.monotonic()
        bad += ask(base, one, str(uuid.uuid4()), MINE).status_code >= 500
        slowest, asked = max(slowest, time.monotonic() - begun), asked + 1
    is_alive = FIRST_SUM in ask(base, FIRST, str(uuid.uuid4()), MINE).text
    measured = (
        f"{asked} 个，最慢 {slowest:.2f} 秒，5xx {bad} 个，之后{'照常作答' if is_alive else '不再作答'}"
    )
    return Row("长串数字、括号、空格等拖不住程序", measured, is_alive and not bad and slowest < MOST_S)


def _strings() -> list[str]:
    """Return the strings of the test on them; where that is not there, a few of the same kinds."""
    try:
        from tests.test_adversarial_strings import adversarial  # type: ignore[import-not-found]
    except ImportError:
        return [(unit * LENGTH)[:LENGTH] for unit in SHORT]
    return list(adversarial(LENGTH))[:MOST]
