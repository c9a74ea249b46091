"""One running service: its socket, its certificate and its orderly end."""

from __future__ import annotations

import asyncio
import socket
import ssl
from asyncio.sslproto import SSLProtocol
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import FrameType

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from console.service import commands, tls, training_accounts
from console.service.app import create_app
from console.service.core import Core
from console.service.database import Database
from console.service.middleware import Surround
from console.service.settings import Settings

KEEP_ALIVE_SECONDS = 75
"""An idle connection stays open longer than callers pause between requests, so that none is closed just as
the next request goes out on it.
"""


TLS_BUFFER_BYTES = 32 * 1024
"""What each connection reads at once, and holds for as long as it lasts: most hardly send anything."""
SSLProtocol.max_size = TLS_BUFFER_BYTES

LINES_BYTES = 64 * 1024
"""The most that the lines around a body may be: the parser by itself would keep any amount."""


HEAD_SECONDS = 30.0
"""Longest time from a connection, or the first byte of a further request on it, to the end of its lines."""
BODY_SECONDS = 150.0
"""Longest time for a body to arrive; somewhat more than a route gives to bytes of evidence."""


class Protocol(HttpToolsProtocol):
    """HTTP that tells the app which client certificate the connection showed, by its fingerprint.

    A request that does not become whole in time is cut off: strangers could hold every connection with them.
    """

    _unread = 0
    """Bytes that came since the last of a body or of a whole request."""
    _patience: asyncio.TimerHandle | None = None
    """Cuts the connection off while a request is awaited."""

    def data_received(self, data: bytes) -> None:
        """Read on, unless the lines before or after a body have no end."""
        self._unread += len(data)
        super().data_received(data)
        if self._unread > LINES_BYTES:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """Wait for the lines of a request."""
        super().on_message_begin()
        self._wait(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """Wait for the body, if only to see that there is none."""
        super().on_headers_complete()
        self._wait(BODY_SECONDS)

    def on_body(self, body: bytes) -> None:
        """Take a part of a body, whose size the app looks after."""
        self._unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole; what comes now is the next."""
        self._unread = 0
        self._wait_no_more()
        super().on_message_complete()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the fingerprint for every request of this connection, and wait for the first."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("HTTP needs a stream")
        super().connection_made(transport)
        connection = transport.get_extra_info("ssl_object")
        shown = connection.getpeercert(binary_form=True) if connection is not None else None
        self.app_state = {**self.app_state, "certificate": tls.fingerprint(shown) if shown else ""}
        self._wait(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self, seconds: float) -> None:
        self._wait_no_more()
        self._patience = self.loop.call_later(seconds, self.transport.abort)

    def _wait_no_more(self) -> None:
        if self._patience is not None:
            self._patience.cancel()

    def take_no_more(self) -> None:
        """Close as soon as the running request is answered, or now."""
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()
        else:
            self.cycle.keep_alive = False


class Server(uvicorn.Server):
    """A server that tells when it is ready and whose streams end when it is told to stop."""

    def __init__(self, config: uvicorn.Config, core: Core, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._core = core
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let running requests finish, then close every connection without waiting for its other end.

        Nothing new is taken meanwhile, on old connections either; streams end by themselves at once.
        """
        for listening in self.servers:
            listening.close()
        for connection in list(self.server_state.connections):
            if isinstance(connection, Protocol):
                connection.take_no_more()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=self._core.settings.drain_seconds)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin the end on a signal."""
        super().handle_exit(sig, frame)  # first: to it a second SIGINT means to wait for nothing
        self.stop()

    def stop(self) -> None:
        """Begin the end; callable from any thread."""
        self._core.bell.close()
        self.should_exit = True


@dataclass
class Service:
    """A service that is set up and ready to run; ``url`` is where this machine reaches it."""

    server: Server
    listener: socket.socket
    core: Core
    url: str
    lan_url: str
    files: tls.TlsFiles

    def run(self) -> None:
        """Serve until told to stop, then leave nothing open."""
        try:
            self.server.run(sockets=[self.listener])
        finally:
            self.close()

    def close(self) -> None:
        """Leave nothing open."""
        self.listener.close()
        self.core.press.close()
        self.core.registry.close()
        for receiver in self.core.receivers.values():
            receiver.close()
        if self.core.training is not None:
            self.core.training.close()
        self.core.database.close()


def set_up(settings: Settings, port: int, ready: Callable[[Service], None]) -> Service:
    """Make data folder, certificates, schema and training accounts, and listen; ``ready`` is called when up.

    Raises ``OSError`` when the port is taken.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = tls.prepare(settings.data, lan=settings.lan)
    listener = _listen("0.0.0.0" if settings.lan else "127.0.0.1", port)
    number = listener.getsockname()[1]
    url = f"https://127.0.0.1:{number}"
    lan_url = next((f"https://{a}:{number}" for a in tls.lan_addresses() if a.version == 4), "")
    lan_url = lan_url if settings.lan else ""
    core = Core(replace(settings, base_url=lan_url or url), Database(settings.database))
    core.database.migrate()
    commands.forget_old(core)
    if settings.training:
        training_accounts.ensure(core)
    config = uvicorn.Config(
        Surround(create_app(core), core),
        http=Protocol,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        ws="none",
        lifespan="on",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,  # what is left after the drain of ``shutdown`` is cancelled
        ssl_certfile=files.certificate,
        ssl_keyfile=files.key,
        # Asked for where it counts alone: a party's browser should not offer its owner's certificates.
        ssl_cert_reqs=ssl.CERT_OPTIONAL if settings.second_factor else ssl.CERT_NONE,
        ssl_ca_certs=files.ca,
    )
    server = Server(config, core, lambda: ready(service))
    service = Service(server, listener, core, url, lan_url, files)
    return service


def _listen(host: str, port: int) -> socket.socket:
    # Said to be TCP, since asyncio looks for that word before it lets small packets go out at once.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: nobody else may take the same port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener
