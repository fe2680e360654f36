"""A JSON response that goes out whatever stands in it."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse


class Json(JSONResponse):
    """JSON with Chinese as it is; half a character (a lone surrogate) becomes a question mark."""

    def render(self, content: Any) -> bytes:
        """Return the body."""
        return json_bytes(content)


def json_bytes(content: Any) -> bytes:
    r"""Write a value as compact JSON in UTF-8.

    >>> json_bytes({"说": "好\ud800"}).decode()
    '{"说":"好?"}'
    """
    written = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.encode("utf-8", "replace")
