"""The journal: what happened, in commit order, and the calls and incidents that follow from it.

An entry is written in the same transaction as everything that goes with it, and the rows of ``calls`` and
``incidents`` are never written but by folding an entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from console.contract.codec import TAGGED, decode, encode
from console.contract.journal import DeskSnapshot, Entry, next_call, next_incident
from console.domain.call import Call, CallState
from console.domain.errors import DomainError
from console.domain.events import CallPlaced, Event, IncidentOpened
from console.domain.ids import CallId, IncidentId, new_id
from console.domain.incident import Incident, IncidentState
from console.service.tables import calls, incidents, journal

T = TypeVar("T")

SNAPSHOT_HOURS = 24
"""Ended calls and closed incidents stay in the snapshot for this long after their last change."""

_EVENT: Any = Annotated[Event, TAGGED]
_OVER = (CallState.ENDED, CallState.ABANDONED)
_CLOSED = (IncidentState.CLOSED, IncidentState.VOID)


class Work:
    """One writing transaction: read, decide, record. Made by ``Command.begin`` and ``Core.work``.

    ``now`` is the service's clock at its start and the time of everything recorded in it; ``actor`` is a user
    id, ``party`` or ``service``.
    """

    def __init__(self, connection: Connection, now: datetime, actor: str) -> None:
        self.connection = connection
        self.now = now
        self.actor = actor
        self.changed = False
        """Whether listeners must be woken after the commit."""
        self.reply = b""
        """JSON of the answer, kept for a repeat of the same command."""
        self._incidents: dict[IncidentId, Incident] = {}

    def answer(self, value: T) -> T:
        """Keep ``value`` as the answer to this command and hand it back for the response."""
        self.reply = encode(value)
        return value

    def incident(self, incident_id: IncidentId) -> Incident:
        """Return an incident as it stands in this transaction; raise ``unknown-incident``."""
        if incident_id not in self._incidents:
            self._incidents[incident_id] = read_incident(self.connection, incident_id, lock=True)
        return self._incidents[incident_id]

    def call(self, call_id: CallId) -> Call:
        """Return a call as it stands in this transaction; raise ``unknown-call``."""
        return read_call(self.connection, call_id)

    def record(self, incident_id: IncidentId, event: Event, call_id: CallId | None = None) -> Entry:
        """Append ``event`` to the journal and fold it; raise ``call-state`` when it cannot happen.

        ``call_id`` names the call of a call event.
        """
        sequence = self.connection.execute(
            insert(journal)
            .values(
                at=self.now,
                actor=self.actor,
                incident_id=incident_id,
                call_id=call_id,
                event=encode(event, _EVENT).decode(),
            )
            .returning(journal.c.sequence)
        ).scalar_one()
        entry = Entry(
            sequence=sequence,
            at=self.now,
            actor=self.actor,
            incident_id=incident_id,
            call_id=call_id,
            event=event,
        )
        self._fold_incident(entry)
        if call_id is not None:
            self._fold_call(entry, call_id)
        self.changed = True
        return entry

    def _fold_incident(self, entry: Entry) -> None:
        first = isinstance(entry.event, IncidentOpened)
        known = None if first else self.incident(entry.incident_id)
        incident = next_incident(known, entry)
        values = {
            "state": incident.state.value,
            "version": incident.version,
            "changed_at": entry.at,
            "body": encode(incident).decode(),
        }
        if first:
            row = insert(incidents).values(id=incident.id, number=incident.number, **values)
            self.connection.execute(row)
        else:
            self.connection.execute(update(incidents).where(incidents.c.id == incident.id).values(**values))
        self._incidents[incident.id] = incident

    def _fold_call(self, entry: Entry, call_id: CallId) -> None:
        first = isinstance(entry.event, CallPlaced)
        known = None if first else self.call(call_id)
        call = next_call(known, entry)
        if call is None or call == known:
            return
        values = {
            "state": call.state.value,
            "seat": call.seat or call.ringing_seat,
            "changed_at": entry.at,
            "body": encode(call).decode(),
        }
        if first:
            self.connection.execute(
                insert(calls).values(
                    id=call.id,
                    incident_id=call.incident_id,
                    party_id=call.party_id,
                    hurt_reported=call.hurt_reported,
                    placed_at=call.placed_at,
                    resume_token=new_id(),
                    **values,
                )
            )
        else:
            self.connection.execute(update(calls).where(calls.c.id == call_id).values(**values))


def read_incident(connection: Connection, incident_id: IncidentId, *, lock: bool = False) -> Incident:
    """Return an incident; raise ``unknown-incident``. ``lock`` keeps other writers off it (PostgreSQL)."""
    query = select(incidents.c.body).where(incidents.c.id == incident_id)
    body = connection.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    if body is None:
        raise DomainError("unknown-incident")
    incident: Incident = decode(Incident, body)
    return incident


def read_call(connection: Connection, call_id: CallId) -> Call:
    """Return a call; raise ``unknown-call``."""
    body = connection.execute(select(calls.c.body).where(calls.c.id == call_id)).scalar_one_or_none()
    if body is None:
        raise DomainError("unknown-call")
    call: Call = decode(Call, body)
    return call


def read_calls(connection: Connection, *states: CallState) -> list[Call]:
    """Return all calls in one of ``states``, oldest first."""
    wanted = [state.value for state in states]
    rows = connection.execute(
        select(calls.c.body).where(calls.c.state.in_(wanted)).order_by(calls.c.placed_at, calls.c.id)
    )
    return [decode(Call, body) for body in rows.scalars()]


def last_sequence(connection: Connection) -> int:
    """Return the sequence of the newest entry, 0 before any."""
    newest: int | None = connection.execute(select(func.max(journal.c.sequence))).scalar_one()
    return newest or 0


def read_entries(connection: Connection, after: int, limit: int) -> list[Entry]:
    """Return the entries above sequence ``after`` in order, at most ``limit``."""
    rows = connection.execute(
        select(journal).where(journal.c.sequence > after).order_by(journal.c.sequence).limit(limit)
    )
    return [_entry(row) for row in rows]


def snapshot(connection: Connection, now: datetime) -> DeskSnapshot:
    """Return everything a desk may see, in one consistent view with its sequence."""
    since = now - timedelta(hours=SNAPSHOT_HOURS)
    call_rows = connection.execute(
        select(calls.c.body)
        .where(or_(calls.c.state.not_in(_words(_OVER)), calls.c.changed_at > since))
        .order_by(calls.c.placed_at, calls.c.id)
    )
    incident_rows = connection.execute(
        select(incidents.c.body)
        .where(or_(incidents.c.state.not_in(_words(_CLOSED)), incidents.c.changed_at > since))
        .order_by(incidents.c.number)
    )
    return DeskSnapshot(
        sequence=last_sequence(connection),
        at=now,
        calls=tuple(decode(Call, body) for body in call_rows.scalars()),
        incidents=tuple(decode(Incident, body) for body in incident_rows.scalars()),
    )


def _words(states: Sequence[CallState] | Sequence[IncidentState]) -> list[str]:
    return [state.value for state in states]


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        sequence=row.sequence,
        at=row.at,
        actor=row.actor,
        incident_id=IncidentId(row.incident_id),
        call_id=None if row.call_id is None else CallId(row.call_id),
        event=decode(_EVENT, row.event),
    )
