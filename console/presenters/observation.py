"""Writes what the desk shows to a file, when a training run asks for it. Never on a live service."""

from __future__ import annotations

import queue
import threading
from pathlib import Path
from typing import IO, Any

from console.contract import codec
from console.contract.observation import DeskObservation

_END = None


class ObservationLog:
    """Appends observations as JSON lines from a thread of its own, so that the GUI thread never waits.

    A full queue (4,096 lines) drops the newest and counts it in ``dropped``.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.dropped = 0
        self._file: IO[bytes] = path.open("ab")
        self._queue: queue.Queue[Any] = queue.Queue(maxsize=4096)
        self._thread = threading.Thread(target=self._write, name="observation", daemon=True)
        self._thread.start()

    def write(self, observation: object) -> None:
        """Append one ``DeskObservation``; returns at once."""
        try:
            self._queue.put_nowait(observation)
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what is left and close the file."""
        self._queue.put(_END)
        self._thread.join(5)
        self._file.close()

    def _write(self) -> None:
        while (observation := self._queue.get()) is not _END:
            self._file.write(codec.encode(observation, DeskObservation) + b"\n")
            if self._queue.empty():
                self._file.flush()
