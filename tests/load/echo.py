"""The ceiling to measure against: `python -m tests.load.echo PORT`; several may share a port."""

from __future__ import annotations

import socket
import sys

import uvicorn
from fastapi import FastAPI, Request, Response

from ui.bots.envelopes import read_xml, write_xml


def echo_app() -> FastAPI:
    """Return a route that reads the message and writes back as many words, and nothing else."""
    app = FastAPI()

    @app.post("/wechat/official")
    async def echo(request: Request) -> Response:
        fields = read_xml(await request.body())
        said = (fields["Content"] + "惠企政策" * 400)[:500]
        answer = {"ToUserName": fields["FromUserName"], "FromUserName": fields["ToUserName"], "CreateTime": 1}
        return Response(write_xml({**answer, "MsgType": "text", "Content": said}), media_type="text/xml")

    return app


def main(port: int) -> None:
    """Serve until killed."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(2048)
    print("open", flush=True)
    server = uvicorn.Server(uvicorn.Config(echo_app(), log_level="error", backlog=2048))
    server.run(sockets=[listening])


if __name__ == "__main__":
    main(int(sys.argv[1]))
