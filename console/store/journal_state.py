"""Calls and incidents as the journal tells them, each sequence once."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from console.contract.journal import DeskSnapshot, Entry, next_call, next_incident
from console.domain.call import Call
from console.domain.errors import DomainError
from console.domain.events import EvidenceReceived
from console.domain.ids import CallId, EvidenceId, IncidentId
from console.domain.incident import Incident
from console.store.changes import NOTHING, Changes

K = TypeVar("K")
V = TypeVar("V")


class JournalState:
    """The folded journal. Replaying entries and loading a snapshot of the same sequence give the same."""

    def __init__(self) -> None:
        self.sequence = 0
        self.as_of: datetime | None = None
        self.calls: dict[CallId, Call] = {}
        self.incidents: dict[IncidentId, Incident] = {}

    def load(self, snapshot: DeskSnapshot) -> Changes:
        """Take a snapshot instead of everything known; returns what it changed."""
        calls = {call.id: call for call in snapshot.calls}
        incidents = {incident.id: incident for incident in snapshot.incidents}
        changes = Changes(
            calls=_differing(self.calls, calls),
            incidents=_differing(self.incidents, incidents),
            evidence=_evidence(self.incidents) ^ _evidence(incidents),
        )
        self.calls, self.incidents = calls, incidents
        self.sequence, self.as_of = snapshot.sequence, snapshot.at
        return changes

    def apply(self, entry: Entry) -> Changes:
        """Take one entry; a known sequence changes nothing, one that does not fit asks for a resync."""
        if entry.sequence <= self.sequence:
            return NOTHING
        self.sequence, self.as_of = entry.sequence, entry.at
        known = self.calls.get(entry.call_id) if entry.call_id is not None else None
        try:
            incident = next_incident(self.incidents.get(entry.incident_id), entry)
            call = next_call(known, entry)
        except DomainError:
            return Changes(resync=True)
        self.incidents[incident.id] = incident
        if call is not None:
            self.calls[call.id] = call
        arrived = entry.event.evidence.id if isinstance(entry.event, EvidenceReceived) else None
        return Changes(
            calls=frozenset({call.id}) if call is not None and call != known else frozenset(),
            incidents=frozenset({incident.id}),
            evidence=frozenset({arrived}) if arrived is not None else frozenset(),
        )


def _differing(before: dict[K, V], after: dict[K, V]) -> frozenset[K]:
    return frozenset(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _evidence(incidents: dict[IncidentId, Incident]) -> frozenset[EvidenceId]:
    return frozenset(item.id for incident in incidents.values() for item in incident.evidence)
