"""A worker to load: `python -m tests.load.workers WHAT DIRECTORY PORT`; several may share a port.

WHAT is `bots` (the bots on the real assistant, no model) or `echo` (nothing but FastAPI, an answer as long).
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response

from assistant.bootstrap import load
from tests.bots.backends import bot_settings
from ui.api import create_app
from ui.bots import bot_routes
from ui.bots.envelopes import read_xml, write_xml


def bots_app(data_dir: Path) -> FastAPI:
    """Return the bots as they are served, on the real assistant."""
    settings = bot_settings(
        data_dir, bot_hold_s=4.5, bot_lease_s=8, bot_threads=4, bot_most_waiting_each=1000
    )
    application = load(settings)
    application.index.opened()
    return create_app(application, bot_routes(application, settings))


def echo_app(_: Path) -> FastAPI:
    """Return the ceiling: a route that reads the message and writes back as many words."""
    app = FastAPI()

    @app.post("/wechat/official")
    async def echo(request: Request) -> Response:
        fields = read_xml(await request.body())
        said = (fields["Content"] + "惠企政策" * 400)[:500]
        answer = {"ToUserName": fields["FromUserName"], "FromUserName": fields["ToUserName"], "CreateTime": 1}
        return Response(write_xml({**answer, "MsgType": "text", "Content": said}), media_type="text/xml")

    return app


def main(what: str, directory: str, port: int) -> None:
    """Serve until killed."""
    app = {"bots": bots_app, "echo": echo_app}[what](Path(directory))
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(2048)  # whoever comes before all is loaded waits
    print("open", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error", backlog=2048)).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
