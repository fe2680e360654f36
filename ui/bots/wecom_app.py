"""企业微信 自建应用 at `/wecom/app`: always sealed; accepted at once, answered by a message."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from ui.bots.accounts import Keys, Post, XmlAccount, checked_post
from ui.bots.callbacks import Signed, body_of, refused, signed_by, text_response
from ui.bots.channels import WECOM_APP
from ui.bots.envelopes import read_xml
from ui.bots.errors import CallbackError
from ui.bots.message_service import MessageService
from ui.bots.pushing import Pushing
from ui.bots.sealing import Sealer
from ui.bots.settings import BotSettings

NOTHING = ""


class WeComApp(XmlAccount):
    """One app of a company."""

    def __init__(self, settings: BotSettings, service: MessageService, pushing: Pushing) -> None:
        key = settings.wecom_app_aes_key.get_secret_value().strip()
        token = settings.wecom_app_token.get_secret_value().strip()
        keys = Keys(token, Sealer(key, settings.wecom_corp_id.strip()), key.encode())
        super().__init__(WECOM_APP, settings, service, keys, pushing, NOTHING)

    def check(self, signed: Signed) -> str:
        """Return what proves to the platform that this server is ours."""
        self.require_fresh(signed)
        return self.opened(signed, signed.echo)

    def read(self, signed: Signed, body: bytes) -> Post:
        """Return the message in a body.

        Raises:
            ForgedError: the platform did not sign it, or long ago.
            MalformedError: it cannot be read.
        """
        self.require_fresh(signed)
        sealed = read_xml(body).get("Encrypt", "")
        return checked_post(read_xml(self.opened(signed, sealed)), is_sealed=True)


def wecom_app_routes(app: WeComApp) -> APIRouter:
    """Return the routes of an app."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/wecom/app")
    async def check(request: Request) -> Response:
        try:
            return text_response(app.check(signed_by(request)))
        except CallbackError as error:
            raise refused(error) from None

    @routes.post("/wecom/app")
    async def receive(request: Request) -> Response:
        arrived = app.arrived()
        try:
            post = app.read(signed_by(request), await body_of(request))
        except CallbackError as error:
            raise refused(error) from None
        return await app.answer(post, request, arrived)

    return routes
