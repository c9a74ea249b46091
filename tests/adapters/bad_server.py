"""A real HTTP server that misbehaves as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; ``body`` is read, the server's behaviour answers."""

    protocol_version = "HTTP/1.1"
    server: BadServer

    def handle_any(self) -> None:
        """Record the request and behave."""
        length = int(self.headers.get("Content-Length", 0))
        self.body = b"" if self.server.deaf else self.rfile.read(length)
        self.server.requests.append((self.command, self.path, dict(self.headers), self.body))
        self.server.behave(self)

    do_GET = do_PUT = do_POST = do_DELETE = handle_any

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send an answer and close; ``_`` in a header's name stands for ``-``."""
        self.close_connection = True
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def hang(self) -> None:
        """Say nothing until the server ends."""
        self.close_connection = True
        self.server.ended.wait(10)

    def cut(self) -> None:
        """Drop the line without a word."""
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class BadServer(ThreadingHTTPServer):
    """``behave`` answers every request; ``requests`` lists what came."""

    daemon_threads = False

    def __init__(self, behave: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behave = behave
        self.deaf = False
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no news here."""


@contextmanager
def misbehaving(behave: Behaviour) -> Iterator[BadServer]:
    """Run a server that answers with ``behave`` for as long as the block."""
    server = BadServer(behave)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="bad server")
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
