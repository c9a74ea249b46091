"""Acts of the call-taker post that others feel: sending the police, clearing the road, handing over."""

from __future__ import annotations

from fastapi import APIRouter

from console.contract.desk_api import DispatchPolice, HandOver, SendEvacuationNotice
from console.domain.errors import DomainError
from console.domain.events import EvacuationNoticeSent, HandedOver, PoliceDispatched
from console.domain.ids import IncidentId
from console.domain.incident import IncidentState, require_state
from console.domain.triage import Movement
from console.service.bounds import bounded
from console.service.commands import ByCollector
from console.service.guards import editable
from console.service.notices import tell_everyone

router = APIRouter(prefix="/v1/incidents", tags=["decisions"])

MOVABLE = frozenset(
    {IncidentState.COLLECTING, IncidentState.RULING, IncidentState.ISSUED, IncidentState.SERVED}
)
"""States in which the road may still be cleared; some cities rule first and clear it last."""


@router.post("/{incident_id}/dispatch", status_code=204)
def dispatch(incident_id: IncidentId, body: DispatchPolice, command: ByCollector) -> None:
    """Send the district police (公安部令第146号 Arts. 13, 15, 20); possible until the ruling is issued."""
    bounded(body)
    if not body.reason.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        incident = work.incident(incident_id)
        require_state(incident, IncidentState.DISPATCHED)
        work.record(incident.id, PoliceDispatched(reason=body.reason, note=body.note))
        tell_everyone(command.core, work, incident, "dispatch", {})


@router.post("/{incident_id}/evacuation", status_code=204)
def evacuate(incident_id: IncidentId, body: SendEvacuationNotice, command: ByCollector) -> None:
    """Tell the parties to clear the road; ``evacuation-locked`` where Art. 13 or 15 forbids to move."""
    bounded(body)
    if not body.text.strip():
        raise DomainError("text-missing")
    with command.begin() as work:
        incident = work.incident(incident_id)
        if incident.state not in MOVABLE:
            raise DomainError("incident-locked", state=incident.state.value)
        assessment = incident.assessment
        if assessment.movement is Movement.NO:
            raise DomainError("evacuation-locked", articles=" ".join(assessment.articles))
        work.record(incident.id, EvacuationNoticeSent(text=body.text, destination=body.destination))
        destination = body.destination.strip() or "路边安全地带"
        tell_everyone(command.core, work, incident, "evacuation", {"destination": destination})


@router.post("/{incident_id}/hand-over", status_code=204)
def hand_over(incident_id: IncidentId, body: HandOver, command: ByCollector) -> None:
    """Hand the case to the ruling post once nothing is open, or with a reason for empty slots."""
    bounded(body)
    with command.begin() as work:
        incident = editable(work, incident_id)
        require_state(incident, IncidentState.RULING)
        assessment = incident.assessment
        if assessment.open_facts:
            raise DomainError("facts-open", facts=" ".join(assessment.open_facts))
        if not assessment.ruling_allowed:
            raise DomainError("ruling-not-allowed", articles=" ".join(assessment.articles))
        if incident.missing_slots and not body.gaps_reason.strip():
            raise DomainError("evidence-incomplete", slots=" ".join(incident.missing_slots))
        work.record(incident.id, HandedOver(note=body.note, gaps_reason=body.gaps_reason))
