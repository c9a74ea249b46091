"""The journal: what happened, in commit order, and the calls and incidents that follow from it.

An entry is written in the same transaction as everything that goes with it, and the rows of ``calls`` and
``incidents`` are never written but by folding an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from console.contract.codec import TAGGED, decode, encode
from console.contract.journal import DeskSnapshot, Entry, next_call, next_incident
from console.domain.call import Call, CallState
from console.domain.errors import DomainError
from console.domain.events import CallPlaced, Event, IncidentOpened
from console.domain.ids import CallId, IncidentId, new_id
from console.domain.incident import Incident, IncidentState
from console.domain.local_finding import LocalFinding, LocalRuleApplied
from console.service.audit import OK, Deed
from console.service.tables import calls, incidents, journal
from console.service.trail import Trail

T = TypeVar("T")

SERVICE = "service"
"""The actor of what the service does by itself."""

Judge = Callable[[Incident], LocalFinding]
"""Applies the city's rule to an incident as it stands."""

SNAPSHOT_HOURS = 24
"""Ended calls and closed incidents stay in the snapshot for this long after their last change; a lost call
stays until it is closed, an incident until what a party applied for is decided."""

ACTION_CHARACTERS = 200
"""What the audit keeps of the words of one transaction."""

AT_A_SEAT = (CallState.RINGING, CallState.CONNECTED, CallState.INTERRUPTED, CallState.WRAP_UP)
"""States of a call that rings at a seat or is not wrapped up there yet."""

_EVENT: Any = Annotated[Event, TAGGED]
_OVER = (CallState.ENDED, CallState.ABANDONED)
_UNDECIDED = (IncidentState.COLLECTING, IncidentState.RULING)
_CLOSED = (IncidentState.CLOSED, IncidentState.VOID)

# What every command says is built once: to build a statement takes longer than to carry it out.
_APPEND = insert(journal).returning(journal.c.sequence)
_OPEN_INCIDENT = insert(incidents)
_FOLD_INCIDENT = update(incidents).where(incidents.c.id == bindparam("incident"))
_OPEN_CALL = insert(calls)
_FOLD_CALL = update(calls).where(calls.c.id == bindparam("call"))
_INCIDENT = select(incidents.c.body).where(incidents.c.id == bindparam("incident"))
_CALL = select(calls.c.body).where(calls.c.id == bindparam("call"))
_CALL_AND_INCIDENT = (
    select(calls.c.body, incidents.c.body.label("incident"))
    .join(incidents)
    .where(calls.c.id == bindparam("call"))
)
_CALLS_BY_STATE = (
    select(calls.c.body)
    .where(calls.c.state.in_(bindparam("states", expanding=True)))
    .order_by(calls.c.placed_at, calls.c.id)
)
_NEWEST = select(func.max(journal.c.sequence))
_ENTRIES = (
    select(journal)
    .where(journal.c.sequence > bindparam("after"))
    .order_by(journal.c.sequence)
    .limit(bindparam("most"))
)


class Work:
    """One writing transaction: read, decide, record. Made by ``Command.begin`` and ``Core.work``.

    ``now`` is the service's clock at its start and the time of everything recorded in it; ``actor`` is a user
    id, ``party`` or ``service``. ``judge`` is asked again after every entry of an incident that is not issued
    yet, and what it finds otherwise than before is recorded in the service's own name.
    """

    def __init__(self, connection: Connection, now: datetime, actor: str, judge: Judge) -> None:
        self._judge = judge
        self.connection = connection
        self.now = now
        self.actor = actor
        self.changed = False
        """Whether listeners must be woken after the commit."""
        self.reply = b""
        """JSON of the answer, kept for a repeat of the same command."""
        self._incidents: dict[IncidentId, Incident] = {}
        self._calls: dict[CallId, Call] = {}
        self._happened: dict[IncidentId, list[str]] = {}
        self._noted: list[Deed] = []

    def note(self, action: str, record: str) -> None:
        """Leave a row of its own in the audit for something that is no entry of the journal."""
        self._noted.append(Deed(at=self.now, actor=self.actor, action=action, record=record, outcome=OK))

    def deeds(self, trail: Trail | None) -> list[Deed]:
        """Return what the audit keeps of this transaction: one row of the request, or of each incident."""
        if trail is not None:
            trail.incident_id = trail.incident_id or next(iter(self._happened), "")
            return [trail.deed(self.now, OK), *self._noted]
        changed = [
            Deed(
                at=self.now,
                actor=self.actor,
                action=" ".join(dict.fromkeys(types))[:ACTION_CHARACTERS],
                incident_id=incident_id,
                outcome=OK,
            )
            for incident_id, types in self._happened.items()
        ]
        return [*changed, *self._noted]

    def answer(self, value: T) -> T:
        """Keep ``value`` as the answer to this command and hand it back for the response."""
        self.reply = encode(value)
        return value

    def incident(self, incident_id: IncidentId) -> Incident:
        """Return an incident as it stands in this transaction; raise ``unknown-incident``."""
        if incident_id not in self._incidents:
            self._incidents[incident_id] = read_incident(self.connection, incident_id)
        return self._incidents[incident_id]

    def call(self, call_id: CallId) -> Call:
        """Return a call as it stands in this transaction; raise ``unknown-call``.

        Its incident, which nearly everything about a call needs too, comes with it.
        """
        if call_id not in self._calls:
            row = self.connection.execute(_CALL_AND_INCIDENT, {"call": call_id}).one_or_none()
            if row is None:
                raise DomainError("unknown-call")
            call: Call = decode(Call, row.body)
            self._calls[call_id] = call
            if call.incident_id not in self._incidents:
                self._incidents[call.incident_id] = decode(Incident, row.incident)
        return self._calls[call_id]

    def record(self, incident_id: IncidentId, event: Event, call_id: CallId | None = None) -> Entry:
        """Append ``event`` to the journal and fold it; raise ``call-state`` when it cannot happen.

        ``call_id`` names the call of a call event.
        """
        entry = self._append(incident_id, event, self.actor, call_id)
        incident = self.incident(incident_id)
        if incident.state in _UNDECIDED and (found := self._judge(incident)) != incident.local:
            self._append(incident_id, LocalRuleApplied(finding=found), SERVICE)
        return entry

    def _append(
        self, incident_id: IncidentId, event: Event, actor: str, call_id: CallId | None = None
    ) -> Entry:
        row = {
            "at": self.now,
            "actor": actor,
            "incident_id": incident_id,
            "call_id": call_id,
            "event": encode(event, _EVENT).decode(),
        }
        sequence = self.connection.execute(_APPEND, row).scalar_one()
        entry = Entry(
            sequence=sequence,
            at=self.now,
            actor=actor,
            incident_id=incident_id,
            call_id=call_id,
            event=event,
        )
        self._happened.setdefault(incident_id, []).append(event.type)
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
            "asked_at": incident.asked_at,
            "body": encode(incident).decode(),
        }
        if first:
            self.connection.execute(_OPEN_INCIDENT, {"id": incident.id, "number": incident.number, **values})
        else:
            self.connection.execute(_FOLD_INCIDENT, {"incident": incident.id, **values})
        self._incidents[incident.id] = incident

    def _fold_call(self, entry: Entry, call_id: CallId) -> None:
        first = isinstance(entry.event, CallPlaced)
        known = None if first else self.call(call_id)
        call = next_call(known, entry)
        if call is None or call == known:
            return
        self._calls[call_id] = call
        values = {
            "state": call.state.value,
            "seat": call.seat or call.ringing_seat,
            "changed_at": entry.at,
            "lost_at": call.lost_at,
            "body": encode(call).decode(),
        }
        if first:
            placed = {
                "id": call.id,
                "incident_id": call.incident_id,
                "party_id": call.party_id,
                "hurt_reported": call.hurt_reported,
                "placed_at": call.placed_at,
                "resume_token": new_id(),
            }
            self.connection.execute(_OPEN_CALL, {**placed, **values})
        else:
            self.connection.execute(_FOLD_CALL, {"call": call_id, **values})


def read_incident(connection: Connection, incident_id: IncidentId) -> Incident:
    """Return an incident; raise ``unknown-incident``."""
    body = connection.execute(_INCIDENT, {"incident": incident_id}).scalar_one_or_none()
    if body is None:
        raise DomainError("unknown-incident")
    incident: Incident = decode(Incident, body)
    return incident


def read_call(connection: Connection, call_id: CallId) -> Call:
    """Return a call; raise ``unknown-call``."""
    body = connection.execute(_CALL, {"call": call_id}).scalar_one_or_none()
    if body is None:
        raise DomainError("unknown-call")
    call: Call = decode(Call, body)
    return call


def read_calls(connection: Connection, *states: CallState) -> list[Call]:
    """Return all calls in one of ``states``, oldest first."""
    rows = connection.execute(_CALLS_BY_STATE, {"states": _words(states)})
    return [decode(Call, body) for body in rows.scalars()]


def next_waiting(connection: Connection, limit: int) -> list[Call]:
    """Return the first ``limit`` calls of the queue: with hurt people first, then the longest waiting."""
    if not limit:
        return []
    rows = connection.execute(
        select(calls.c.body)
        .where(calls.c.state == CallState.WAITING.value)
        .order_by(calls.c.hurt_reported.desc(), calls.c.placed_at, calls.c.id)
        .limit(limit)
    )
    return [decode(Call, body) for body in rows.scalars()]


def read_incident_calls(connection: Connection, incident_id: IncidentId) -> list[Call]:
    """Return every call of an incident, oldest first."""
    rows = connection.execute(
        select(calls.c.body).where(calls.c.incident_id == incident_id).order_by(calls.c.placed_at, calls.c.id)
    )
    return [decode(Call, body) for body in rows.scalars()]


def open_incidents(connection: Connection) -> list[IncidentId]:
    """Return the incidents that are neither closed nor void."""
    rows = connection.execute(select(incidents.c.id).where(incidents.c.state.not_in(_words(_CLOSED))))
    return [IncidentId(id_) for id_ in rows.scalars()]


def last_sequence(connection: Connection) -> int:
    """Return the sequence of the newest entry, 0 before any."""
    newest: int | None = connection.execute(_NEWEST).scalar_one()
    return newest or 0


def read_entries(connection: Connection, after: int, limit: int) -> list[Entry]:
    """Return the entries above sequence ``after`` in order, at most ``limit``."""
    rows = connection.execute(_ENTRIES, {"after": after, "most": limit})
    return [_entry(row) for row in rows]


def events_after(connection: Connection, incident: Incident, version: int) -> list[Event]:
    """Return what happened to ``incident`` after ``version``, oldest first."""
    rows = connection.execute(
        select(journal.c.event)
        .where(journal.c.incident_id == incident.id, journal.c.sequence > version)
        .order_by(journal.c.sequence)
    )
    return [decode(_EVENT, body) for body in rows.scalars()]


def snapshot(connection: Connection, now: datetime) -> DeskSnapshot:
    """Return everything a desk may see, in one consistent view with its sequence."""
    since = now - timedelta(hours=SNAPSHOT_HOURS)
    call_rows = connection.execute(
        select(calls.c.body)
        .where(
            or_(calls.c.state.not_in(_words(_OVER)), calls.c.changed_at > since, calls.c.lost_at.is_not(None))
        )
        .order_by(calls.c.placed_at, calls.c.id)
    )
    incident_rows = connection.execute(
        select(incidents.c.body)
        .where(
            or_(
                incidents.c.state.not_in(_words(_CLOSED)),
                incidents.c.changed_at > since,
                incidents.c.asked_at.is_not(None),
            )
        )
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
