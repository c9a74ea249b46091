"""The accident: everything known of it, and how each event changes that knowledge.

``evolve`` is the only way to a new ``Incident``; service and desk both use it, so that replaying the
journal and reading a snapshot cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from console.domain import events as ev
from console.domain.determination import Determination, Message, MessageState
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Evidence, Slot, required_slots
from console.domain.geo import Position
from console.domain.ids import IncidentId, PartyId
from console.domain.party import Party
from console.domain.ruling import Ruling
from console.domain.triage import Answer, Assessment, TriageFact, assess


class IncidentState(StrEnum):
    """Stages of an incident and the ways it may end."""

    COLLECTING = "collecting"
    RULING = "ruling"
    ISSUED = "issued"
    SERVED = "served"
    CLOSED = "closed"
    DISPATCHED = "dispatched"
    VOID = "void"


INCIDENT_TRANSITIONS: dict[IncidentState, frozenset[IncidentState]] = {
    IncidentState.COLLECTING: frozenset({IncidentState.RULING, IncidentState.DISPATCHED, IncidentState.VOID}),
    IncidentState.RULING: frozenset(
        {IncidentState.COLLECTING, IncidentState.ISSUED, IncidentState.DISPATCHED, IncidentState.VOID}
    ),
    IncidentState.ISSUED: frozenset({IncidentState.SERVED}),
    IncidentState.SERVED: frozenset({IncidentState.CLOSED}),
    IncidentState.CLOSED: frozenset(),
    IncidentState.DISPATCHED: frozenset({IncidentState.CLOSED}),
    IncidentState.VOID: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """The district police were sent; a party's request or a rule is the ``reason``."""

    reason: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Evacuation:
    """The push that tells the parties to clear the road."""

    text: str
    destination: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Incident:
    """One accident. ``version`` is the journal sequence of the last event applied (0 before any)."""

    id: IncidentId
    number: str
    training: bool
    opened_at: datetime
    state: IncidentState = IncidentState.COLLECTING
    form: AccidentForm = AccidentForm.REAR_END
    position: Position | None = None
    road_text: str = ""
    landmark_text: str = ""
    notes: str = ""
    parties: tuple[Party, ...] = ()
    facts: Mapping[TriageFact, Answer]
    officer_requested_by: tuple[PartyId, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    dispatch: Dispatch | None = None
    evacuation: Evacuation | None = None
    ruling: Ruling | None = None
    determination: Determination | None = None
    messages: tuple[Message, ...] = ()
    version: int = 0

    @property
    def assessment(self) -> Assessment:
        """Triage recomputed from the facts as they stand."""
        return assess(self.facts, officer_requested=bool(self.officer_requested_by))

    @property
    def missing_slots(self) -> tuple[Slot, ...]:
        """Required slots with no evidence yet, in the order in which they are taken."""
        filled = {item.capture.slot for item in self.evidence}
        return tuple(slot for slot in required_slots(self.form) if slot not in filled)

    def party(self, party_id: PartyId) -> Party:
        """Return a party; raise ``unknown-party``."""
        for party in self.parties:
            if party.id == party_id:
                return party
        raise DomainError("unknown-party")


def opened(event: ev.IncidentOpened, at: datetime, sequence: int) -> Incident:
    """Return the incident that ``event`` opened."""
    return Incident(
        id=event.incident_id,
        number=event.number,
        training=event.training,
        opened_at=at,
        facts={},
        version=sequence,
    )


def evolve(incident: Incident, event: ev.Event, at: datetime, actor: str, sequence: int) -> Incident:
    """Return ``incident`` after ``event``; an event already applied (by sequence) changes nothing."""
    if sequence <= incident.version:
        return incident
    return replace(_apply(incident, event, at, actor), version=sequence)


def require_state(incident: Incident, wanted: IncidentState) -> None:
    """Raise ``incident-state`` unless the move to ``wanted`` is drawn in ``INCIDENT_TRANSITIONS``."""
    if wanted not in INCIDENT_TRANSITIONS[incident.state]:
        raise DomainError("incident-state", current=incident.state.value, wanted=wanted.value)


def _apply(incident: Incident, event: ev.Event, at: datetime, actor: str) -> Incident:  # one arm an event
    match event:
        case ev.PartyJoined(party=party):
            return replace(incident, parties=(*incident.parties, party))
        case ev.PartyDetailsStated(party_id=party_id, details=details):
            return _with_party(incident, replace(incident.party(party_id), details=details))
        case ev.ConsentRecorded(party_id=party_id, consent=consent):
            party = incident.party(party_id)
            return _with_party(incident, replace(party, consents=(*party.consents, consent)))
        case ev.PositionReported(position=position):
            return replace(incident, position=position)
        case ev.PlaceDescribed(road=road, landmark=landmark):
            return replace(incident, road_text=road, landmark_text=landmark)
        case ev.NotesWritten(text=text):
            return replace(incident, notes=text)
        case ev.AccidentFormSet(form=form):
            return replace(incident, form=form)
        case ev.TriageFactStated(fact=fact, answer=answer):
            return replace(incident, facts={**incident.facts, fact: answer})
        case ev.OfficerRequested(party_id=party_id):
            if party_id in incident.officer_requested_by:
                return incident
            return replace(incident, officer_requested_by=(*incident.officer_requested_by, party_id))
        case ev.EvidenceReceived(evidence=evidence):
            return replace(incident, evidence=(*incident.evidence, evidence))
        case _:
            return _apply_decision(incident, event, at, actor)


def _apply_decision(incident: Incident, event: ev.Event, at: datetime, actor: str) -> Incident:
    match event:
        case ev.PoliceDispatched(reason=reason, note=note):
            dispatch = Dispatch(reason=reason, note=note, at=at, by=actor)
            return replace(incident, dispatch=dispatch, state=IncidentState.DISPATCHED)
        case ev.EvacuationNoticeSent(text=text, destination=destination):
            notice = Evacuation(text=text, destination=destination, at=at, by=actor)
            return replace(incident, evacuation=notice)
        case ev.EvacuationConfirmed(party_id=party_id):
            return _with_party(incident, replace(incident.party(party_id), evacuated_at=at))
        case ev.HandedOver():
            return replace(incident, state=IncidentState.RULING)
        case ev.RulingDrafted(ruling=ruling):
            return replace(incident, ruling=ruling)
        case ev.DeterminationIssued(determination=determination):
            return replace(incident, determination=determination, state=IncidentState.ISSUED)
        case ev.DeterminationServed(service=service):
            document = incident.determination
            if document is None:
                raise DomainError("not-issued")
            served = replace(document, served=(*document.served, service))
            everyone = {s.party_id for s in served.served} >= {p.id for p in incident.parties}
            state = IncidentState.SERVED if everyone else incident.state
            return replace(incident, determination=served, state=state)
        case ev.MessageQueued(message=message):
            return replace(incident, messages=(*incident.messages, message))
        case ev.MessageSent(message_id=message_id):
            return replace(
                incident,
                messages=tuple(
                    replace(m, state=MessageState.SENT, sent_at=at) if m.id == message_id else m
                    for m in incident.messages
                ),
            )
        case ev.IncidentClosed():
            return replace(incident, state=IncidentState.CLOSED)
        case _:
            return incident  # an event of a call changes nothing here


def _with_party(incident: Incident, changed: Party) -> Incident:
    parties = tuple(changed if p.id == changed.id else p for p in incident.parties)
    return replace(incident, parties=parties)
