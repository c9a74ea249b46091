"""What a desk knows: one snapshot, and every event after it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from fastapi import Response

from console.contract.codec import encode
from console.contract.journal import DeskSnapshot
from console.service.auth import DeskUser, SignedIn
from console.service.core import Core, Here
from console.service.journal import last_sequence, read_entries, snapshot
from console.service.routes.room import Room
from console.service.streams import HEARTBEAT, RESYNC, After, EventStream
from console.service.tail import News, line, news

router = Room("/v1", "desk")

BATCH = 200
"""Entries read at once for a stream that the tail does not reach back to."""


@router.get("/desk/snapshot", response_model=DeskSnapshot)
def desk_snapshot(_who: DeskUser, core: Here) -> Response:
    """Return everything a desk may see, and the sequence at which it was so."""
    with core.database.read() as connection:
        seen = snapshot(connection, core.clock())
    return Response(encode(seen), media_type="application/json")


@router.get("/events", response_class=EventStream, status_code=200)
async def events(who: DeskUser, core: Here, after: After) -> EventStream:
    """Stream the journal after a sequence, each entry once and in order; also makes the seat present."""
    return EventStream(core, _entries(core, who, after), core.presence.attend(who.seat))


async def _entries(core: Core, who: SignedIn, after: int) -> AsyncIterator[bytes]:
    since = time.monotonic()
    with core.tail.reader(), core.lasting.watched(who.session_id):
        while not core.bell.closed:
            turn = core.tail.turn
            if core.lasting.ended(who.session_id, since):
                break
            found = core.tail.after(after)
            if found is None:
                found = await asyncio.to_thread(_older, core, after)
            if found is None:
                break
            after = found.newest
            yield found.chunk or HEARTBEAT
            if after >= core.tail.newest:
                await turn.wait()
        else:
            return
    yield RESYNC


def _older(core: Core, after: int) -> News | None:
    """Return what follows ``after`` in the database; ``None`` when the reader is too far behind, or ahead."""
    with core.database.read() as connection:
        newest = last_sequence(connection)
        if not newest - core.settings.max_lag <= after <= newest:
            return None
        return news(after, [line(entry) for entry in read_entries(connection, after, BATCH)])
