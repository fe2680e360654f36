"""Is a callback from the platform, and fresh: signatures and the time they were made."""

from __future__ import annotations

import hashlib
import hmac

from ui.bots.errors import ForgedError

_LONGEST_TIMESTAMP = 12


def signature(*parts: str) -> str:
    """Return the platform's signature of some parts: SHA-1 over them, sorted and joined.

    >>> signature("token", "1700000000", "nonce")
    'bf37e74fc61ce5974ce58c68e55130b79b2578b9'
    """
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def require_signed(given: str, *parts: str) -> None:
    """Refuse what is not signed; an empty token signs nothing. Takes the same time wherever they differ.

    Raises:
        ForgedError: the signature is not that of the parts.
    """
    if not all(parts) or not hmac.compare_digest(signature(*parts).encode(), given.encode()):
        raise ForgedError("签名不符，拒绝处理。")


def require_fresh(timestamp: str, now: float, window_s: float) -> None:
    """Refuse what was signed outside the window around now: most likely somebody's replay.

    Raises:
        ForgedError: the timestamp is no number, or too far from now.
    """
    is_number = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _LONGEST_TIMESTAMP
    if not is_number or abs(now - int(timestamp)) > window_s:
        raise ForgedError("请求的时间戳不在允许范围内，拒绝处理；请检查服务器时钟。")
