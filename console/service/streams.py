"""Server-sent events: one shape for the journal, the signals and the party's page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager
from typing import Annotated

from fastapi import Depends, Header, Query
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from starlette.types import Message, Receive, Scope, Send

from console.domain.errors import DomainError
from console.service.core import Core

log = logging.getLogger(__name__)

HEARTBEAT = format_sse_event(comment="alive")
RESYNC = format_sse_event(event="resync", data_str="{}")
COME_BACK = format_sse_event(comment="the service ends", retry=1_000)
"""The last word of a stream that ends with its process: a browser asks again after that many milliseconds."""


class EventStream(StreamingResponse):
    """A stream of events that counts as attendance while it is open and gives up on a reader who stalls."""

    media_type = "text/event-stream"

    def __init__(
        self,
        core: Core,
        chunks: AsyncIterator[bytes],
        attendance: AbstractContextManager[None] | None = None,
    ) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(_to_the_end(core, chunks), headers=headers)
        self._core = core
        self._attendance = attendance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the stream; a single send that takes longer than the limit ends it."""
        with ExitStack() as open_:
            open_.enter_context(self._core.metrics.streams.track_inprogress())
            if self._attendance is not None:
                open_.enter_context(self._attendance)
            try:
                async with in_time(send, self._core.settings.send_timeout_seconds) as send_in_time:
                    await super().__call__(scope, receive, send_in_time)
            except* TimeoutError:
                log.info("a reader stalled; its stream is closed")


@asynccontextmanager
async def in_time(send: Send, seconds: float) -> AsyncIterator[Send]:
    """Yield a ``send`` of which none may last longer; else the block ends in a ``TimeoutError``.

    One timer looks after all of them: to set one for each would take as long as the sending.
    """
    loop = asyncio.get_running_loop()
    begun: float | None = None
    timer: asyncio.TimerHandle

    async def send_in_time(message: Message) -> None:
        nonlocal begun
        begun = loop.time()
        await send(message)
        begun = None

    def look() -> None:
        nonlocal timer
        now = loop.time()
        since = now if begun is None else begun
        if now - since >= seconds:
            limit.reschedule(now)
        else:
            timer = loop.call_at(since + seconds, look)

    async with asyncio.timeout(None) as limit:
        timer = loop.call_later(seconds, look)
        try:
            yield send_in_time
        finally:
            timer.cancel()


async def _to_the_end(core: Core, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        yield chunk
    if core.bell.closed:
        yield COME_BACK


async def last_event_id(
    after: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    last_event_id: Annotated[str, Header()] = "",
) -> int:
    """Dependency: the number after which a stream goes on; raises ``invalid-request`` for no number."""
    if not last_event_id:
        return after or 0
    if not (last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) <= 16):
        raise DomainError("invalid-request", places="header.last-event-id: int_parsing")
    return int(last_event_id)


After = Annotated[int, Depends(last_event_id)]
