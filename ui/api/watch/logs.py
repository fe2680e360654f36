"""Logs for machines: one JSON object a line, with the request's id, without secrets."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from ui.api.gate.request_ids import request_id
from ui.api.json_response import json_bytes

# What these say of a request at INFO holds its whole address, and with it access tokens.
_TALKATIVE = ("httpx", "httpcore", "openai", "urllib3", "chromadb", "asyncio", "uvicorn.access")
_FIELDS = ("method", "route", "status", "ms", "key", "user", "channel", "outcome", "question")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id():
            told["request_id"] = request_id()
        told |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json_bytes(told).decode()


def install_json_logs() -> None:
    """Make everything this process logs lines of JSON on standard error, requests included."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
