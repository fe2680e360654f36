"""Sending by the platforms' own interfaces: customer-service messages, 企业微信 messages, a reply by its URL.

The only hosts asked are those of the settings. Tokens and secrets travel in addresses, as the platforms want
it; that is why what the HTTP library would log is kept quiet.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx

from ui.bots.outbox import Errand
from ui.bots.settings import BotSettings

LOG = logging.getLogger(__name__)
_TIMEOUT = httpx.Timeout(8, connect=3)
_EARLY_S = 300  # a token is renewed so long before it ends
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


class PlatformError(Exception):
    """Raised when a platform cannot be reached or refuses a token; its message is for the log."""


class AccessToken:
    """A token fetched once for all threads. `fetch(is_forced)` returns a token and how long it holds.

    Both platforms return the same token to every worker that asks, so that each may keep its own copy.
    """

    def __init__(self, fetch: Callable[[bool], tuple[str, float]]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0
        self._rejected = ""

    def get(self) -> str:
        """Return a token that holds."""
        with self._lock:
            if not self._token or time.monotonic() >= self._until:
                self._renew(is_forced=False)
                if self._token == self._rejected:  # the same again although it was refused
                    self._renew(is_forced=True)
            return self._token

    def reject(self, token: str) -> None:
        """Forget a token the platform refused, unless another thread has renewed it already."""
        with self._lock:
            if token == self._token:
                self._token, self._rejected = "", token

    def _renew(self, is_forced: bool) -> None:
        self._token, seconds = self._fetch(is_forced)
        self._until = time.monotonic() + max(seconds - _EARLY_S, min(seconds, 60))


class Caller:
    """Asks one host, and no other; redirections are not followed."""

    def __init__(self, base: str) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._base = base
        self._client = httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False)

    def is_there(self, url: str) -> bool:
        """Tell whether an address is one of the host's."""
        one, other = urlsplit(url), urlsplit(self._base)
        return (one.scheme, one.netloc) == (other.scheme, other.netloc)

    def post(self, place: str, body: Mapping[str, Any], **query: str) -> dict[str, Any]:
        """Post JSON; Chinese stays as it is, for the platforms would show escapes to the user."""
        content = json.dumps(body, ensure_ascii=False).encode()
        url = place if place.startswith("http") else f"{self._base}{place}"
        return self._read(lambda: self._client.post(url, params=query or None, content=content))

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """Get JSON."""
        return self._read(lambda: self._client.get(f"{self._base}{path}", params=query))

    def _read(self, ask: Callable[[], httpx.Response]) -> dict[str, Any]:
        try:
            answer = ask().raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise PlatformError(type(error).__name__) from None  # the address in its words holds secrets
        if not isinstance(answer, dict):
            raise PlatformError("no object")
        return answer


class ApiSender:
    """Sends with an access token; one that is refused is renewed once."""

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

    def typing(self, recipient: str) -> None:
        """Show nothing: not every platform can."""

    def _call(self, path: str, body: Mapping[str, Any]) -> int:
        token = self._token.get()
        code = _code(self._caller.post(path, body, access_token=token))
        if code in _TOKEN_CODES:
            self._token.reject(token)
            code = _code(self._caller.post(path, body, access_token=self._token.get()))
        return code

    def _body(self, recipient: str, text: str) -> dict[str, Any]:
        raise NotImplementedError

    def _fetch(self, is_forced: bool) -> tuple[str, float]:
        raise NotImplementedError


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
        return _token_of(self._caller.post("/cgi-bin/stable_token", {**asked, "force_refresh": is_forced}))


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

    def _body(self, recipient: str, text: str) -> dict[str, Any]:
        # No duplicate check: it would swallow the answer to a question asked twice.
        return {"touser": recipient, "msgtype": "text", "agentid": self._agent, "text": {"content": text}}

    def _fetch(self, is_forced: bool) -> tuple[str, float]:  # noqa: ARG002  # there is no forcing here
        return _token_of(self._caller.get("/cgi-bin/gettoken", corpid=self._corp_id, corpsecret=self._secret))


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
            code = _code(self._caller.post(errand.response_url, body))
        except PlatformError as error:
            LOG.warning("a late reply failed: %s", error)
            return Sending.LATER
        return Sending.REFUSED if code else Sending.SENT

    def typing(self, recipient: str) -> None:
        """Show nothing: the stream shows it."""


def _code(answer: Mapping[str, Any]) -> int:
    code = answer.get("errcode", 0)
    return code if isinstance(code, int) else -1


def _token_of(answer: Mapping[str, Any]) -> tuple[str, float]:
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not token or not isinstance(seconds, int | float):
        raise PlatformError(f"no access token: errcode {_code(answer)}")
    return token, float(seconds)
