"""Lost calls: waiting parties that vanished are found, lost ones are listed, sent a link back, and closed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, select, tuple_

from console.contract.codec import decode
from console.contract.lost_api import CloseCall, LostCall, LostCallPage
from console.domain.call import Call, CallState
from console.domain.errors import DomainError
from console.domain.events import CallAbandoned
from console.domain.ids import CallId
from console.domain.incident import Incident
from console.domain.lost_call import BY_HAND, NEEDS_NOTE, CallClosed
from console.service.core import Core
from console.service.journal import Work
from console.service.notices import tell_way_back, way_back
from console.service.tables import calls, incidents

PAGE = 100
"""Lost calls on one page."""
WATCH_SECONDS = 5.0
"""Longest rest between two looks at who still waits."""
AT_ONCE = 500
"""Parties asked about in one statement."""

BATCH = 20
"""Calls given up in one transaction: when a network fails many vanish at once, and answering goes on."""

_WAITING = (CallState.WAITING.value, CallState.RINGING.value)
_STAMP = "%Y%m%dT%H%M%S.%fZ"


async def run(core: Core) -> None:
    """Look for waiting parties that vanished for as long as the service runs; every process does."""
    while not core.bell.closed:
        await asyncio.to_thread(one_round, core)
        await asyncio.sleep(min(WATCH_SECONDS, core.settings.waiting_gone_seconds / 4))


def one_round(core: Core) -> None:
    """Take the parties that have vanished by now out of the queue."""
    with core.database.read() as connection:
        found = next(_vanished(core, connection, core.clock()), None) is not None
    while found:
        with core.work() as work:
            some = list(islice(_vanished(core, work.connection, work.now), BATCH))
            for call_id in some:
                give_up(core, work, work.call(call_id), "party-silent")
        found = len(some) == BATCH


def _vanished(core: Core, connection: Connection, now: datetime) -> Iterator[CallId]:
    """Yield the calls of waiting parties that gave no sign of life for ``waiting_gone_seconds``."""
    limit = core.settings.waiting_gone_seconds
    waiting = connection.execute(
        select(calls.c.id, calls.c.party_id).where(
            calls.c.state.in_(_WAITING), calls.c.placed_at < now - timedelta(seconds=limit)
        )
    ).all()
    for first in range(0, len(waiting), AT_ONCE):
        some = waiting[first : first + AT_ONCE]
        there = core.presence.of(connection, [row.party_id for row in some], now)
        yield from (CallId(row.id) for row in some if there.silent_for(row.party_id) >= limit)


def give_up(core: Core, work: Work, call: Call, reason: str) -> None:
    """Take a waiting call out of the queue and tell its party how to come back."""
    work.record(call.incident_id, CallAbandoned(reason=reason), call.id)
    tell_way_back(core, work, call)


def close(work: Work, call_id: CallId, body: CloseCall) -> None:
    """Take a lost call off the list; raise ``reason-missing``, ``call-not-lost`` or ``call-held``.

    ``invalid-request`` for a reason that only the service may give.
    """
    if body.reason not in BY_HAND:
        raise DomainError("invalid-request", places="reason: enum")
    if body.reason in NEEDS_NOTE and not body.note.strip():
        raise DomainError("reason-missing")
    call = work.call(call_id)
    work.record(call.incident_id, CallClosed(reason=body.reason, note=body.note.strip()), call.id)


def page(connection: Connection, after: str = "") -> LostCallPage:
    """Return the lost calls after the place ``after``, those that were lost first come first.

    A place is a moment and an id, for the call there may have been closed meanwhile.
    """
    query = (
        select(calls.c.body, calls.c.lost_at, calls.c.id, incidents.c.body.label("incident"))
        .join(incidents, incidents.c.id == calls.c.incident_id)
        .where(calls.c.lost_at.is_not(None))
        .order_by(calls.c.lost_at, calls.c.id)
        .limit(PAGE + 1)
    )
    if after:
        query = query.where(tuple_(calls.c.lost_at, calls.c.id) > tuple_(*_place(after)))
    rows = connection.execute(query).all()
    more = len(rows) > PAGE
    last = rows[PAGE - 1] if more else None
    return LostCallPage(
        items=tuple(_item(row.body, row.incident, row.lost_at) for row in rows[:PAGE]),
        next="" if last is None else f"{last.lost_at.astimezone(UTC).strftime(_STAMP)}~{last.id}",
    )


def _place(after: str) -> tuple[datetime, str]:
    stamp, _tilde, call_id = after.partition("~")
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC), call_id
    except ValueError:
        raise DomainError("invalid-request", places="after: form") from None


def _item(call_body: str, incident_body: str, lost_at: datetime) -> LostCall:
    call: Call = decode(Call, call_body)
    incident: Incident = decode(Incident, incident_body)
    party = incident.party(call.party_id)
    told = way_back(incident, party.id)
    return LostCall(
        call_id=call.id,
        incident_id=incident.id,
        incident_number=incident.number,
        party=party.label,
        state=call.state,
        lost_at=lost_at,
        hurt_reported=call.hurt_reported,
        seat=call.seat,
        answered_name=call.answered_name,
        has_phone=bool(party.details.phone),
        link=None if told is None else told.state,
        link_at=None if told is None else told.queued_at,
    )
