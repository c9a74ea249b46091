"""Retention by itself: once in ``retention_seconds``, by one process of however many there are."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import insert, select, update

from console.service.core import Core
from console.service.tables import jobs
from console.service.upkeep import retention

RETENTION = "retention"
LOOK_SECONDS = 600.0
"""Longest rest between two looks at whether it is time."""


async def run(core: Core) -> None:
    """Delete what was kept long enough for as long as the service runs."""
    every = core.settings.retention_seconds
    while not core.bell.closed and every > 0:
        await asyncio.to_thread(one_round, core)
        await asyncio.sleep(min(LOOK_SECONDS, every / 4))


def one_round(core: Core) -> bool:
    """Run retention if it is time and no other process has begun; tell whether it ran.

    A service that has just been set up waits for a whole interval first: it has nothing that is old.
    """
    if not _claimed(core):
        return False
    proofs = retention.run(core, stop=lambda: core.bell.closed)
    with core.work() as work:
        work.note("retention-run", f"proofs={len(proofs)}")
    return True


def _claimed(core: Core) -> bool:
    with core.database.read() as connection:
        begun = connection.execute(
            select(jobs.c.begun_at).where(jobs.c.name == RETENTION)
        ).scalar_one_or_none()
    interval = timedelta(seconds=core.settings.retention_seconds)
    if begun is not None and begun > core.clock() - interval:
        return False
    with core.work() as work:
        mine = work.connection.execute(
            update(jobs)
            .where(jobs.c.name == RETENTION, jobs.c.begun_at <= work.now - interval)
            .values(begun_at=work.now)
        )
        known = work.connection.execute(select(jobs.c.name).where(jobs.c.name == RETENTION)).first()
        if known is None:
            work.connection.execute(insert(jobs).values(name=RETENTION, begun_at=work.now))
        return bool(mine.rowcount)
