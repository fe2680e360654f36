"""The channels of the bots, and how many bytes of text one message of each may hold."""

from __future__ import annotations

from ui.bots.rendering import MESSAGE_BYTES, STREAM_BYTES

WECHAT = "wechat"
WECOM_APP = "wecom-app"
WECOM_BOT = "wecom-bot"


def most_bytes(channel: str) -> int:
    """Return how many bytes of UTF-8 one message of a channel holds.

    >>> most_bytes("wechat"), most_bytes("wecom-bot")
    (2048, 20480)
    """
    return STREAM_BYTES if channel == WECOM_BOT else MESSAGE_BYTES
