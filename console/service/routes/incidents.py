"""What is known of an accident, as the call-taker takes it down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from fastapi import Response

from console.contract.codec import encode
from console.contract.desk_api import (
    DescribePlace,
    JoinedParty,
    JoinParty,
    SetAccidentForm,
    StateAccidentTime,
    StateFact,
    StatePartyDetails,
    ViewParty,
    WriteNotes,
)
from console.domain.clock import Clock, local_date
from console.domain.errors import DomainError
from console.domain.events import (
    AccidentFormSet,
    Event,
    NotesWritten,
    PartyDetailsStated,
    TriageFactStated,
)
from console.domain.evolution import evolve
from console.domain.ids import IncidentId, PartyId
from console.domain.incident import Incident
from console.domain.party import PartyViewed
from console.domain.place import PlaceDescribed
from console.domain.triage import Answer, TriageFact
from console.domain.verification import AccidentTimeStated
from console.service.auth import DeskUser
from console.service.bounds import LONG_TEXT, bounded, require_right_data
from console.service.commands import ByCollector
from console.service.core import Here
from console.service.guards import editable
from console.service.journal import Work, read_incident
from console.service.opening import join
from console.service.routes.room import Room

router = Room("/v1/incidents", "incidents")


@router.get("/{incident_id}", response_model=Incident)
def incident(incident_id: IncidentId, _who: DeskUser, core: Here) -> Response:
    """Return the incident as it stands."""
    with core.database.read() as connection:
        found = read_incident(connection, incident_id)
    return Response(encode(found), media_type="application/json")


@router.put("/{incident_id}/place", status_code=204)
def describe_place(incident_id: IncidentId, body: DescribePlace, command: ByCollector) -> None:
    """Say the place in words."""
    bounded(body)
    with command.begin() as work:
        incident = editable(work, incident_id)
        _state(work, incident, PlaceDescribed(road=body.road, landmark=body.landmark))


@router.put("/{incident_id}/time", status_code=204)
def state_time(incident_id: IncidentId, body: StateAccidentTime, command: ByCollector) -> None:
    """Say when the accident happened; ``time-ahead`` for a moment that has not come yet."""
    bounded(body)
    with command.begin() as work:
        incident = editable(work, incident_id)
        occurred_at = body.occurred_at.astimezone(UTC).replace(second=0, microsecond=0)
        if occurred_at > work.now:
            raise DomainError("time-ahead")
        _state(work, incident, AccidentTimeStated(occurred_at=occurred_at))


@router.put("/{incident_id}/notes", status_code=204)
def write_notes(incident_id: IncidentId, body: WriteNotes, command: ByCollector) -> None:
    """Replace the notes."""
    bounded(body, text=LONG_TEXT)
    with command.begin() as work:
        incident = editable(work, incident_id)
        _state(work, incident, NotesWritten(text=body.text))


@router.put("/{incident_id}/form", status_code=204)
def set_form(incident_id: IncidentId, body: SetAccidentForm, command: ByCollector) -> None:
    """Choose the accident form; filled slots stay."""
    with command.begin() as work:
        incident = editable(work, incident_id)
        _state(work, incident, AccidentFormSet(form=body.form))


@router.put("/{incident_id}/facts/{fact}", status_code=204)
def state_fact(incident_id: IncidentId, fact: TriageFact, body: StateFact, command: ByCollector) -> None:
    """Answer one triage row; triage follows from all rows by itself.

    A row that the city's rule decides is not answered otherwise: ``fact-by-rule``. What is wrong is then the
    place, the time or another fact, and it follows when that is put right. A report after the scene was
    cleared starts its three working days with the day of the report (公安部令第146号 Art. 18).
    """
    with command.begin() as work:
        incident = editable(work, incident_id)
        ruled = None if incident.local is None else incident.local.answer
        if fact is TriageFact.OUTSIDE_LOCAL_RULE and ruled not in {None, Answer.UNKNOWN, body.answer}:
            raise DomainError("fact-by-rule")
        until = None
        if fact is TriageFact.BOTH_LEFT and body.answer is Answer.YES:
            until = command.core.rules.last_day(Clock.LATE_REPORT_DECISION, local_date(incident.opened_at))
        _state(work, incident, TriageFactStated(fact=fact, answer=body.answer, decide_until=until))


@router.put("/{incident_id}/parties/{party_id}", status_code=204)
def state_details(
    incident_id: IncidentId, party_id: PartyId, body: StatePartyDetails, command: ByCollector
) -> None:
    """Replace what a party stated."""
    bounded(body, statement=LONG_TEXT)
    require_right_data(body.details, training=command.core.settings.training)
    with command.begin() as work:
        incident = editable(work, incident_id)
        _state(work, incident, PartyDetailsStated(party_id=party_id, details=body.details))


@router.post("/{incident_id}/parties/{party_id}/views", status_code=204)
def view_party(incident_id: IncidentId, party_id: PartyId, body: ViewParty, command: ByCollector) -> None:
    """Log that the masks of a party were lifted, by whom and why; asked before they are."""
    with command.begin() as work:
        party = work.incident(incident_id).party(party_id)
        command.trail.because(body.reason)
        work.record(incident_id, PartyViewed(party_id=party.id, reason=body.reason))


@router.post("/{incident_id}/parties")
def join_party(incident_id: IncidentId, body: JoinParty, command: ByCollector) -> JoinedParty:
    """Take down a further party that has no phone of its own in this case."""
    bounded(body, statement=LONG_TEXT)
    require_right_data(body.details, training=command.core.settings.training)
    with command.begin() as work:
        party = join(work, editable(work, incident_id), body.details, caller=False)
        return work.answer(JoinedParty(party_id=party.id, label=party.label))


def _state(work: Work, incident: Incident, event: Event) -> None:
    """Record what changes the incident; a desk that lost the answer says the same again after a restart."""
    after = evolve(incident, event, work.now, work.actor, incident.version + 1)
    if replace(after, version=incident.version) != incident:
        work.record(incident.id, event)
