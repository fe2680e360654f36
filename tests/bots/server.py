"""A server of bots as a process of its own, to be killed and started again: `python -m tests.bots.server`.

Arguments: data directory, port, and settings as JSON. What is computed is written to `asked.log` there, and a
file `go` there lets go what waits for it.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from assistant.conversation import Answer, Question
from tests.bots.backends import PacedApplication, PacedAssistant, bot_settings, bots_app
from tests.patience import soon


@dataclass
class LoggingAssistant(PacedAssistant):
    """Writes down what it begins to compute."""

    log: Path = field(default_factory=Path)

    def ask(self, question: Question) -> Answer:
        handle = os.open(self.log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        os.write(handle, f"{os.getpid()} {question.text}\n".encode())
        os.close(handle)
        return super().ask(question)

    def wait(self) -> None:
        """Wait for the file that lets it go."""
        assert soon((self.log.parent / "go").exists)


def main(data_dir: str, port: int, changes: dict[str, object]) -> None:
    """Serve until killed; several of these may share the port."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind(("127.0.0.1", port))
    application = PacedApplication(LoggingAssistant(log=Path(data_dir) / "asked.log"))
    app = bots_app(application, bot_settings(Path(data_dir), **changes))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2, backlog=2048))
    listening.listen(2048)  # whoever comes before all is loaded waits
    print("open", flush=True)
    server.run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]))
