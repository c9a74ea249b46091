"""Who is there: desks and parties by their open event streams and by what they sent last."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Presence:
    """Open streams by key (a seat or a party), and when each key was last heard of; for any thread."""

    def __init__(self, changed: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._changed = changed
        self._clock = clock
        self._lock = threading.Lock()
        self._streams: Counter[str] = Counter()
        self._heard: dict[str, float] = {}
        self._since = clock()

    @contextmanager
    def attend(self, key: str) -> Iterator[None]:
        """Count ``key`` as there for as long as the block runs."""
        with self._lock:
            self._streams[key] += 1
            self._heard[key] = self._clock()
        self._changed()
        try:
            yield
        finally:
            with self._lock:
                self._streams[key] -= 1
                if not self._streams[key]:
                    del self._streams[key]
                self._heard[key] = self._clock()
            self._changed()

    def heard(self, key: str) -> None:
        """Note a sign of life of ``key``."""
        with self._lock:
            self._heard[key] = self._clock()

    def here(self, key: str) -> bool:
        """Tell whether ``key`` has an open stream."""
        with self._lock:
            return key in self._streams

    def silent_for(self, key: str) -> float:
        """Return the seconds since the last sign of life: 0 with a stream; counted from the start if none."""
        with self._lock:
            if key in self._streams:
                return 0.0
            return self._clock() - self._heard.get(key, self._since)
