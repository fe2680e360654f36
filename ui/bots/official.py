"""公众号 at `/wechat/official`: plain, compatible and safe mode."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from ui.bots.accounts import Keys, Post, XmlAccount, checked_post
from ui.bots.callbacks import Signed, body_of, refused, signed_by, text_response
from ui.bots.channels import WECHAT
from ui.bots.envelopes import read_xml
from ui.bots.errors import CallbackError, ForgedError
from ui.bots.message_service import MessageService
from ui.bots.pushing import Pushing
from ui.bots.sealing import Sealer
from ui.bots.settings import BotSettings
from ui.bots.signing import require_signed

NOTHING = "success"  # accepted, nothing to say; the platform does not post again


class Official(XmlAccount):
    """One 公众号."""

    def __init__(self, settings: BotSettings, service: MessageService, pushing: Pushing) -> None:
        token = settings.wechat_token.get_secret_value().strip()
        key = settings.wechat_aes_key.get_secret_value().strip()
        sealer = Sealer(key, settings.wechat_app_id.strip()) if key else None
        super().__init__(
            WECHAT, settings, service, Keys(token, sealer, (key or token).encode()), pushing, NOTHING
        )

    def check(self, signed: Signed) -> str:
        """Return what proves to the platform that this server is ours; the echo may come sealed."""
        self.require_fresh(signed)
        if signed.msg_signature:
            return self.opened(signed, signed.echo)
        require_signed(signed.signature, self._keys.token, signed.timestamp, signed.nonce)
        return signed.echo

    def read(self, signed: Signed, body: bytes) -> Post:
        """Return the message in a body.

        Raises:
            ForgedError: the platform did not sign it, or long ago.
            MalformedError: it cannot be read.
        """
        require_signed(signed.signature, self._keys.token, signed.timestamp, signed.nonce)
        self.require_fresh(signed)
        fields = read_xml(body)
        is_readable = self._keys.sealer is not None or "FromUserName" not in fields
        if signed.is_sealed and is_readable:
            return checked_post(read_xml(self.opened(signed, fields.get("Encrypt", ""))), is_sealed=True)
        if self._settings.wechat_safe_only:
            raise ForgedError("本公众号只接受安全模式的消息。")
        return checked_post(fields, is_sealed=False)


def official_routes(official: Official) -> APIRouter:
    """Return the routes of a 公众号."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/wechat/official")
    async def check(request: Request) -> Response:
        try:
            return text_response(official.check(signed_by(request)))
        except CallbackError as error:
            raise refused(error) from None

    @routes.post("/wechat/official")
    async def receive(request: Request) -> Response:
        arrived = official.arrived()
        try:
            post = official.read(signed_by(request), await body_of(request))
        except CallbackError as error:
            raise refused(error) from None
        return await official.answer(post, request, arrived)

    return routes
