"""News of this process and the others: heard through the database, read once, kept in the tail."""

from __future__ import annotations

import asyncio
import logging
import time

import psycopg

from console.service.auth import lasting_sessions
from console.service.bell import rung
from console.service.core import Core
from console.service.journal import last_sequence, read_entries
from console.service.tail import Line, line

log = logging.getLogger(__name__)

BATCH = 200
"""Entries read at once."""
SHORTEST_REST, LONGEST_REST = 0.05, 0.25
"""Seconds in which further entries are taken together."""
READER_SECONDS = 0.00015
"""What that grows by for each stream: waking thousands takes the longer, the more often it is done."""
WATCH_REST = 0.5
"""Seconds between two looks at the sign-ins, however much happens."""
LOST_SECONDS = 1.0
"""Rest before the database is listened to again after it was lost."""


async def listen(core: Core) -> None:
    """Ring this process's bell when any process commits; an embedded database's one does so itself."""
    while not core.bell.closed and not core.database.embedded:
        try:
            await asyncio.to_thread(core.database.listen, core.bell.ring, lambda: core.bell.closed)
        except psycopg.OperationalError:
            log.info("the database is lost; it is listened to again")
        await rung(core.bell.turn, LOST_SECONDS)


async def follow(core: Core) -> None:
    """Keep the tail of the journal up to date for as long as the service runs."""
    core.tail.begin(await asyncio.to_thread(_newest, core))
    try:
        while not core.bell.closed:
            turn = core.bell.turn
            lines = await asyncio.to_thread(_next, core, core.tail.newest)
            if lines:
                core.tail.add(lines)
            elif core.tail.silent() >= core.settings.heartbeat_seconds:
                core.tail.ring()  # the streams show that they live
            if len(lines) < BATCH:
                await asyncio.sleep(_rest(core.tail.readers))
                await rung(turn, core.settings.heartbeat_seconds - core.tail.silent())
    finally:
        core.tail.ring()


async def watch(core: Core) -> None:
    """Keep known which sign-ins last, and wake the streams when one is over."""
    while not core.bell.closed:
        turn, looked_at = core.bell.turn, time.monotonic()
        if core.lasting.put(await asyncio.to_thread(_lasting, core), looked_at):
            core.tail.ring()
        await asyncio.sleep(WATCH_REST)
        await rung(turn, core.settings.heartbeat_seconds)


def _lasting(core: Core) -> frozenset[str]:
    with core.database.glance() as connection:
        return lasting_sessions(connection, core.clock())


def _rest(readers: int) -> float:
    return min(LONGEST_REST, SHORTEST_REST + readers * READER_SECONDS)


def _newest(core: Core) -> int:
    with core.database.glance() as connection:
        return last_sequence(connection)


def _next(core: Core, after: int) -> list[Line]:
    with core.database.glance() as connection:
        return [line(entry) for entry in read_entries(connection, after, BATCH)]
