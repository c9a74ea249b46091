"""The pipe between the desk and its media process: one end of a ``multiprocessing`` connection, bytes only.

Every block starts with its kind, one byte: ``m`` a value of ``console.contract.media`` as JSON, ``f`` a newer
picture lies in the frame ring (nothing follows), ``c`` the bytes announced by the value before it, checked by
size and SHA-256. Nothing is ever pickled, so neither end can make the other run anything.
"""

from __future__ import annotations

import hashlib
import threading
from multiprocessing.connection import Connection
from typing import Any, Protocol

from console.contract import codec

_MESSAGE = b"m"
_FRAME = b"f"
_CONTENT = b"c"

MAX_MESSAGE_BYTES = 1 << 20
MAX_CONTENT_BYTES = 64 << 20


class PipeError(Exception):
    """The other end broke the rules of the pipe; it is not to be used any more."""


class Announced(Protocol):
    """A value that announces content."""

    @property
    def size(self) -> int:
        """Length of the content in bytes."""

    @property
    def sha256(self) -> str:
        """Its digest, hexadecimal in lower case."""


def sha256_hex(content: bytes) -> str:
    """Return the digest that announces ``content``."""
    return hashlib.sha256(content).hexdigest()


class MediaPipe:
    """One end. Any thread may send; one thread receives values of the union ``incoming``."""

    def __init__(self, connection: Connection, incoming: Any) -> None:
        self._connection = connection
        self._incoming = incoming
        self._sending = threading.Lock()

    def send(self, value: object, content: bytes | None = None) -> None:
        """Send one value and, where it announces any, its content. Raises ``OSError`` on a closed pipe."""
        message = _MESSAGE + codec.encode(value)
        with self._sending:
            self._connection.send_bytes(message)
            if content is not None:
                self._connection.send_bytes(_CONTENT + content)

    def send_frame_notice(self) -> None:
        """Tell that a newer picture lies in the ring."""
        with self._sending:
            self._connection.send_bytes(_FRAME)

    def receive(self) -> Any:
        """Wait for the next value and return it; ``None`` stands for a frame notice.

        Raises ``EOFError`` or ``OSError`` when the other end is gone, ``PipeError`` for what is no value.
        """
        block = self._connection.recv_bytes(MAX_MESSAGE_BYTES)
        if block == _FRAME:
            return None
        if block[:1] != _MESSAGE:
            raise PipeError("a block of unknown kind")
        try:
            return codec.decode(self._incoming, block[1:])
        except codec.DecodeError as error:
            raise PipeError(str(error)) from error

    def receive_content(self, announced: Announced) -> bytes:
        """Wait for the content of the value received last. Raises as ``receive``."""
        block = self._connection.recv_bytes(MAX_CONTENT_BYTES)
        content = block[1:]
        if block[:1] != _CONTENT or len(content) != announced.size:
            raise PipeError("content is missing")
        if sha256_hex(content) != announced.sha256:
            raise PipeError("content does not match its digest")
        return content

    def close(self) -> None:
        """Close this end."""
        self._connection.close()
