"""Asking a platform's own interface: one host and no other, one token for all threads.

Tokens and secrets travel in addresses, as the platforms want it; that is why no error repeats an address, and
why what the HTTP library would log is kept quiet.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

_TIMEOUT = httpx.Timeout(8, connect=3)
_EARLY_S = 300  # a token is renewed so long before it ends


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


def code_of(answer: Mapping[str, Any]) -> int:
    """Return the error code of an answer; 0 where all went well."""
    code = answer.get("errcode", 0)
    return code if isinstance(code, int) else -1


def token_of(answer: Mapping[str, Any]) -> tuple[str, float]:
    """Return the token in an answer and how long it holds.

    Raises:
        PlatformError: there is none.
    """
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not token or not isinstance(seconds, int | float):
        raise PlatformError(f"no access token: errcode {code_of(answer)}")
    return token, float(seconds)
