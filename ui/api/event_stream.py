"""A response of events, sent as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse


class EventStream(StreamingResponse):
    """Server-sent events; a proxy must not hold them back."""

    media_type = "text/event-stream"

    def __init__(self, content: AsyncIterator[bytes]) -> None:
        super().__init__(content, headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})
