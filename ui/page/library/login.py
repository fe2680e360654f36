"""Who may add documents: whoever knows the password of the settings, for as long as their tab is open.

Being let in is kept in the state of one tab on the server, never in the browser; it ends by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from pydantic import SecretStr

from ui.api.gate.addresses import counted_address

SHORTEST = 8
STAYS_S = 30 * 60.0
FREE_TRIES = 5
FIRST_WAIT_S = 60.0
LONGEST_WAIT_S = 60 * 60.0
FORGOTTEN_AFTER_S = 24 * 60 * 60.0
MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Admission:
    """A tab that was let in; `until` is a time of the login's clock."""

    until: float


class RefusedError(Exception):
    """Raised when someone is not let in; the message is Chinese and for them."""


@dataclass(frozen=True, slots=True)
class _Wrong:
    """How often in a row an address gave a wrong password, and when it last did."""

    times: int
    at: float

    @property
    def wait_s(self) -> float:
        """Return how long after the last try the next one is heard."""
        if self.times < FREE_TRIES:
            return 0.0
        return min(FIRST_WAIT_S * 2.0 ** min(self.times - FREE_TRIES, 30), LONGEST_WAIT_S)


class Login:
    """Lets administrators in; compares in constant time.

    Who guesses waits longer with every wrong try after the fifth, from a minute to an hour, by address:
    nobody can shut out anybody else.
    """

    def __init__(self, password: SecretStr | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the password; None, or one that is too short, leaves the login closed for all."""
        words = password.get_secret_value() if password else ""
        self.is_closed = len(words) < SHORTEST
        self.why_closed = _why_closed(words)
        self._digest = _digest(words)
        self._clock = clock
        self._wrong: OrderedDict[str, _Wrong] = OrderedDict()  # the address last heard of at the end
        self._lock = Lock()

    def admit(self, given: str, who: str) -> Admission:
        """Let someone in who gives the password.

        Raises:
            RefusedError: it is another one, or there were too many tries.
        """
        if self.is_closed:
            raise RefusedError(self.why_closed)
        who = counted_address(who)
        with self._lock:
            now = self._clock()
            before = self._before(who, now)
            left_s = before.at + before.wait_s - now
            if left_s > 0:
                raise RefusedError(f"试错次数太多，请 {_told(left_s)}后再试。")
            if hmac.compare_digest(_digest(given), self._digest):
                self._wrong.pop(who, None)
                return Admission(now + STAYS_S)
            self._wrong[who] = _Wrong(before.times + 1, now)
            self._wrong.move_to_end(who)
            if len(self._wrong) > MOST_ADDRESSES:
                self._wrong.popitem(last=False)
        raise RefusedError("口令不对。")

    def _before(self, who: str, now: float) -> _Wrong:
        """Return the wrong tries of an address; none, where the last was long ago."""
        found = self._wrong.get(who)
        return found if found and now - found.at < FORGOTTEN_AFTER_S else _Wrong(0, now)

    def knows(self, admission: object) -> bool:
        """Tell whether a tab was let in, and not too long ago."""
        return not self.is_closed and isinstance(admission, Admission) and self._clock() < admission.until


def _told(seconds: float) -> str:
    """Return a time to wait in words.

    >>> _told(59.2), _told(61)
    ('60 秒', '2 分钟')
    """
    return f"{math.ceil(seconds)} 秒" if seconds <= FIRST_WAIT_S else f"{math.ceil(seconds / 60)} 分钟"


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()


def _why_closed(words: str) -> str:
    if not words:
        return "添加文件没有开启。请管理员设置环境变量 POLICY_ADMIN_PASSWORD（至少 8 位）后重新启动。"
    return "添加文件没有开启：环境变量 POLICY_ADMIN_PASSWORD 不足 8 位，请换一个更长的后重新启动。"
