"""How often something may happen. Kept in memory: a restart forgives."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from console.domain.errors import DomainError

MAX_KEYS = 10_000


class Throttle:
    """At most ``times`` hits a key within ``seconds``; the longest unused keys are forgotten first."""

    def __init__(self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._times = times
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._hits: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, key: str) -> None:
        """Raise ``too-many-requests`` (with ``retry_after`` in seconds) when ``key`` has used up its hits."""
        with self._lock:
            hits = self._fresh(key)
            if len(hits) >= self._times:
                wait = int(self._seconds - (self._clock() - hits[0])) + 1
                raise DomainError("too-many-requests", retry_after=wait)

    def hit(self, key: str) -> None:
        """Count one hit of ``key``, or raise as ``check`` does."""
        self.check(key)
        with self._lock:
            self._fresh(key).append(self._clock())

    def _fresh(self, key: str) -> deque[float]:
        hits = self._hits.setdefault(key, deque(maxlen=self._times))
        self._hits.move_to_end(key)
        if len(self._hits) > MAX_KEYS:
            self._hits.popitem(last=False)
        while hits and hits[0] <= self._clock() - self._seconds:
            hits.popleft()
        return hits
