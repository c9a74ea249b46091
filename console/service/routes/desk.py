"""What a desk knows: one snapshot, and every event after it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Response
from fastapi.sse import format_sse_event

from console.contract.codec import encode
from console.contract.journal import DeskSnapshot, Entry
from console.service.auth import DeskUser, SignedIn, find_session
from console.service.bell import rung
from console.service.core import Core, Here
from console.service.journal import last_sequence, read_entries, snapshot
from console.service.streams import HEARTBEAT, RESYNC, After, EventStream

router = APIRouter(prefix="/v1", tags=["desk"])

BATCH = 200
"""Entries read at once; a reader is never served from more memory than that."""


@router.get("/desk/snapshot", response_model=DeskSnapshot)
def desk_snapshot(_who: DeskUser, core: Here) -> Response:
    """Return everything a desk may see, and the sequence at which it was so."""
    with core.database.read() as connection:
        seen = snapshot(connection, core.clock())
    return Response(encode(seen), media_type="application/json")


@router.get("/events", response_class=EventStream, status_code=200)
async def events(who: DeskUser, core: Here, after: After) -> EventStream:
    """Stream the journal after a sequence, each entry once and in order; also makes the seat present."""
    return EventStream(
        _entries(core, who, after),
        send_timeout=core.settings.send_timeout_seconds,
        attendance=core.presence.attend(who.seat),
    )


async def _entries(core: Core, who: SignedIn, after: int) -> AsyncIterator[bytes]:
    yield HEARTBEAT
    while not core.bell.closed:
        turn = core.bell.turn
        batch = await asyncio.to_thread(_next_batch, core, who, after)
        if batch is None:
            yield RESYNC
            return
        for entry in batch:
            yield format_sse_event(data_str=encode(entry).decode(), id=str(entry.sequence))
            after = entry.sequence
        if not batch and not await rung(turn, core.settings.heartbeat_seconds):
            yield HEARTBEAT


def _next_batch(core: Core, who: SignedIn, after: int) -> list[Entry] | None:
    """Return what follows ``after``; ``None`` when the session is over or the reader too far behind."""
    with core.database.read() as connection:
        newest = last_sequence(connection)
        if find_session(connection, who.token_hash, core.clock()) is None:
            return None
        if not newest - core.settings.max_lag <= after <= newest:
            return None
        return read_entries(connection, after, BATCH)
