"""Who is there: desks and parties by their open event streams and by what they sent last, on any process.

Each process counts its own streams in memory and publishes what changed; what stands in the database of the
others counts for as long as they give a sign of life themselves.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from console.domain.ids import new_id
from console.service.tables import attendance, processes

BEAT_SECONDS = 2.0
"""How often a process says that it is alive."""
LOST_SECONDS = 7.0
"""A process that was silent for so long is gone, and everybody on it with it."""


_ELSEWHERE = (
    select(attendance.c.key, attendance.c.here, attendance.c.heard_at, processes.c.seen_at)
    .join(processes, processes.c.id == attendance.c.process_id)
    .where(
        attendance.c.key.in_(bindparam("wanted", expanding=True)),
        attendance.c.process_id != bindparam("own"),
    )
)


@dataclass(frozen=True)
class Attendance:
    """Who of those asked about is there: seconds since the last sign of life, 0 with an open stream."""

    streams: frozenset[str]
    silent: Mapping[str, float]
    longest: float

    def here(self, key: str) -> bool:
        """Tell whether ``key`` has an open stream."""
        return key in self.streams

    def silent_for(self, key: str) -> float:
        """Return the seconds since the last sign of life; counted from this process's start if none."""
        return 0.0 if key in self.streams else self.silent.get(key, self.longest)


class Presence:
    """Open streams by key (a seat or a party), and when each key was last heard of; for any thread."""

    def __init__(self, changed: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self.process = new_id()
        self._changed = changed
        self._clock = clock
        self._lock = threading.Lock()
        self._streams: Counter[str] = Counter()
        self._heard: dict[str, float] = {}
        self._since = clock()
        self._moved: set[str] = set()
        self._called: set[str] = set()
        self._beat_at = -BEAT_SECONDS

    @contextmanager
    def attend(self, key: str) -> Iterator[None]:
        """Count ``key`` as there for as long as the block runs."""
        self._count(key, 1)
        try:
            yield
        finally:
            self._count(key, -1)

    def _count(self, key: str, step: int) -> None:
        with self._lock:
            self._streams[key] += step
            if not self._streams[key]:
                del self._streams[key]
            self._heard[key] = self._clock()
            self._moved.add(key)
        self._changed()

    def heard(self, key: str) -> None:
        """Note a sign of life of ``key``; the other processes learn of it at the next beat."""
        with self._lock:
            self._heard[key] = self._clock()
            self._called.add(key)

    def due(self) -> bool:
        """Tell whether there is something to publish: a stream came or went, or the beat is due."""
        with self._lock:
            return bool(self._moved) or self._clock() - self._beat_at >= BEAT_SECONDS

    def publish(self, connection: Connection, now: datetime) -> bool:
        """Write what changed since the last time, and that this process is alive.

        Returns whether a stream came or went, which the other processes should hear of.
        """
        with self._lock:
            moved, keys = bool(self._moved), self._moved | self._called
            self._moved, self._called = set(), set()
            news = [
                {"key": key, "here": key in self._streams, "heard_at": now - self._ago(key)} for key in keys
            ]
            self._beat_at = self._clock()
        alive = update(processes).where(processes.c.id == self.process).values(seen_at=now)
        if not connection.execute(alive).rowcount:
            connection.execute(insert(processes).values(id=self.process, seen_at=now))
        if keys:
            own = attendance.c.process_id == self.process
            connection.execute(delete(attendance).where(own, attendance.c.key.in_(keys)))
            connection.execute(insert(attendance), [{**item, "process_id": self.process} for item in news])
        _forget_lost(connection, now)
        return moved

    def _ago(self, key: str) -> timedelta:
        return timedelta(seconds=self._clock() - self._heard[key])

    def of(self, connection: Connection, keys: Iterable[str], now: datetime) -> Attendance:
        """Return who of ``keys`` is there, on this process or another that is alive."""
        wanted = set(keys)
        asked = {"wanted": list(wanted), "own": self.process}
        rows = connection.execute(_ELSEWHERE, asked).all() if wanted else []
        with self._lock:
            streams = {key for key in wanted if key in self._streams}
            moment = self._clock()
            silent = {key: moment - self._heard[key] for key in wanted if key in self._heard}
            longest = moment - self._since
        for row in rows:
            alive = now - row.seen_at < timedelta(seconds=LOST_SECONDS)
            if row.here and alive:
                streams.add(row.key)
            last = row.seen_at if row.here else row.heard_at
            ago = max(0.0, (now - last).total_seconds())
            silent[row.key] = min(ago, silent.get(row.key, ago))
        return Attendance(frozenset(streams), silent, longest)


def _forget_lost(connection: Connection, now: datetime) -> None:
    """Drop the processes that are long gone, and what they knew."""
    gone = processes.c.seen_at < now - timedelta(hours=1)
    lost = select(processes.c.id).where(gone).scalar_subquery()
    connection.execute(delete(attendance).where(attendance.c.process_id.in_(lost)))
    connection.execute(delete(processes).where(gone))
