"""The newest journal entries of this process: read once, handed to every stream of a desk.

A bounded tail, so that thousands of streams cost one read of the journal and not one each; a stream that is
further behind reads the database.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi.sse import format_sse_event

from console.contract.codec import encode
from console.contract.journal import Entry

KEPT = 1_000
"""Entries in the tail: what a stream that keeps up may be behind."""


@dataclass(frozen=True)
class Line:
    """One entry as it goes out."""

    entry: Entry
    chunk: bytes


@dataclass(frozen=True)
class News:
    """What follows a sequence: the newest sequence, the entries, and all of them as they go out."""

    newest: int
    entries: tuple[Entry, ...]
    chunk: bytes


def line(entry: Entry) -> Line:
    """Return ``entry`` with its server-sent event."""
    return Line(entry, format_sse_event(data_str=encode(entry).decode(), id=str(entry.sequence)))


def news(after: int, lines: Sequence[Line]) -> News:
    """Put together what follows the sequence ``after``."""
    newest = lines[-1].entry.sequence if lines else after
    return News(newest, tuple(item.entry for item in lines), b"".join(item.chunk for item in lines))


class Tail:
    """The newest entries of the journal, in order and without a gap; on the event loop alone.

    ``turn`` is rung after new entries are here, and after a long silence; take it *before* looking, as with
    a ``Bell``. ``readers`` counts the streams that it wakes.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self.turn = asyncio.Event()
        self.readers = 0
        self._lines: deque[Line] = deque(maxlen=kept)
        self._first = 0
        self.newest = 0
        self._told: dict[int, News] = {}
        self._rung_at = time.monotonic()

    @contextmanager
    def reader(self) -> Iterator[None]:
        """Count a stream for as long as the block runs."""
        self.readers += 1
        try:
            yield
        finally:
            self.readers -= 1

    def begin(self, newest: int) -> None:
        """Start after the entry ``newest``."""
        self._lines.clear()
        self._told.clear()
        self._first = self.newest = newest

    def add(self, lines: list[Line]) -> None:
        """Append what follows."""
        self._told.clear()
        for item in lines:
            if len(self._lines) == self._lines.maxlen:
                self._first = self._lines[0].entry.sequence
            self._lines.append(item)
            self.newest = item.entry.sequence
        self.ring()

    def ring(self) -> None:
        """Wake every stream."""
        self._rung_at = time.monotonic()
        rung_now, self.turn = self.turn, asyncio.Event()
        rung_now.set()

    def silent(self) -> float:
        """Return the seconds since every stream was woken last."""
        return time.monotonic() - self._rung_at

    def after(self, sequence: int) -> News | None:
        """Return all that is above ``sequence``; ``None`` when some of it is no longer, or not yet, here.

        Streams that stand at the same sequence share one answer.
        """
        if not self._first <= sequence <= self.newest:
            return None
        if sequence not in self._told:
            found: deque[Line] = deque()
            for item in reversed(self._lines):
                if item.entry.sequence <= sequence:
                    break
                found.appendleft(item)
            self._told[sequence] = news(sequence, found)
        return self._told[sequence]
