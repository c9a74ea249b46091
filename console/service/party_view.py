"""What a party may see of the case: its own part, and what was decided."""

from __future__ import annotations

from datetime import date, datetime

from console.contract.party_api import (
    NO_CLAIM,
    NO_RECUSAL,
    NO_REVIEW,
    ClaimStage,
    PartyClaim,
    PartyMessage,
    PartyPhoto,
    PartyRecusal,
    PartyResult,
    PartyReview,
    PartySigning,
    PartyStage,
    PartyState,
    ProgressStep,
    ReviewStage,
)
from console.domain.call import IN_CALL, Call, CallState
from console.domain.city import StepOrder
from console.domain.clock import Filing, filing
from console.domain.delivery import Delivery, DeliveryState, claim_of
from console.domain.determination import MessageState, Service
from console.domain.evidence import required_slots
from console.domain.held import held
from console.domain.incident import Incident, IncidentState
from console.domain.party import Party
from console.domain.review import Review, may_join
from console.domain.script import public_reasons
from console.service.guards import EDITABLE

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
    claimable: bool,
    order: StepOrder,
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
        reasons=public_reasons(incident.assessment) if said_something else (),
        officer_requested=bool(incident.officer_requested_by),
        police_dispatched=incident.dispatch is not None,
        evacuation=None if evacuation is None else evacuation.text,
        evacuation_destination="" if evacuation is None else evacuation.destination,
        evacuation_confirmed=party.evacuated_at is not None,
        evidence_done=len(required) - len(incident.missing_slots),
        evidence_required=len(required),
        consents=party.consents,
        progress=_progress(incident, party, call, order),
        result=_result(incident, party),
        messages=_messages(incident, party),
        server_time=now,
        recording_since=_recorded_since(incident, call),
        signing=_signing(incident, party, call),
        claim=_claim(claim_of(incident.deliveries, party.id), claimable=claimable),
        review=_review(incident, party, now),
        recusal=_recusal(incident, party),
        late_until=incident.late_until,
        photo=_photo(incident, call),
    )


def _photo(incident: Incident, call: Call | None) -> PartyPhoto | None:
    asked = None if call is None or call.state not in IN_CALL else call.by_photo.asked
    if asked is None:
        return None
    return PartyPhoto(
        request_id=asked.request_id,
        slot=asked.slot,
        text=asked.text,
        arrived=any(item.id == asked.request_id for item in held(incident)),
    )


def _recorded_since(incident: Incident, call: Call | None) -> datetime | None:
    recording = incident.recording
    return recording.since if recording and call and recording.call_id == call.id else None


def _signing(incident: Incident, party: Party, call: Call | None) -> PartySigning | None:
    request = incident.signing
    if request is None or incident.state is not IncidentState.RULING:
        return None
    done = incident.signature(party.id)
    return PartySigning(
        text=request.text,
        sha256=request.sha256,
        recorded=_recorded_since(incident, call) is not None,
        unrecorded_reason=request.unrecorded_reason,
        state=None if done is None else done.state,
        at=None if done is None else done.at,
    )


def _claim(started: Delivery | None, *, claimable: bool) -> PartyClaim:
    if started is None:
        return PartyClaim(stage=ClaimStage.OPEN) if claimable else NO_CLAIM
    if started.state is DeliveryState.DONE:
        return PartyClaim(stage=ClaimStage.ACCEPTED, reference=started.reference)
    return PartyClaim(stage=ClaimStage.STARTED)


def _review(incident: Incident, party: Party, now: datetime) -> PartyReview:
    review = incident.review
    own = None if incident.document is None else incident.document.service_on(party.id)
    if review is None:
        if own is None or own.review_until is None:
            return NO_REVIEW
        late = filing(now, own.review_until) is Filing.LATE
        return PartyReview(stage=ReviewStage.LATE if late else ReviewStage.OPEN, until=own.review_until)
    stage = ReviewStage.APPLIED if review.forwarded_at is None else ReviewStage.FORWARDED
    return PartyReview(
        stage=stage if review.open else ReviewStage.DECIDED,
        own=review.applied_by(party.id) is not None,
        at=review.applied_by(party.id) or review.applied_at,
        until=review.due_on,
        outcome=None if review.decision is None else review.decision.outcome,
        join_until=_join_until(review, party, own, now),
        redoing=incident.to_redo is not None,
    )


def _join_until(review: Review, party: Party, own: Service | None, now: datetime) -> date | None:
    """Return until when a party that did not apply yet may have its application joined to another's."""
    if own is None or own.review_until is None or not may_join(review, party.id):
        return None
    return None if filing(now, own.review_until) is Filing.LATE else own.review_until


def _recusal(incident: Incident, party: Party) -> PartyRecusal:
    own = [one for one in incident.posts.requests if one.asked.party_id == party.id]
    officer = incident.posts.in_charge
    possible = (
        officer is not None
        and incident.state in EDITABLE
        and all(one.asked.officer != officer.id for one in own)
    )
    name = officer.name if possible and officer is not None else ""
    if not own:
        return PartyRecusal(possible=True, officer=name) if possible else NO_RECUSAL
    return PartyRecusal(
        possible=possible,
        officer=name,
        asked_at=own[-1].asked_at,
        until=own[-1].asked.decide_until,
        granted=None if own[-1].decision is None else own[-1].decision.granted,
    )


def _progress(
    incident: Incident, party: Party, call: Call | None, order: StepOrder
) -> tuple[ProgressStep, ...]:
    complete = incident.evidence and not incident.missing_slots
    document = incident.document
    served = None if document is None else document.service_on(party.id)
    times = {
        "answered": None if call is None else call.answered_at,
        "evidence": incident.evidence[-1].received_at if complete else None,
        "evacuated": party.evacuated_at,
        "ruled": None if document is None else document.issued_at,
        "served": None if served is None else served.served_at,
    }
    if order is StepOrder.RULE_FIRST:
        times["evacuated"] = times.pop("evacuated")
        times["served"] = times.pop("served")
    return tuple(ProgressStep(step=step, at=at) for step, at in times.items())


def _result(incident: Incident, party: Party) -> PartyResult | None:
    document = incident.determination
    if document is None:
        return None
    labels = {p.id: p.label for p in incident.parties}
    served = document.service_on(party.id)
    return PartyResult(
        number=document.number,
        outcome=document.ruling.outcome,
        own_label=party.label,
        shares=tuple((labels[p.party_id], p.liability) for p in document.ruling.parties),
        faults=tuple((labels[p.party_id], fault.name) for p in document.ruling.parties for fault in p.faults),
        review_until=None if served is None else served.review_until,
        replaces=document.replaces,
        mediation_until=None if served is None else served.mediation_until,
    )


def _messages(incident: Incident, party: Party) -> tuple[PartyMessage, ...]:
    if not incident.training:
        return ()
    return tuple(
        PartyMessage(text=message.text, sent_at=message.sent_at)
        for message in incident.messages
        if message.party_id == party.id and message.state is MessageState.SENT and message.sent_at is not None
    )
