"""Sending by the platforms' own interfaces: customer-service messages, 企业微信 messages, a reply by its URL.

Each says what became of a message, so that whoever sends can try again or leave it for a reply.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol

from ui.bots.calling import AccessToken, Caller, PlatformError, code_of, token_of
from ui.bots.outbox import Errand
from ui.bots.settings import BotSettings

LOG = logging.getLogger(__name__)
_TOKEN_CODES = {40001, 40014, 42001, 41001}


class Sending(StrEnum):
    """What became of a message: sent, to be tried again, refused for this user, or for the whole account."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"


class Sender(Protocol):
    """Sends messages of one kind. `quota`: how many may answer one message of a user."""

    quota: int

    def send(self, errand: Errand, text: str) -> Sending:
        """Send a text to who the errand is for."""

    def typing(self, recipient: str) -> None:
        """Show the user that an answer is being written, where the platform can."""


class ApiSender(ABC):
    """Sends with an access token; one that is refused is renewed once. Each platform says what and whose."""

    quota = 10_000
    path = ""
    refused: frozenset[int] = frozenset()
    forbidden: frozenset[int] = frozenset()

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._token = AccessToken(self._fetch)

    def send(self, errand: Errand, text: str) -> Sending:
        """Send a text to who the errand is for."""
        try:
            code = self._call(self.path, self._body(errand.recipient, text))
        except PlatformError as error:
            LOG.warning("sending failed: %s", error)
            return Sending.LATER
        if code in self.forbidden:
            LOG.error("the platform does not let this account send messages: errcode %d", code)
            return Sending.FORBIDDEN
        if code in self.refused:
            return Sending.REFUSED
        if code:
            LOG.warning("sending failed: errcode %d", code)
        return Sending.LATER if code else Sending.SENT

    def _call(self, path: str, body: Mapping[str, Any]) -> int:
        token = self._token.get()
        code = code_of(self._caller.post(path, body, access_token=token))
        if code in _TOKEN_CODES:
            self._token.reject(token)
            code = code_of(self._caller.post(path, body, access_token=self._token.get()))
        return code

    @abstractmethod
    def _body(self, recipient: str, text: str) -> dict[str, Any]:
        """Return a message as the platform takes it."""

    @abstractmethod
    def _fetch(self, is_forced: bool) -> tuple[str, float]:
        """Return a fresh token and for how many seconds it holds."""


class CustomerService(ApiSender):
    """Customer-service messages (客服消息) of a verified 公众号: five for each message of a user."""

    quota = 5
    path = "/cgi-bin/message/custom/send"
    refused = frozenset({45015, 45047, 40003, 43004, 45056})
    forbidden = frozenset({48001, 48004, 50002})

    def __init__(self, settings: BotSettings) -> None:
        super().__init__(Caller(settings.wechat_api))
        self._app_id = settings.wechat_app_id.strip()
        self._app_secret = settings.wechat_app_secret.get_secret_value().strip()

    def typing(self, recipient: str) -> None:
        """Show “对方正在输入”; it is only a courtesy, so that failing is nothing."""
        try:
            self._call("/cgi-bin/message/custom/typing", {"touser": recipient, "command": "Typing"})
        except PlatformError as error:
            LOG.info("no typing mark: %s", error)

    def _body(self, recipient: str, text: str) -> dict[str, Any]:
        message = {"touser": recipient, "msgtype": "text", "text": {"content": text}}
        return {**message, "aimsgcontext": {"is_ai_msg": 1}}

    def _fetch(self, is_forced: bool) -> tuple[str, float]:
        asked = {"grant_type": "client_credential", "appid": self._app_id, "secret": self._app_secret}
        return token_of(self._caller.post("/cgi-bin/stable_token", {**asked, "force_refresh": is_forced}))


class AppMessages(ApiSender):
    """Messages of a 企业微信 app (`message/send`)."""

    path = "/cgi-bin/message/send"
    refused = frozenset({81013, 60111, 40031, 82001})
    forbidden = frozenset({48002, 60020, 301002, 40056})

    def __init__(self, settings: BotSettings) -> None:
        super().__init__(Caller(settings.wecom_api))
        self._corp_id = settings.wecom_corp_id.strip()
        self._secret = settings.wecom_app_secret.get_secret_value().strip()
        self._agent = settings.wecom_app_agent_id

    def typing(self, recipient: str) -> None:
        """Show nothing: an app cannot."""

    def _body(self, recipient: str, text: str) -> dict[str, Any]:
        # No duplicate check: it would swallow the answer to a question asked twice.
        return {"touser": recipient, "msgtype": "text", "agentid": self._agent, "text": {"content": text}}

    def _fetch(self, is_forced: bool) -> tuple[str, float]:  # noqa: ARG002  # there is no forcing here
        return token_of(self._caller.get("/cgi-bin/gettoken", corpid=self._corp_id, corpsecret=self._secret))


class LateReplies:
    """The one late reply a 智能机器人 may give by the address that came with the message."""

    quota = 1

    def __init__(self, settings: BotSettings) -> None:
        self._caller = Caller(settings.wecom_api)

    def send(self, errand: Errand, text: str) -> Sending:
        """Send a text to the errand's address, if it is one of the platform's."""
        if not errand.response_url or not self._caller.is_there(errand.response_url):
            return Sending.REFUSED
        body = {"msgtype": "markdown", "markdown": {"content": text}}
        try:
            code = code_of(self._caller.post(errand.response_url, body))
        except PlatformError as error:
            LOG.warning("a late reply failed: %s", error)
            return Sending.LATER
        return Sending.REFUSED if code else Sending.SENT

    def typing(self, recipient: str) -> None:
        """Show nothing: the stream shows it."""
