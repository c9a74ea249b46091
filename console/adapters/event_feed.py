"""The journal as it reaches this desk: a snapshot, then every entry, through every break of the line."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from console.adapters.http_client import Ask, HttpClient
from console.adapters.sse import SILENCE_S, Connection, persistently
from console.contract.codec import DecodeError, decode
from console.contract.journal import DeskSnapshot, Entry
from console.usecases.ports import FeedItem, ServiceUnavailable, StreamLost, StreamOpened

AGAIN_S = 0.5
"""Pause after a broken stream, so that a service that accepts and drops is not asked in a tight loop."""

logger = logging.getLogger(__name__)


class EventFeed:
    """``EventFeedPort`` over server-sent events. ``silence_s`` without a byte counts as a broken line."""

    def __init__(
        self, client: HttpClient, workers: ThreadPoolExecutor, *, silence_s: float = SILENCE_S
    ) -> None:
        self._client = client
        self._workers = workers
        self._silence_s = silence_s

    async def follow(self) -> AsyncGenerator[FeedItem, None]:
        """Yield a snapshot and what follows; an entry that cannot be read brings a fresh snapshot."""
        after: int | None = None
        while True:
            opened: tuple[DeskSnapshot | None, Connection] | None = None
            async with contextlib.aclosing(persistently(partial(self._open, after))) as steps:
                async for step in steps:
                    if isinstance(step, StreamLost):
                        yield step
                    else:
                        opened = step
            if opened is None:
                return
            snapshot, connection = opened
            try:
                if snapshot is not None:
                    after = snapshot.sequence
                    yield snapshot
                yield StreamOpened()
                while after is not None:
                    entry = await self._next(connection)
                    after = None if entry is None else entry.sequence
                    if entry is not None:
                        yield entry
            except ServiceUnavailable as error:
                yield StreamLost(reason=error.reason)
            finally:
                await connection.close()
            await asyncio.sleep(AGAIN_S)

    async def _open(self, after: int | None) -> tuple[DeskSnapshot | None, Connection]:
        snapshot = await self._snapshot() if after is None else None
        since = snapshot.sequence if snapshot is not None else after or 0
        open_it = partial(Connection.open, self._client, self._workers, "/v1/events", since, self._silence_s)
        connection = await self._client.open_with(open_it)
        return snapshot, connection

    async def _snapshot(self) -> DeskSnapshot:
        body = await self._client.send(Ask(method="GET", path="/v1/desk/snapshot"))
        try:
            snapshot: DeskSnapshot = decode(DeskSnapshot, body)
        except DecodeError as error:
            logger.warning("the service's snapshot cannot be read: %s", error)
            raise ServiceUnavailable("unreadable") from None
        return snapshot

    @staticmethod
    async def _next(connection: Connection) -> Entry | None:
        """Return the next entry, or ``None`` when everything must be loaded anew."""
        message = await connection.next()
        if message.event == "resync":
            return None
        with contextlib.suppress(DecodeError):
            entry: Entry = decode(Entry, message.data)
            return entry
        logger.warning("journal entry %s cannot be read; loading everything anew", message.id)
        return None
