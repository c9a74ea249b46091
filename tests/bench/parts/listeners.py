"""A process that holds many event streams open and notes when each entry reaches each of them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import mmap
import re
import ssl
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SLOTS = 1 << 17
"""Entries whose moment of writing fits into the shared memory, counted from the first of the measurement."""
_ID = re.compile(rb"^id: (\d+)$", re.MULTILINE)


@contextmanager
def moments(file: Path) -> Iterator[memoryview[float]]:
    """Share the moments of writing with the other process that has ``file`` open, which is ``SLOTS`` long."""
    with (
        file.open("r+b") as opened,
        mmap.mmap(opened.fileno(), 8 * SLOTS) as memory,
        memoryview(memory) as plain,
        plain.cast("d") as written,
    ):
        yield written


@dataclass
class Desk(asyncio.Protocol):
    """One stream: the newest number, how many came, and what came twice or out of order."""

    request: bytes
    after: int
    written: memoryview[float]
    late_ms: Counter[int]
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    newest: int = 0
    number: int = 0
    disorder: int = 0
    ended: bool = False
    wanted: int = sys.maxsize
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _rest: bytes = b""

    def connection_made(self, transport: Any) -> None:
        """Ask for the stream."""
        self.newest = self.after
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Take what came; a number is complete with its line."""
        now = time.monotonic()
        self.opened.set()
        whole, _, self._rest = (self._rest + data).rpartition(b"\n")
        for found in _ID.findall(whole + b"\n"):
            sequence = int(found)
            self.number += 1
            self.disorder += sequence <= self.newest
            self.newest = max(sequence, self.newest)
            self.late_ms[int((now - self.written[sequence - self.after]) * 1000)] += 1
        if self.newest >= self.wanted:
            self.arrived.set()

    def connection_lost(self, _error: Exception | None) -> None:
        """The stream is over, which it should not be."""
        self.ended = True
        self.opened.set()
        self.arrived.set()

    async def reached(self, wanted: int) -> None:
        """Wait until the entry of that number is here, or the stream is over."""
        self.wanted = wanted
        if self.newest < wanted:
            await self.arrived.wait()


def _itself(desk: Desk) -> Desk:
    return desk


async def listen(job: dict[str, Any], written: memoryview[float]) -> dict[str, Any]:
    """Open the streams, say so, wait for the last number to be told, and return what came."""
    loop = asyncio.get_running_loop()
    late: Counter[int] = Counter()
    desks: list[Desk] = []
    trust = ssl.create_default_context(cafile=job["ca"])
    for place in range(job["desks"]):
        url, token = job["seats"][place % len(job["seats"])]
        where = urlsplit(url)
        head = f"GET /v1/events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: {job['after']}\r\n"
        request = f"{head}Authorization: Bearer {token}\r\n\r\n".encode()
        desk = Desk(request, job["after"], written, late)
        desks.append(desk)
        await loop.create_connection(
            partial(_itself, desk), where.hostname, where.port, ssl=trust, server_hostname="127.0.0.1"
        )
        await desk.opened.wait()
    sys.stdout.write("open\n")
    sys.stdout.flush()
    last = int(await asyncio.to_thread(sys.stdin.readline))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(job["patience_s"]):
            for desk in desks:
                await desk.reached(last)
    wanted = last - job["after"]
    return {
        "lost": sum(max(0, wanted - desk.number) for desk in desks),
        "doubled": sum(desk.disorder for desk in desks),
        "ended": sum(desk.ended for desk in desks),
        "late_ms": sorted(late.items()),
    }


def main() -> int:
    """Read the job from standard input and print what came of it."""
    job = json.loads(sys.stdin.readline())
    with moments(Path(job["memory"])) as written:
        result = asyncio.run(listen(job, written))
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
