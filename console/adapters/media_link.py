"""One running media process and the desk's end of its pipe, from start to exit."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from console.contract.media import (
    MediaCommand,
    MediaError,
    MediaEvent,
    MediaFault,
    StillTaken,
)
from console.contract.media_pipe import MediaPipe, PipeError
from console.contract.recording import SegmentRecorded

PROJECT = Path(__file__).resolve().parents[2]
CONNECT_SECONDS = 15.0
SEND_SECONDS = 5.0
EXIT_SECONDS = 3.0

if sys.platform == "win32":
    NO_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    NO_WINDOW = 0

logger = logging.getLogger(__name__)

EventSink = Callable[[Any, bytes | None], None]


class MediaLink:
    """A media process that is connected. ``ended`` is set when its pipe is at its end, whatever the reason.

    ``on_event`` gets every event with its content in the event loop, ``on_frame`` is called from the reading
    thread for every frame notice.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        connection: Connection,
        on_event: EventSink,
        on_frame: Callable[[], None],
    ) -> None:
        self.ended = asyncio.Event()
        self._process = process
        self._pipe = MediaPipe(connection, MediaEvent)
        self._loop = asyncio.get_running_loop()
        self._sending = asyncio.Lock()
        self._on_event = on_event
        self._on_frame = on_frame
        self._reader = threading.Thread(target=self._read, name="media-reader", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid

    async def send(self, command: MediaCommand, content: bytes | None = None) -> None:
        """Send one command, in the order of the calls. Raises ``MediaError(NOT_RUNNING)``.

        A process that does not take it within ``SEND_SECONDS`` hangs and is killed.
        """
        async with self._sending:
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    await asyncio.to_thread(self._pipe.send, command, content)
            except (OSError, TimeoutError) as error:
                self._process.kill()
                raise MediaError(MediaFault.NOT_RUNNING) from error

    def kill(self) -> None:
        """End the process by force."""
        self._process.kill()

    async def finish(self) -> int:
        """Wait for the process to exit, kill it when it does not, and return its exit code."""
        code = await asyncio.to_thread(_reap, self._process, EXIT_SECONDS)
        await asyncio.to_thread(self._reader.join, EXIT_SECONDS)
        self._pipe.close()
        return code

    def _read(self) -> None:
        try:
            while True:
                event = self._pipe.receive()
                if event is None:
                    self._on_frame()
                    continue
                content = (
                    self._pipe.receive_content(event)
                    if isinstance(event, StillTaken | SegmentRecorded)
                    else None
                )
                self._loop.call_soon_threadsafe(self._on_event, event, content)
        except (EOFError, OSError):
            logger.info("the media process closed its pipe")
        except PipeError as error:
            logger.warning("the media process broke the rules of the pipe: %s", error)
            self._process.kill()
        finally:
            self._loop.call_soon_threadsafe(self.ended.set)


async def launch(
    command: Sequence[str],
    ring: str,
    descriptor: int | None,
    abandoned: threading.Event,
    on_event: EventSink,
    on_frame: Callable[[], None],
) -> MediaLink:
    """Start a media process on the frame ring named ``ring`` and wait until it has connected.

    ``descriptor`` is inherited by the child (POSIX). Once ``abandoned`` is set the start is given up, also
    when nobody waits here any more. Raises ``MediaError(NOT_RUNNING)``.
    """
    process, connection = await asyncio.to_thread(_start, command, ring, descriptor, abandoned)
    return MediaLink(process, connection, on_event, on_frame)


def _start(
    command: Sequence[str], ring: str, descriptor: int | None, abandoned: threading.Event
) -> tuple[subprocess.Popen[bytes], Connection]:
    """Start the process and accept its connection; the key goes through its standard input."""
    key = secrets.token_hex(32).encode()
    windows = sys.platform == "win32"
    with tempfile.TemporaryDirectory(prefix="desk-media-") as folder:
        address = rf"\\.\pipe\{Path(folder).name}" if windows else str(Path(folder) / "pipe")
        with Listener(address, "AF_PIPE" if windows else "AF_UNIX", authkey=key) as listener:
            try:
                process = subprocess.Popen(
                    [*command, "--connect", address, "--ring", ring],
                    stdin=subprocess.PIPE,
                    cwd=PROJECT,
                    pass_fds=() if descriptor is None else (descriptor,),
                    creationflags=NO_WINDOW,
                )
            except OSError as error:
                raise MediaError(MediaFault.NOT_RUNNING) from error
            connection = _accept(listener, process, address, key, abandoned)
    if connection is None:
        _reap(process, 0.0)
        raise MediaError(MediaFault.NOT_RUNNING)
    return process, connection


def _accept(
    listener: Listener,
    process: subprocess.Popen[bytes],
    address: str,
    key: bytes,
    abandoned: threading.Event,
) -> Connection | None:
    """Give the child its key and accept it; nothing when it died, took too long or is not wanted any more.

    ``Listener.accept`` has no time limit and closing it from another thread does not wake it, so a watching
    thread wakes it with a connection of its own.
    """
    connected, gave_up = threading.Event(), threading.Event()

    def watch() -> None:
        deadline = time.monotonic() + CONNECT_SECONDS
        while not connected.wait(0.05):
            if process.poll() is not None or abandoned.is_set() or time.monotonic() > deadline:
                gave_up.set()
                with contextlib.suppress(OSError, EOFError, AuthenticationError):
                    Client(address, authkey=key).close()
                return

    watcher = threading.Thread(target=watch, name="media-start")
    watcher.start()
    try:
        if process.stdin is not None:
            with contextlib.suppress(OSError), process.stdin as entry:
                entry.write(key + b"\n")
        connection = listener.accept()
    except (OSError, EOFError, AuthenticationError):
        return None
    finally:
        connected.set()
        watcher.join()
    if gave_up.is_set():
        connection.close()
        return None
    return connection


def _reap(process: subprocess.Popen[bytes], patience: float) -> int:
    """Wait ``patience`` seconds for the process to exit, then kill it; return its exit code."""
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
