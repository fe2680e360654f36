"""A language model that is slow: `python -m tests.load.slow_model SECONDS`, OpenAI-compatible, on loopback.

After the seconds it says the answer it was given, with a greeting before it, in pieces of four characters;
what it says therefore passes the guard like the wording of a real model. It prints its port once it is open.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

_GIVEN = re.compile("【回答开始】\n(.*?)\n【回答结束】", re.DOTALL)
_PIECE = 4
_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
    b"Connection: keep-alive\r\n\r\n"
)


async def main(seconds: float) -> None:
    """Serve until killed."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                found = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
                body = json.loads(await reader.readexactly(int(found.group(1)) if found else 0))
                await asyncio.sleep(seconds)
                writer.write(_HEAD + b"".join(map(_chunk, _events(said_to(body["messages"])))) + b"0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def said_to(messages: list[dict[str, str]]) -> str:
    """Return what the model says to a prompt.

    >>> said_to([{"role": "user", "content": "【回答开始】\\n最高{{A1}}。〔c1〕\\n【回答结束】"}])
    '您好，最高{{A1}}。〔c1〕'
    """
    given = _GIVEN.search(messages[-1]["content"])
    return f"您好，{given.group(1)}" if given else "好的。"


def _events(text: str) -> list[bytes]:
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    deltas = [*({"content": piece} for piece in pieces), {}]
    events = []
    for number, delta in enumerate(deltas):
        finish = "stop" if number == len(pieces) else None
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        data = {
            "id": "x",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "slow",
            "choices": [choice],
        }
        events.append(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
    return [*events, b"data: [DONE]\n\n"]


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
