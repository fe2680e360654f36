"""The platforms under load: many users at once over raw connections, cut after five seconds, posted again.

Lean on purpose: it shares the machine with what it measures.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.bots.fake_wechat import ACCOUNT, APP_ID, KEY, TOKEN
from ui.bots.envelopes import read_xml, write_xml
from ui.bots.sealing import Sealer
from ui.bots.signing import signature

CUT_S = 5.0
MOST_POSTS = 3
_ids = itertools.count(time.time_ns())
_SEALER, _BOT_SEALER = Sealer(KEY, APP_ID), Sealer(KEY, "")


@dataclass(frozen=True, slots=True)
class Post:
    """One post: when it was begun, how many seconds it took, and what came back (None: cut or failed)."""

    began: float
    seconds: float
    text: str | None


@dataclass(slots=True)
class Delivery:
    """One message of one user, and its posts."""

    user: str
    id: str
    began: float = 0.0
    posts: list[Post] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return what the user sees; nothing where every post was cut."""
        return self.posts[-1].text or ""

    @property
    def seconds(self) -> float:
        """Return how long the user waited for it."""
        return self.posts[-1].began + self.posts[-1].seconds - self.began


async def deliver(base: str, user: str, text: str) -> Delivery:
    """Post a message of a 公众号's user as the platform does."""
    delivery = Delivery(user, str(next(_ids)), time.monotonic())
    for _ in range(MOST_POSTS):
        post = await _post(base, "/wechat/official", *_sealed(delivery, text))
        delivery.posts.append(post)
        if post.text is not None:
            break
        await asyncio.sleep(max(0.0, CUT_S - post.seconds))  # one refused at once is posted again as late
    return delivery


async def say_to_bot(base: str, user: str, message: dict[str, object]) -> tuple[float, dict[str, object]]:
    """Post to a 智能机器人; return the seconds and what it said ({}: nothing in time)."""
    whole = {"msgid": f"m{next(_ids)}", "aibotid": "AIBOT", "chattype": "single", "from": {"userid": user}}
    sealed = _BOT_SEALER.seal(json.dumps({**whole, **message}, ensure_ascii=False))
    at = str(int(time.time()))
    query = {"msg_signature": signature(TOKEN, at, "n1", sealed), "timestamp": at, "nonce": "n1"}
    post = await _post(base, "/wecom/bot", query, json.dumps({"encrypt": sealed}), is_xml=False)
    if not post.text:
        return post.seconds, {}
    said: dict[str, object] = json.loads(_BOT_SEALER.open(json.loads(post.text)["encrypt"]))
    return post.seconds, said


def _sealed(delivery: Delivery, text: str) -> tuple[dict[str, str], str]:
    at = str(int(time.time()))
    fields = {
        "ToUserName": ACCOUNT,
        "FromUserName": delivery.user,
        "CreateTime": int(delivery.posts[0].began) if delivery.posts else int(delivery.began),
        "MsgType": "text",
        "Content": text,
        "MsgId": delivery.id,
    }
    sealed = _SEALER.seal(write_xml(fields))
    query = {"timestamp": at, "nonce": "13205", "signature": signature(TOKEN, at, "13205")}
    query |= {"encrypt_type": "aes", "msg_signature": signature(TOKEN, at, "13205", sealed)}
    return query, write_xml({"ToUserName": ACCOUNT, "Encrypt": sealed})


async def _post(base: str, path: str, query: dict[str, str], body: str, is_xml: bool = True) -> Post:
    began = time.monotonic()
    answer = None
    try:
        async with asyncio.timeout(CUT_S):
            answer = await _exchange(base, f"{path}?{urlencode(query)}", body.encode())
    except (TimeoutError, OSError, asyncio.IncompleteReadError):
        pass
    took = time.monotonic() - began
    if answer is not None and is_xml:
        answer = read_xml(_SEALER.open(read_xml(answer)["Encrypt"]))["Content"]
    return Post(began, took, answer)


async def _exchange(base: str, target: str, body: bytes) -> str | None:
    address = urlsplit(base)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        head = f"POST {target} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
        status, _, rest = (await reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")
        length = next(
            (int(line[15:]) for line in rest.split(b"\r\n") if line.lower()[:15] == b"content-length:"), 0
        )
        content = (await reader.readexactly(length)).decode()
        return content if b" 200 " in status else None
    finally:
        writer.close()
