"""An application served for real, on a free port of this machine."""

import threading
import time
from contextlib import contextmanager

import uvicorn


@contextmanager
def served(app):
    """Serve an application on a free port of this machine for as long as the block runs."""
    server = uvicorn.Server(
        uvicorn.Config(app, "127.0.0.1", 0, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
