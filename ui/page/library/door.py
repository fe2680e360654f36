"""Who may add documents: whoever knows the password of the settings, for as long as their tab is open.

Being let in is kept in the state of one tab on the server, never in the browser; it ends by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from pydantic import SecretStr

SHORTEST = 8
STAYS_S = 30 * 60.0
WINDOW_S = 60.0
TRIES_EACH = 5
TRIES_ALL = 30


@dataclass(frozen=True, slots=True)
class Admission:
    """A tab that was let in; `until` is a time of the door's clock."""

    until: float


class RefusedError(Exception):
    """Raised when someone is not let in; the message is Chinese and for them."""


class Door:
    """Lets administrators in: compares in constant time, and only a few tries a minute."""

    def __init__(self, password: SecretStr | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the password; None, or one that is too short, leaves the door shut for all."""
        words = password.get_secret_value() if password else ""
        self.is_shut = len(words) < SHORTEST
        self.why_shut = _why_shut(words)
        self._digest = _digest(words)
        self._clock = clock
        self._tries: deque[tuple[float, str]] = deque()
        self._lock = Lock()

    def admit(self, given: str, who: str) -> Admission:
        """Let someone in who gives the password.

        Raises:
            RefusedError: it is another one, or there were too many tries.
        """
        if self.is_shut:
            raise RefusedError(self.why_shut)
        with self._lock:
            now = self._clock()
            while self._tries and now - self._tries[0][0] > WINDOW_S:
                self._tries.popleft()
            own = sum(one == who for _, one in self._tries)
            if own >= TRIES_EACH or len(self._tries) >= TRIES_ALL:
                raise RefusedError("试得太频繁，请一分钟后再试。")
            if hmac.compare_digest(_digest(given), self._digest):
                return Admission(now + STAYS_S)
            self._tries.append((now, who))
        raise RefusedError("口令不对。")

    def knows(self, admission: object) -> bool:
        """Tell whether a tab was let in, and not too long ago."""
        return not self.is_shut and isinstance(admission, Admission) and self._clock() < admission.until


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()


def _why_shut(words: str) -> str:
    if not words:
        return "添加文件没有开启。请管理员设置环境变量 POLICY_ADMIN_PASSWORD（至少 8 位）后重新启动。"
    return "添加文件没有开启：环境变量 POLICY_ADMIN_PASSWORD 不足 8 位，请换一个更长的后重新启动。"
