"""Reading documents on request: asked for in a transaction, read by a process, told as an event."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy import Row, bindparam, func, insert, select, update

from console.domain.clock import local_date
from console.domain.errors import DomainError
from console.domain.evidence import Evidence
from console.domain.held import held
from console.domain.ids import EvidenceId, IncidentId
from console.domain.incident import Incident
from console.domain.recognition import DocumentKind, DocumentRead, Reading, ReadingProblem
from console.service.bell import rung
from console.service.core import Core
from console.service.journal import SERVICE, Work, read_incident
from console.service.recognition.reading import read
from console.service.tables import readings

log = logging.getLogger(__name__)

MOST_OPEN = 64
"""Readings that may wait at once; more are refused with ``too-many-readings``."""
IDLE_SECONDS = 30.0
SHORTEST_REST = 0.25
"""Seconds between two looks at what is asked for: most news are about something else."""


_NEXT = (
    select(readings)
    .where(readings.c.done_at.is_(None))
    .order_by(readings.c.asked_at)
    .limit(bindparam("most"))
)


def item_of(incident: Incident, evidence_id: EvidenceId) -> Evidence:
    """Return an item of the evidence; raise ``unknown-evidence``."""
    for item in incident.evidence:
        if item.id == evidence_id:
            return item
    raise DomainError("unknown-evidence")


def ask(work: Work, incident: Incident, evidence_id: EvidenceId) -> None:
    """Ask for a reading of an item; what waits already is not asked for twice.

    Raises ``unknown-evidence`` and ``too-many-readings``.
    """
    item = item_of(incident, evidence_id)
    known = work.connection.execute(select(readings).where(readings.c.evidence_id == item.id)).one_or_none()
    if known is not None and known.done_at is None:
        return
    waiting = work.connection.execute(
        select(func.count()).select_from(readings).where(readings.c.done_at.is_(None))
    ).scalar_one()
    if waiting >= MOST_OPEN:
        raise DomainError("too-many-readings", limit=MOST_OPEN)
    if known is None:
        row = insert(readings).values(evidence_id=item.id, incident_id=incident.id, asked_at=work.now)
        work.connection.execute(row)
    else:
        again = update(readings).where(readings.c.evidence_id == item.id)
        work.connection.execute(again.values(asked_at=work.now, done_at=None))
    work.changed = True


async def run(core: Core) -> None:
    """Read what is asked for, oldest first, as many at once as there are processes, until cancelled."""
    while True:
        turn = core.bell.turn
        rows = await asyncio.to_thread(_open, core)
        if rows:
            await asyncio.gather(*(asyncio.to_thread(_read, core, row) for row in rows))
        else:
            await asyncio.sleep(SHORTEST_REST)
            await rung(turn, IDLE_SECONDS)


def _open(core: Core) -> list[Row[tuple[object, ...]]]:
    with core.database.glance() as connection:
        return list(connection.execute(_NEXT, {"most": core.readers.count}))


def _read(core: Core, row: Row[tuple[object, ...]]) -> None:
    incident_id, evidence_id = IncidentId(row.incident_id), EvidenceId(row.evidence_id)
    with core.database.read() as connection:
        known = held(read_incident(connection, incident_id))
    item = next(one for one in known if one.id == evidence_id)  # it may have been set aside meanwhile
    try:
        data = core.evidence.read(item.id, item.digests)
        limit_s = core.settings.reading_seconds
        reading = read(core.readers, data, local_date(core.clock()), limit_s=limit_s)
    except DomainError as refused:
        if refused.code == "recognition-busy":
            return
        log.exception("an item cannot be read")
        reading = Reading(kind=DocumentKind.UNKNOWN, problems=(ReadingProblem.UNREADABLE_FILE,))
    with core.work(SERVICE) as work:
        first = work.connection.execute(
            update(readings)
            .where(readings.c.evidence_id == evidence_id, readings.c.done_at.is_(None))
            .values(done_at=work.now)
        ).rowcount
        if first:
            event = DocumentRead(evidence_id=evidence_id, party_id=item.capture.party_id, reading=reading)
            work.record(incident_id, event)
