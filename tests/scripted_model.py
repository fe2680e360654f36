"""A scripted OpenAI-compatible server on loopback: what it says, and how it fails, is written beforehand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Messages = list[dict[str, str]]


@dataclass(frozen=True)
class Reply:
    """One reply. `text` may be worked out from the messages; the rest is how it goes wrong."""

    text: str | Callable[[Messages], str] = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0  # seconds before the first byte
    drip: float = 0.0  # seconds between pieces
    finish: str | None = "stop"  # None: the stream ends without a reason
    cut_after: int | None = None  # pieces after which the connection is dropped
    raw: str | None = None  # sent as it is, instead of pieces
    keep_alive: float = 0.0  # seconds of comments instead of pieces


@dataclass
class ScriptedModel:
    """The server: replies are given in order, the last one for ever. `requests` is what was asked."""

    replies: list[Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    dropped: int = 0
    url: str = ""

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def serving(*replies: Reply) -> Iterator[ScriptedModel]:
    """Serve the replies on a free port of loopback."""
    script = ScriptedModel(list(replies))

    class Handler(_Handler):
        model = script

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    model: ScriptedModel

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model.requests.append(body)
        self.model.keys.append(self.headers.get("Authorization", ""))
        reply = self.model.next()
        time.sleep(reply.delay)
        try:
            self._answer(reply, body)
        except (BrokenPipeError, ConnectionResetError):
            self.model.dropped += 1

    def _answer(self, reply: Reply, body: dict[str, Any]) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status != 200:
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"error": {"message": "sk-secret-in-an-error", "type": "server_error"}}')
            return
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if reply.raw is not None:
            self.wfile.write(reply.raw.encode())
            return
        until = time.monotonic() + reply.keep_alive
        while time.monotonic() < until:
            self._send(": still here\n\n")
            time.sleep(0.05)
        self._stream(reply, body)

    def _stream(self, reply: Reply, body: dict[str, Any]) -> None:
        text = reply.text if isinstance(reply.text, str) else reply.text(body["messages"])
        pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
        for number, piece in enumerate(pieces):
            if number == reply.cut_after:
                return
            self._chunk({"content": piece}, None)
            time.sleep(reply.drip)
        if reply.finish is not None:
            self._chunk({}, reply.finish)
            self._send("data: [DONE]\n\n")

    def _chunk(self, delta: dict[str, str], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        data = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        self._send(f"data: {json.dumps(data, ensure_ascii=False)}\n\n")

    def _send(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
