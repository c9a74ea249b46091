"""Acts of the call-taker post that others feel: sending the police, clearing the road, handing over."""

from __future__ import annotations

from console.contract.desk_api import DispatchPolice, HandOver, ReturnForEvidence, Role, SendEvacuationNotice
from console.contract.posts_api import DeclareRecusal, OpenGeneralProcedure
from console.domain.errors import DomainError
from console.domain.events import EvacuationNoticeSent, PoliceDispatched
from console.domain.ids import IncidentId
from console.domain.incident import IncidentState, require_state
from console.domain.posts import GeneralProcedureOpened, HandedOver, RecusalDeclared, ReturnedForEvidence
from console.service import orders
from console.service.accounts import find
from console.service.bounds import bounded
from console.service.commands import ByCollector, ByRulingOfficer
from console.service.guards import editable, require_may_rule
from console.service.notices import tell_everyone
from console.service.routes.room import Room

router = Room("/v1/incidents", "decisions")

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
        orders.send_police(command.core, work, incident.id)


@router.post("/{incident_id}/evacuation", status_code=204)
def evacuate(incident_id: IncidentId, body: SendEvacuationNotice, command: ByCollector) -> None:
    """Tell the parties to clear the road.

    ``evacuation-locked`` where Art. 13 or 15 forbids to move, or while registered data contradict the scene.
    """
    bounded(body)
    if not body.text.strip():
        raise DomainError("text-missing")
    with command.begin() as work:
        incident = work.incident(incident_id)
        if incident.state not in MOVABLE:
            raise DomainError("incident-locked", state=incident.state.value)
        if not incident.may_move:
            raise DomainError("evacuation-locked", articles=" ".join(incident.assessment.article_numbers))
        work.record(incident.id, EvacuationNoticeSent(text=body.text, destination=body.destination))
        destination = body.destination.strip() or "路边安全地带"
        tell_everyone(command.core, work, incident, "evacuation", {"destination": destination})
        orders.push_evacuation(command.core, work, incident, body.text)


@router.post("/{incident_id}/hand-over", status_code=204)
def hand_over(incident_id: IncidentId, body: HandOver, command: ByCollector) -> None:
    """Hand the case to the ruling post once nothing is open, or with a reason for empty slots."""
    bounded(body)
    with command.begin() as work:
        incident = editable(work, incident_id)
        require_state(incident, IncidentState.RULING)
        assessment = incident.assessment
        if incident.open_facts:
            raise DomainError("facts-open", facts=" ".join(incident.open_facts))
        if not assessment.video_fast:
            raise DomainError("ruling-not-allowed", articles=" ".join(assessment.article_numbers))
        if incident.missing_slots and not body.gaps_reason.strip():
            raise DomainError("evidence-incomplete", slots=" ".join(incident.missing_slots))
        work.record(incident.id, HandedOver(note=body.note, gaps_reason=body.gaps_reason))


@router.post("/{incident_id}/return", status_code=204)
def return_for_evidence(incident_id: IncidentId, body: ReturnForEvidence, command: ByRulingOfficer) -> None:
    """Give the case back to the call-taker post and name the pictures that are wanted."""
    bounded(body)
    if not body.slots:
        raise DomainError("slots-missing")
    with command.begin() as work:
        incident = editable(work, incident_id)
        require_state(incident, IncidentState.COLLECTING)
        slots = tuple(dict.fromkeys(body.slots))
        work.record(incident.id, ReturnedForEvidence(slots=slots, note=body.note))


@router.post("/{incident_id}/recusal", status_code=204)
def stand_back(incident_id: IncidentId, body: DeclareRecusal, command: ByRulingOfficer) -> None:
    """Stand back from a case because of a relation to a party (公安部令第146号 Art. 105)."""
    bounded(body)
    if not body.reason.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        incident = editable(work, incident_id)
        if body.party_id is not None:
            incident.party(body.party_id)
        work.record(incident.id, RecusalDeclared(reason=body.reason.strip(), party_id=body.party_id))


@router.post("/{incident_id}/general-procedure", status_code=204)
def open_general_procedure(
    incident_id: IncidentId, body: OpenGeneralProcedure, command: ByRulingOfficer
) -> None:
    """Take a case out of the simple procedure; two officers take it on (公安部令第146号 Arts. 23, 27).

    Refusals: ``reason-missing``, ``second-officer`` where the number is nobody's who rules, or the own one,
    ``officer-recused`` for either, ``unqualified-issuer`` for either.
    """
    bounded(body)
    if not body.reason.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        incident = work.incident(incident_id)
        require_state(incident, IncidentState.DISPATCHED)
        first = command.who.user
        second = find(work.connection, body.second_officer.strip())
        if second is None or second.disabled or second.user.id == first.id:
            raise DomainError("second-officer")
        if Role.RULING_OFFICER not in second.user.roles:
            raise DomainError("second-officer")
        for officer in (first, second.user):
            require_may_rule(incident, officer)
        work.record(
            incident.id,
            GeneralProcedureOpened(
                second_officer=second.user.id,
                names=(first.name, second.user.name),
                reason=body.reason.strip(),
            ),
        )
        tell_everyone(command.core, work, incident, "general-procedure", {})
