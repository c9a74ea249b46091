"""A mailbox for one picture: the newest wins, what was overtaken is counted."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from av import VideoFrame


@dataclass(frozen=True)
class DecodedFrame:
    """One decoded picture: ``number`` counts from 1, ``decoded_at`` is ``time.monotonic()`` in seconds,
    ``decoded_wall`` the same moment as seconds since the epoch."""

    frame: VideoFrame
    number: int
    decoded_at: float
    decoded_wall: float


class LatestFrame:
    """Holds the newest picture for any number of readers; safe between threads.

    The one writer never waits. ``dropped`` counts pictures that a newer one replaced before ``take`` gave
    them out, ``count`` all pictures put in.
    """

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._newest: DecodedFrame | None = None
        self._taken = 0
        self._closed = False
        self.count = 0
        self.dropped = 0

    def put(self, frame: VideoFrame, decoded_at: float, decoded_wall: float) -> None:
        """Writer: make ``frame`` the newest picture."""
        with self._arrived:
            if self._taken < self.count:
                self.dropped += 1
            self.count += 1
            self._newest = DecodedFrame(frame, self.count, decoded_at, decoded_wall)
            self._arrived.notify_all()

    def peek(self) -> DecodedFrame | None:
        """Return the newest picture, taken or not."""
        with self._arrived:
            return self._newest

    def take(self, timeout: float) -> DecodedFrame | None:
        """Wait up to ``timeout`` seconds for a picture not given out yet; ``None`` if none came or closed."""
        with self._arrived:
            self._arrived.wait_for(lambda: self._closed or self._taken < self.count, timeout)
            if self._closed or self._taken == self.count:
                return None
            self._taken = self.count
            return self._newest

    def close(self) -> None:
        """Wake every waiting reader; the newest picture stays readable with ``peek``."""
        with self._arrived:
            self._closed = True
            self._arrived.notify_all()

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        with self._arrived:
            return self._closed
