"""Many users of a 企业微信 智能机器人 at once: the first reply, and the end of the stream."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from tests.load.platform import say_to_bot
from ui.words import AI_NOTICE

POLL_S = 1.0
PATIENT_S = 60.0
NEVER = float("inf")


@dataclass
class Talk:
    """How long one user waited for the first reply and for the answer."""

    first: float = NEVER
    answer: float = NEVER


async def robots(base: str, count: int) -> list[Talk]:
    """Let everyone ask the 智能机器人 at once, and poll as the platform does."""
    return list(await asyncio.gather(*(_asks(base, n) for n in range(count))))


async def _asks(base: str, n: int) -> Talk:
    talk, begun, user = Talk(), time.monotonic(), f"userid-{n}"
    text = f"长宁区硬核技术攻关自筹{100 + n}万元能拿多少？"
    seconds, said = await say_to_bot(base, user, {"msgtype": "text", "text": {"content": text}})
    stream = _stream(said)
    talk.first = seconds if stream else NEVER
    while stream and not stream["finish"] and time.monotonic() - begun < PATIENT_S:
        await asyncio.sleep(POLL_S)
        _, said = await say_to_bot(base, user, {"msgtype": "stream", "stream": {"id": stream["id"]}})
        stream = _stream(said) or stream
    if stream and stream["finish"] and AI_NOTICE in stream["content"]:
        talk.answer = time.monotonic() - begun
    return talk


def _stream(said: dict[str, Any]) -> dict[str, Any]:
    stream: dict[str, Any] = said.get("stream", {})
    return stream
