"""What a party may see of the case: its own part, and what was decided."""

from __future__ import annotations

from datetime import datetime

from console.contract.party_api import (
    PartyMessage,
    PartyResult,
    PartyStage,
    PartyState,
    ProgressStep,
)
from console.domain.call import Call, CallState
from console.domain.determination import MessageState
from console.domain.evidence import required_slots
from console.domain.incident import Incident
from console.domain.party import Party

STAGES = {
    CallState.WAITING: PartyStage.WAITING,
    CallState.RINGING: PartyStage.WAITING,
    CallState.CONNECTED: PartyStage.IN_CALL,
    CallState.INTERRUPTED: PartyStage.IN_CALL,
    CallState.WRAP_UP: PartyStage.AFTER_CALL,
    CallState.ENDED: PartyStage.AFTER_CALL,
    CallState.ABANDONED: PartyStage.NEW,
}


def empty_view(*, training: bool, now: datetime) -> PartyState:
    """Return what a party sees before it has done anything."""
    return PartyState(
        training=training,
        stage=PartyStage.NEW,
        call_id=None,
        resume_token=None,
        queue_ahead=0,
        seat="",
        incident_number="",
        label="",
        movement=None,
        officer_requested=False,
        police_dispatched=False,
        evacuation=None,
        evacuation_destination="",
        evacuation_confirmed=False,
        evidence_done=0,
        evidence_required=0,
        consents=(),
        progress=(),
        result=None,
        messages=(),
        server_time=now,
    )


def party_view(
    incident: Incident,
    party: Party,
    call: Call | None,
    *,
    resume_token: str | None,
    queue_ahead: int,
    now: datetime,
) -> PartyState:
    """Return what ``party`` sees; ``call`` is its newest one and ``resume_token`` that call's."""
    said_something = bool(incident.facts) or bool(incident.officer_requested_by)
    required = required_slots(incident.form)
    evacuation = incident.evacuation
    return PartyState(
        training=incident.training,
        stage=PartyStage.NEW if call is None else STAGES[call.state],
        call_id=None if call is None else call.id,
        resume_token=resume_token,
        queue_ahead=queue_ahead,
        seat="" if call is None else call.seat or "",
        incident_number=incident.number,
        label=party.label,
        movement=incident.assessment.movement if said_something else None,
        officer_requested=bool(incident.officer_requested_by),
        police_dispatched=incident.dispatch is not None,
        evacuation=None if evacuation is None else evacuation.text,
        evacuation_destination="" if evacuation is None else evacuation.destination,
        evacuation_confirmed=party.evacuated_at is not None,
        evidence_done=len(required) - len(incident.missing_slots),
        evidence_required=len(required),
        consents=party.consents,
        progress=_progress(incident, party, call),
        result=_result(incident, party),
        messages=_messages(incident, party),
        server_time=now,
    )


def _progress(incident: Incident, party: Party, call: Call | None) -> tuple[ProgressStep, ...]:
    complete = incident.evidence and not incident.missing_slots
    document = incident.determination
    served = None if document is None else next((s for s in document.served if s.party_id == party.id), None)
    times = {
        "answered": None if call is None else call.answered_at,
        "evidence": incident.evidence[-1].received_at if complete else None,
        "evacuated": party.evacuated_at,
        "ruled": None if document is None else document.issued_at,
        "served": None if served is None else served.served_at,
    }
    return tuple(ProgressStep(step=step, at=at) for step, at in times.items())


def _result(incident: Incident, party: Party) -> PartyResult | None:
    document = incident.determination
    if document is None:
        return None
    labels = {p.id: p.label for p in incident.parties}
    served = next((s for s in document.served if s.party_id == party.id), None)
    return PartyResult(
        number=document.number,
        outcome=document.ruling.outcome,
        own_label=party.label,
        shares=tuple((labels[p.party_id], p.liability) for p in document.ruling.parties),
        faults=tuple((labels[p.party_id], fault.name) for p in document.ruling.parties for fault in p.faults),
        review_until=None if served is None else served.review_until,
    )


def _messages(incident: Incident, party: Party) -> tuple[PartyMessage, ...]:
    if not incident.training:
        return ()
    return tuple(
        PartyMessage(text=message.text, sent_at=message.sent_at)
        for message in incident.messages
        if message.party_id == party.id and message.state is MessageState.SENT and message.sent_at is not None
    )
