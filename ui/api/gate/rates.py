"""How often one may ask: per key, and per user of a key or, without a key, per address; moving windows."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.adapters.errors import DatabaseUnavailableError
from ui.api.gate.addresses import counted_address
from ui.api.gate.keys import CALLER, GUARDED
from ui.api.refusals import refusal
from ui.api.settings import IN_DATABASE, IN_MEMORY, ApiSettings
from ui.configuration import SettingsError

if TYPE_CHECKING:
    from limits import RateLimitItem

    from ui.application import Application

LOG = logging.getLogger(__name__)
USER = "X-User-ID"
WHO = "policy.who"


class TooOftenError(Exception):
    """Raised where someone has asked too often; `retry_s` is when they may again."""

    def __init__(self, retry_s: int) -> None:
        super().__init__(f"提问太频繁，请 {retry_s} 秒后再试。")
        self.retry_s = retry_s


class Window(Protocol):
    """Counts what happened within the last seconds."""

    def take(self, key: str, most: int, seconds: int) -> float:
        """Count one more and return 0; where that would be too many, how many seconds to wait."""


class LibraryWindow:
    """Counts in this process, or in the Redis server that all workers share."""

    def __init__(self, url: str) -> None:
        from limits.errors import ConfigurationError
        from limits.storage import storage_from_string
        from limits.strategies import MovingWindowRateLimiter

        try:
            self._limiter = MovingWindowRateLimiter(storage_from_string(url, wrap_exceptions=True))
        except ConfigurationError:
            raise SettingsError("POLICY_API_RATE_STORE：要用 Redis，请先安装 pip install redis。") from None

    def take(self, key: str, most: int, seconds: int) -> float:
        """Count one more and return 0; where that would be too many, how many seconds to wait."""
        from limits import RateLimitItemPerSecond
        from limits.errors import StorageError

        item = RateLimitItemPerSecond(most, seconds)
        try:
            if self._limiter.hit(item, key):
                return 0
            return max(0.001, self._limiter.get_window_stats(item, key).reset_time - time.time())
        except StorageError:
            LOG.error("the store of the rate limits cannot be reached; nobody is limited meanwhile")
            return 0


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits that are set, and where is counted. `shared` tells that counting may block."""

    of_key: Sequence[RateLimitItem]
    of_user: Sequence[RateLimitItem]
    window: Window
    is_shared: bool

    async def check(self, caller: str | None, user: str) -> None:
        """Count one request of a key's holder and of one of its users.

        Raises:
            TooOftenError: it is one too many.
        """
        if self.is_shared:
            await run_in_threadpool(self._take, caller, user)
        else:
            self._take(caller, user)

    async def check_user(self, caller: str, user: str) -> None:
        """Count one request of a user its key's holder names later.

        Raises:
            TooOftenError: it is one too many.
        """
        key = f"user:{caller}:{user}"
        if self.is_shared:
            await run_in_threadpool(self._within, self.of_user, key)
        else:
            self._within(self.of_user, key)

    def _take(self, caller: str | None, user: str) -> None:
        if caller is not None:
            self._within(self.of_key, f"key:{caller}")
        if user:
            self._within(self.of_user, f"user:{caller or ''}:{user}")

    def _within(self, limits: Sequence[RateLimitItem], key: str) -> None:
        for limit in limits:
            seconds = limit.get_expiry()
            try:
                wait = self.window.take(f"{key}:{seconds}", limit.amount, seconds)
            except DatabaseUnavailableError as error:
                LOG.error("nobody is limited while the database fails: %s", error)
                return
            if wait > 0:
                raise TooOftenError(math.ceil(wait))


@dataclass(frozen=True, slots=True)
class PageRates:
    """The limits of the page's own calls, by address: of all of them, and of questions as the interface's.

    The page is one process; its calls, one at each key typed, are counted in its memory.
    """

    of_calls: Sequence[RateLimitItem]
    window: Window
    of_questions: Rates | None

    async def check(self, scope: Scope, is_question: bool) -> None:
        """Count one call.

        Raises:
            TooOftenError: it is one too many.
        """
        scope[WHO] = hidden(_address(scope))
        for limit in self.of_calls:
            seconds = limit.get_expiry()
            wait = self.window.take(f"page:{scope[WHO]}:{seconds}", limit.amount, seconds)
            if wait > 0:
                raise TooOftenError(math.ceil(wait))
        if is_question and self.of_questions is not None:
            await self.of_questions.check(None, scope[WHO])


def page_rates_of(settings: ApiSettings, rates: Rates | None) -> PageRates:
    """Return the limits of the page's calls; `rates` are those of the interface."""
    from limits import parse_many

    of_calls = tuple(parse_many(settings.page_rate)) if settings.page_rate else ()
    return PageRates(of_calls, LibraryWindow("memory://"), rates)


def rates_of(settings: ApiSettings, application: Application) -> Rates | None:
    """Return the limits that are set; None where there are none.

    Raises:
        SettingsError: the store cannot be used here.
    """
    from limits import parse_many

    if not (settings.api_rate_key or settings.api_rate_user):
        return None
    of_key, of_user = (
        tuple(parse_many(one)) if one else () for one in (settings.api_rate_key, settings.api_rate_user)
    )
    store = settings.api_rate_store
    if store == IN_DATABASE:
        from ui.api.gate.rates_sql import open_sql_window

        return Rates(of_key, of_user, open_sql_window(application.database), is_shared=True)
    window = LibraryWindow("memory://" if store == IN_MEMORY else store)
    return Rates(of_key, of_user, window, is_shared=store != IN_MEMORY)


def hidden(name: str) -> str:
    """Return a name as it may stand in a store or a log: nobody can read it back from there.

    >>> hidden("oX5openid"), len(hidden(""))
    ('72dfdd3a4654', 12)
    """
    return sha256(name.encode()).hexdigest()[:12]


class RatesKept:
    """Sends away who asks too often; who it is stands hidden in the scope."""

    def __init__(self, app: ASGIApp, rates: Rates | None) -> None:
        self._app = app
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith(GUARDED):
            await self._app(scope, receive, send)
            return
        user = _user(scope)
        scope[WHO] = hidden(user) if user else ""
        if self._rates is not None:
            try:
                await self._rates.check(scope.get(CALLER), scope[WHO])
            except TooOftenError as error:
                headers = {"Retry-After": str(error.retry_s)}
                await refusal(scope["path"], 429, str(error), headers=headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _user(scope: Scope) -> str:
    """Return whom a request is for: a user the key's holder names, or empty; without a key, an address."""
    if scope.get(CALLER):
        return Headers(scope=scope).get(USER, "").strip()
    return _address(scope)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return counted_address(client[0]) if client else ""
