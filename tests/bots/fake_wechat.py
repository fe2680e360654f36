"""A 公众号 platform as it behaves: it cuts the line, posts the message again, and gives up in the end."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tests.patience import PATIENCE_S, soon
from ui.bots.envelopes import read_xml, write_xml
from ui.bots.sealing import Sealer
from ui.bots.signing import signature

TOKEN = "policy-token"
KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
APP_ID = "wx49f0ab532d5d035a"
ACCOUNT = "gh_policy"
OUT_OF_SERVICE = "该公众号暂时无法提供服务，请稍后再试"
_ids = itertools.count(23_000_000_000_000_000)


@dataclass(frozen=True)
class Shown:
    """What the user saw (None: nothing), on which post, after how long; the body as it came."""

    text: str | None
    posts: int
    seconds: float
    body: str = ""


@dataclass
class FakeWeChat:
    """`cut` seconds a post, `most` posts; `mode` is plain, compatible or safe.

    Without a cut it is in no haste: what is quick is answered on the first post on any machine.
    """

    base: str
    cut: float = PATIENCE_S
    most: int = 3
    mode: str = "plain"
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(limits=httpx.Limits(max_connections=2000))
    )

    async def say(self, user: str, text: str, message_id: int | None = None, **fields: str | int) -> Shown:
        """Post a text message as the platform would."""
        return await self.deliver({**self.text(user, text, message_id), **fields})

    async def event(self, user: str, event: str) -> Shown:
        """Post an event."""
        return await self.deliver({**self.envelope(user), "MsgType": "event", "Event": event})

    def envelope(self, user: str) -> dict[str, str | int]:
        return {"ToUserName": ACCOUNT, "FromUserName": user, "CreateTime": int(time.time())}

    async def deliver(self, fields: dict[str, str | int]) -> Shown:
        begun = time.monotonic()
        for post in range(1, self.most + 1):
            body = await self.post(fields)
            if body is not None:
                return Shown(self.shown(body), post, time.monotonic() - begun, body)
        return Shown(OUT_OF_SERVICE, self.most, time.monotonic() - begun)

    async def post(self, fields: dict[str, str | int]) -> str | None:
        """Post once; None where the line was cut or the server failed."""
        query, content = self.signed(fields)
        try:
            async with asyncio.timeout(self.cut):
                answer = await self.client.post(
                    f"{self.base}/wechat/official", params=query, content=content, timeout=None
                )
        except (TimeoutError, httpx.TransportError):
            await asyncio.sleep(min(self.cut / 50, 0.1))
            return None
        return answer.text if answer.status_code == 200 else None

    def text(self, user: str, text: str, message_id: int | None = None) -> dict[str, str | int]:
        """Return the fields of a text message, the same for each of its posts."""
        return {**self.envelope(user), "MsgType": "text", "Content": text, "MsgId": message_id or next(_ids)}

    async def post_and_cut(self, fields: dict[str, str | int], is_there: Callable[[], object]) -> None:
        """Post and cut the line once the post has arrived, as `is_there` tells."""
        posting = asyncio.ensure_future(self.post(fields))
        assert await asyncio.to_thread(soon, is_there)
        assert not posting.done(), "there was nothing to wait for"
        posting.cancel()

    def signed(
        self, fields: dict[str, str | int], timestamp: int | None = None
    ) -> tuple[dict[str, str], str]:
        """Return query and body of a post in the mode set."""
        at, nonce = str(timestamp or int(time.time())), "1320562132"
        query = {"timestamp": at, "nonce": nonce, "signature": signature(TOKEN, at, nonce)}
        if self.mode == "plain":
            return query, write_xml(fields)
        sealed = Sealer(KEY, APP_ID).seal(write_xml(fields))
        query |= {"encrypt_type": "aes", "msg_signature": signature(TOKEN, at, nonce, sealed)}
        plain = fields if self.mode == "compatible" else {"ToUserName": ACCOUNT}
        return query, write_xml({**plain, "Encrypt": sealed})

    def shown(self, body: str) -> str | None:
        """Return what the platform shows of a reply; anything it cannot read is out of service."""
        if body in {"success", ""}:
            return None
        fields = read_xml(body)
        if self.mode != "plain":
            assert fields["MsgSignature"] == signature(
                TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"]
            )
            fields = read_xml(Sealer(KEY, APP_ID).open(fields["Encrypt"]))
        assert (fields["MsgType"], fields["FromUserName"]) == ("text", ACCOUNT)
        assert len(fields["Content"].encode()) <= 2048
        return fields["Content"]
