"""What 公众号 and 企业微信 apps share: XML posts, five seconds a post, the same message posted again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request, Response

from ui.bots.callbacks import Signed, confirmed, listening
from ui.bots.envelopes import write_xml
from ui.bots.errors import MalformedError, SealError
from ui.bots.message_service import PATIENCE_S, Incoming, MessageService, Reply, hashed
from ui.bots.pushing import Pushing
from ui.bots.records import Accepted, NewMessage, Taken, Way
from ui.bots.replies import Ask
from ui.bots.sealing import Sealer
from ui.bots.settings import BotSettings
from ui.bots.signing import require_fresh, require_signed, signature
from ui.bots.words import bot_words

_UNSUPPORTED = "【收到不支持的消息类型"  # what the platform writes instead of a sticker and the like


@dataclass(frozen=True, slots=True)
class Post:
    """A message as it was posted, and whether its reply has to be sealed."""

    fields: Mapping[str, str]
    is_sealed: bool

    @property
    def user(self) -> str:
        """Return who wrote."""
        return self.fields["FromUserName"]

    @property
    def account(self) -> str:
        """Return to which account."""
        return self.fields["ToUserName"]

    @property
    def id(self) -> str:
        """Return what tells this message from others; events have no MsgId."""
        names = ("CreateTime", "MsgType", "Event", "Content")
        return self.fields.get("MsgId") or "|".join(self.fields.get(name, "") for name in names)

    @property
    def made_at(self) -> int:
        """Return when the platform made it, as it says."""
        made = self.fields.get("CreateTime", "")
        return int(made) if made.isascii() and made.isdigit() and len(made) < 12 else 0


@dataclass(frozen=True, slots=True)
class Keys:
    """What an account shares with the platform. `sealer` is None where messages travel in the clear."""

    token: str
    sealer: Sealer | None
    secret: bytes


class XmlAccount:
    """One account that is posted XML. `nothing` is the body that accepts a message without a word."""

    def __init__(
        self,
        channel: str,
        settings: BotSettings,
        service: MessageService,
        keys: Keys,
        pushing: Pushing,
        nothing: str,
    ) -> None:
        self._channel = channel
        self._settings = settings
        self._service = service
        self._keys = keys
        self._pushing = pushing
        self._nothing = nothing

    def arrived(self) -> float:
        """Return when the post that is being handled arrived."""
        return self._service.arrivals.now()

    async def answer(self, post: Post, request: Request, arrived: float) -> Response:
        """Reply to a message that arrived at a moment of the service's clock."""
        text = said_by(post.fields)
        if text is None:
            return self._told(post, Reply(_standing(post.fields)))
        async with listening(request) as gone:
            new, accepted = await self._service.take(self._incoming(post, text), self._keys.secret)
            refusal = self._service.refusal(accepted)
            if refusal is not None:
                return self._told(post, Reply(refusal))
            if new.way is Way.PUSH and accepted.taken is Taken.NEW:
                self._pushing.announce(self._channel, new)
            reply = await self._replied(new, accepted, arrived, gone)
            await asyncio.sleep(0)  # a line that was cut meanwhile is noticed now
            if reply is None or gone.done():
                return Response(status_code=204)  # nobody hears it: another post brings the same words
        return self._told(post, reply)

    async def _replied(
        self, new: NewMessage, accepted: Accepted, arrived: float, gone: asyncio.Task[None]
    ) -> Reply | None:
        """Wait as long as this post may; where another will follow, until the platform cuts the line."""
        if new.way is Way.PUSH:
            return await self._service.reply(Ask(new.key, is_quiet=True), gone)
        may_wait = accepted.posts < self._settings.bot_posts
        if accepted.reply is None:
            left = self._service.left_of(arrived, self._settings.bot_hold_s)
            await self._service.hold(new, left, gone)
        reply = await self._service.reply(Ask(new.key, may_wait=may_wait), gone)
        if reply is None and not gone.done():
            await self._service.hold(new, PATIENCE_S, gone)
            reply = await self._service.reply(Ask(new.key), gone)
        return reply

    def require_fresh(self, signed: Signed) -> None:
        """Refuse a replay."""
        require_fresh(signed.timestamp, time.time(), self._settings.bot_clock_window_s)

    def opened(self, signed: Signed, sealed: str) -> str:
        """Return what was sealed and signed for us.

        Raises:
            ForgedError: it is not signed.
            MalformedError: it cannot be opened.
        """
        require_signed(signed.msg_signature, self._keys.token, signed.timestamp, signed.nonce, sealed)
        if self._keys.sealer is None:
            raise MalformedError("没有配置消息加解密密钥，读不出加密的消息。")
        try:
            return self._keys.sealer.open(sealed)
        except SealError:
            raise MalformedError("密文读不出来。") from None

    def _incoming(self, post: Post, text: str) -> Incoming:
        way = Way.PUSH if self._pushing.is_allowed(self._channel) else Way.PASSIVE
        return Incoming(self._channel, post.account, post.user, post.id, text, way)

    def _told(self, post: Post, reply: Reply) -> Response:
        if not reply.text:
            return confirmed(self._nothing, "text/plain", reply, self._service)
        return confirmed(self._envelope(post, reply.text), "text/xml", reply, self._service)

    def _envelope(self, post: Post, text: str) -> str:
        """Return the reply in the mode the message came in; the same for the same message and text."""
        plain = write_xml(
            {
                "ToUserName": post.user,
                "FromUserName": post.account,
                "CreateTime": post.made_at,
                "MsgType": "text",
                "Content": text,
            }
        )
        if not post.is_sealed or self._keys.sealer is None:
            return plain
        nonce = hashed(self._keys.secret, "nonce", post.id)[:10]
        salt = bytes.fromhex(hashed(self._keys.secret, "salt", plain)[:32])
        sealed = self._keys.sealer.seal(plain, salt)
        signed = signature(self._keys.token, str(post.made_at), nonce, sealed)
        return write_xml(
            {"Encrypt": sealed, "MsgSignature": signed, "TimeStamp": post.made_at, "Nonce": nonce}
        )


def checked_post(fields: Mapping[str, str], is_sealed: bool) -> Post:
    """Return the message of some fields.

    Raises:
        MalformedError: it does not say from whom, to whom and what.
    """
    if not all(fields.get(name) for name in ("FromUserName", "ToUserName", "MsgType")):
        raise MalformedError("消息缺少必要的字段。")
    return Post(fields, is_sealed)


def said_by(fields: Mapping[str, str]) -> str | None:
    """Return the words of a message, typed or spoken; None where it has none.

    >>> said_by({"MsgType": "voice", "Recognition": "贴息多少？"}), said_by({"MsgType": "image"})
    ('贴息多少？', None)
    """
    kind = fields["MsgType"].lower()
    words = fields.get({"text": "Content", "voice": "Recognition"}.get(kind, ""), "")
    return None if words.startswith(_UNSUPPORTED) else words or None


def _standing(fields: Mapping[str, str]) -> str:
    """Return the fixed answer to what is no question; empty for events that want none."""
    words = bot_words()
    kind = fields["MsgType"].lower()
    if kind == "event":
        return words.say("welcome") if fields.get("Event", "").lower() == "subscribe" else ""
    if kind == "text" and fields.get("Content"):
        return words.say("other_kind")
    return words.say({"voice": "unheard", "text": "no_text"}.get(kind, "other_kind"))
