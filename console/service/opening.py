"""How an accident, its parties and its calls come to be."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from console.domain.call import Call, CallSource
from console.domain.city import DAILY, Numbering
from console.domain.clock import local_date
from console.domain.errors import DomainError
from console.domain.events import CallPlaced, IncidentOpened, PartyJoined
from console.domain.ids import CallId, IncidentId, PartyId, new_id
from console.domain.incident import Incident
from console.domain.lost_call import CallClosed, CloseReason
from console.domain.party import Party, PartyDetails
from console.service.journal import Work
from console.service.tables import calls, numbers

LABELS = "甲乙丙丁戊己庚辛壬癸"
"""Names of parties in the order of joining; an accident has no more of them than this."""


def next_number(connection: Connection, series: str) -> int:
    """Return the next number of ``series``, from 1; given back when the transaction fails."""
    counted: int | None = connection.execute(
        update(numbers)
        .where(numbers.c.series == series)
        .values(last=numbers.c.last + 1)
        .returning(numbers.c.last)
    ).scalar_one_or_none()
    if counted is not None:
        return counted
    connection.execute(insert(numbers).values(series=series, last=1))
    return 1


def open_incident(work: Work, *, training: bool, numbering: Numbering = DAILY) -> Incident:
    """Open an incident with the next number of the city's series; training numbers say so."""
    prefix, today = "训练 T-" if training else "", local_date(work.now)
    count = next_number(work.connection, prefix + numbering.series(today))
    number = prefix + numbering.number(today, count)
    incident_id = IncidentId(new_id())
    work.record(incident_id, IncidentOpened(incident_id=incident_id, number=number, training=training))
    return work.incident(incident_id)


def join(
    work: Work, incident: Incident, details: PartyDetails, *, caller: bool, party_id: PartyId | None = None
) -> Party:
    """Add a party with the next label; raise ``too-many-parties``. ``party_id`` is one reserved before."""
    if len(incident.parties) >= len(LABELS):
        raise DomainError("too-many-parties", limit=len(LABELS))
    label = LABELS[len(incident.parties)]
    party = Party(id=party_id or PartyId(new_id()), label=label, caller=caller, details=details)
    work.record(incident.id, PartyJoined(party=party))
    return party


def place_call(
    work: Work, incident_id: IncidentId, party_id: PartyId, *, source: CallSource, hurt: bool, place_hint: str
) -> Call:
    """Put a new call of the party into the queue; those of it that were lost need nobody any more."""
    call = Call(
        id=CallId(new_id()),
        incident_id=incident_id,
        party_id=party_id,
        source=source,
        placed_at=work.now,
        hurt_reported=hurt,
        place_hint=place_hint,
    )
    lost = work.connection.execute(
        select(calls.c.id).where(calls.c.party_id == party_id, calls.c.lost_at.is_not(None))
    )
    for call_id in lost.scalars().all():
        work.record(incident_id, CallClosed(reason=CloseReason.CAME_BACK), CallId(call_id))
    work.record(incident_id, CallPlaced(call=call), call.id)
    return call
